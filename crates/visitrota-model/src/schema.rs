//! JSON Schemas of the documents: for editors, for other programs, and for [reading](crate::Problem::from_json).

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

use crate::problem::Problem;
use crate::rota::Rota;

/// The JSON Schema (draft 2020-12) of the problem document.
///
/// The formats `wall-time` and `timezone` are the program's own. What no schema can say, such as that an id must name
/// something, [`check`](crate::check()) finds.
#[must_use]
pub fn problem_schema() -> Value {
    schema_of::<Problem>("visitrota problem document, version 1")
}

/// The JSON Schema (draft 2020-12) of the rota document.
#[must_use]
pub fn rota_schema() -> Value {
    schema_of::<Rota>("visitrota rota document, version 1")
}

fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(bounds_for_formats))
        .with_transform(RecursiveTransform(unwrap_description));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let mut rest = std::mem::take(schema.ensure_object());
    let mut ordered = Map::new();
    for key in ["$schema", "title", "description"] {
        ordered.extend(rest.shift_remove_entry(key));
    }
    ordered.extend(rest);
    Value::Object(ordered)
}

/// The names of Rust's integers mean nothing to a reader of the schema; their bounds do.
fn bounds_for_formats(schema: &mut Schema) {
    let (least, most): (i64, i64) = match schema.get("format").and_then(Value::as_str) {
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("int64" | "uint64" | "double") => {
            schema.remove("format");
            return;
        }
        _ => return,
    };
    schema.remove("format");
    for (bound, value) in [("minimum", least), ("maximum", most)] {
        if schema.get(bound).is_none() {
            schema.insert(bound.to_owned(), value.into());
        }
    }
}

/// Joins the lines of a paragraph.
fn unwrap_description(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs: Vec<_> = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
        *text = paragraphs.join("\n\n");
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
        for (name, schema) in [("problem", problem_schema()), ("rota", rota_schema())] {
            let path = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
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
        walk(&problem_schema(), "problem");
        walk(&rota_schema(), "rota");
    }

    #[test]
    fn a_problem_has_no_further_fields_and_a_rota_may() {
        for (name, def) in problem_schema()["$defs"].as_object().unwrap() {
            // A locked trip stands as it does in a rota.
            let of_rota = ["Trip", "Stop"].contains(&name.as_str());
            assert_eq!(def["type"] == "object" && !of_rota, def["additionalProperties"] == false, "{def}");
        }
        assert!(!rota_schema().to_string().contains("additionalProperties"));
    }
}
