//! JSON Schemas of the documents: for editors, for other programs, and for [reading](crate::Problem::from_json).

mod shaping;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::finding::FindingList;
use crate::patch::Patch;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rota::Rota;
use crate::verify::Verification;
use crate::why::{Advice, Contradiction, Explanation, Judgement, Standby};
use shaping::{bounds_for_formats, defaults_in_words, defaults_of_empty, name_definitions, unwrap_description};

macro_rules! documents {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal $of:ty),* $(,)?) => {
        /// The documents that are read and written, each with a [schema](Self::schema).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum DocumentKind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl DocumentKind {
            /// Every document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name, as `visitrota schema` knows it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            fn derived(self, settings: SchemaSettings) -> Schema {
                match self {
                    $(Self::$variant => settings.into_generator().into_root_schema_for::<$of>(),)*
                }
            }
        }
    };
}

documents! {
    /// The problem, which `plan` reads.
    Problem = "problem" Problem,
    /// The rota, which `plan` writes.
    Rota = "rota" Rota,
    /// Why visits are met or not, which `explain` prints.
    Explanation = "explanation" Explanation,
    /// What would help, which `advise` prints.
    Advice = "advice" Advice,
    /// Who could stand in, which `standby` prints.
    Standby = "standby" Standby,
    /// Whether a rota keeps every rule, which `verify` prints.
    Verdict = "verdict" Verification,
    /// How far a rota is from the best: the part of the verdict that `verify --best` adds.
    Judgement = "judgement" Judgement,
    /// Why pins contradict each other.
    Contradiction = "contradiction" Contradiction,
    /// What is wrong, or looks wrong, which `check` prints.
    Findings = "findings" FindingList,
    /// How far planning has come.
    Progress = "progress" Progress,
    /// Changes of a problem, which `advise` and `explain` print and `apply` reads.
    Patch = "patch" Patch,
}

impl DocumentKind {
    /// The JSON Schema (draft 2020-12) of a document.
    ///
    /// Its title makes a good name of a type. The formats `wall-time`, `time-of-day` and `timezone` are the program's own;
    /// `discriminator` is OpenAPI's. A field that need not be there may be `null` as well. What no schema can say, such as
    /// that an id must name something, [`check`](crate::check()) finds.
    ///
    /// ```
    /// use visitrota_model::DocumentKind;
    /// assert_eq!(DocumentKind::Explanation.schema()["title"], "Explanation");
    /// ```
    #[must_use]
    pub fn schema(self) -> Value {
        let settings = SchemaSettings::draft2020_12()
            .with_transform(RecursiveTransform(bounds_for_formats))
            .with_transform(RecursiveTransform(unwrap_description))
            .with_transform(RecursiveTransform(defaults_of_empty))
            .with_transform(RecursiveTransform(defaults_in_words));
        let mut schema = self.derived(settings);
        let title = shaping::in_capitals(self.name());
        let about = schema.get("description").and_then(Value::as_str);
        let about = match self {
            DocumentKind::Patch => "A JSON Patch (RFC 6902) of the problem document.".to_owned(),
            _ => format!("{} The visitrota document `{}`, version 1.", about.unwrap_or_default(), self.name()),
        };
        if self == DocumentKind::Patch {
            let put = json!({ "op": "replace", "path": "/slots/0/tables", "value": 5 });
            schema.insert("examples".to_owned(), json!([[put]]));
        }
        schema.insert("title".to_owned(), title.clone().into());
        schema.insert("description".to_owned(), about.into());
        let mut rest = std::mem::take(schema.ensure_object());
        name_definitions(&title, &mut rest);
        let mut ordered = Map::new();
        for key in ["$schema", "title", "description"] {
            ordered.extend(rest.shift_remove_entry(key));
        }
        ordered.extend(rest);
        Value::Object(ordered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The schemas that stand in `schemas/` are those of the types. To renew them:
    /// `UPDATE_SCHEMAS=1 cargo test -p visitrota-model schemas_are_current`.
    #[test]
    fn schemas_are_current() {
        let renew = std::env::var_os("UPDATE_SCHEMAS").is_some();
        for document in DocumentKind::ALL {
            let path = format!("{}/schemas/{}.schema.json", env!("CARGO_MANIFEST_DIR"), document.name());
            let text = serde_json::to_string_pretty(&document.schema()).unwrap() + "\n";
            if renew {
                std::fs::write(&path, &text).unwrap();
            }
            let stands = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(stands == text, "{path} is out of date: renew it with UPDATE_SCHEMAS=1");
        }
    }

    #[test]
    fn every_object_and_field_is_described() {
        fn walk(value: &Value, path: &str) {
            let Value::Object(object) = value else { return };
            for (name, field) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let described = field.get("description").is_some() || field.get("const").is_some();
                assert!(described, "{path}: {name} has no description");
            }
            for (key, inner) in object.get("$defs").and_then(Value::as_object).into_iter().flatten() {
                assert!(inner.get("description").is_some(), "{key} has no description");
                walk(inner, key);
            }
        }
        for document in DocumentKind::ALL {
            walk(&document.schema(), document.name());
        }
    }

    #[test]
    fn no_description_links_to_rust() {
        for document in DocumentKind::ALL {
            assert!(!document.schema().to_string().contains("[`"), "{}", document.name());
        }
    }

    #[test]
    fn a_problem_has_no_further_fields_and_a_rota_may() {
        for (name, def) in DocumentKind::Problem.schema()["$defs"].as_object().unwrap() {
            // A locked trip stands as it does in a rota.
            let of_rota = ["Trip", "Stop"].contains(&name.as_str());
            assert_eq!(def["type"] == "object" && !of_rota, def["additionalProperties"] == false, "{def}");
        }
        assert!(!DocumentKind::Rota.schema().to_string().contains("additionalProperties"));
    }
}
