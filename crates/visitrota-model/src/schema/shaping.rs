//! What is made of schemas as they are derived, so that people and generators of clients can read them.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// The names of Rust's integers mean nothing to a reader of the schema; their bounds do.
pub(super) fn bounds_for_formats(schema: &mut Schema) {
    let (least, most): (i64, Option<i64>) = match schema.get("format").and_then(Value::as_str) {
        Some("uint8") => (0, Some(u8::MAX.into())),
        Some("uint32") => (0, Some(u32::MAX.into())),
        Some("int32") => (i32::MIN.into(), Some(i32::MAX.into())),
        Some("uint" | "uint64") => (0, None),
        Some("int64" | "double") => {
            schema.remove("format");
            return;
        }
        _ => return,
    };
    schema.remove("format");
    for (bound, value) in [("minimum", Some(least)), ("maximum", most)] {
        if let Some(value) = value.filter(|_| schema.get(bound).is_none()) {
            schema.insert(bound.to_owned(), value.into());
        }
    }
}

/// Joins the lines of a paragraph, and leaves links to Rust's documentation out.
pub(super) fn unwrap_description(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs: Vec<_> = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
        *text = without_links(&paragraphs.join("\n\n"));
    }
}

/// A text with "`name`" in place of "[`name`](path)" and "[`name`]".
fn without_links(text: &str) -> String {
    let mut parts = text.split("[`");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        plain.push_str(&format!("`{name}`"));
        let word = rest.split(char::is_whitespace).next().filter(|word| word.starts_with('(')).unwrap_or_default();
        let path = word.rfind(')').map_or(0, |end| end + 1);
        plain.push_str(rest.get(path..).unwrap_or_default());
    }
    plain
}

/// What may be left out because it is empty has that as its default: no client has to tell empty from absent.
pub(super) fn defaults_of_empty(schema: &mut Schema) {
    let required: Vec<String> = (schema.get("required").and_then(Value::as_array).into_iter().flatten())
        .filter_map(|field| field.as_str().map(str::to_owned))
        .collect();
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, field) in fields.filter(|(name, _)| !required.contains(name)) {
        let Some(field) = field.as_object_mut().filter(|field| !field.contains_key("default")) else { continue };
        let empty = match field.get("type").and_then(Value::as_str) {
            Some("array") => json!([]),
            Some("object") => json!({}),
            Some("string") if !field.contains_key("format") => json!(""),
            Some("boolean") => json!(false),
            _ => continue,
        };
        field.insert("default".to_owned(), empty);
    }
}

/// Says in words which of several words holds where none is given: generators of clients take the default of a type with
/// a name for a bare text.
pub(super) fn defaults_in_words(schema: &mut Schema) {
    if schema.get("$ref").is_none() {
        return;
    }
    let Some(Value::String(word)) = schema.get("default").cloned() else { return };
    schema.remove("default");
    if let Some(Value::String(text)) = schema.get_mut("description") {
        text.push_str(&format!(" Absent: `{word}`."));
    }
}

/// Gives every definition its name as title, and makes each variant of a type with a tag a definition of its own, named
/// after the type and the tag: `ReasonBlocked`. Generators of clients would make up names and numbers.
pub(super) fn name_definitions(root: &str, schema: &mut Map<String, Value>) {
    let mut variants = Map::new();
    name_variants(root, schema, &mut variants);
    let mut definitions = match schema.shift_remove("$defs") {
        Some(Value::Object(definitions)) => definitions,
        _ => Map::new(),
    };
    for (name, definition) in definitions.iter_mut().filter_map(|(name, value)| Some((name, value.as_object_mut()?))) {
        name_variants(name, definition, &mut variants);
    }
    definitions.append(&mut variants);
    for (name, definition) in definitions.iter_mut().filter_map(|(name, value)| Some((name, value.as_object_mut()?))) {
        definition.shift_insert(0, "title".to_owned(), name.as_str().into());
    }
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
}

fn name_variants(name: &str, schema: &mut Map<String, Value>, found: &mut Map<String, Value>) {
    let Some(variants) = schema.get_mut("oneOf").and_then(Value::as_array_mut) else { return };
    let Some(tag) = variants.first().and_then(tag_of).map(|(field, _)| field.to_owned()) else { return };
    for variant in variants {
        let Some((_, word)) = tag_of(variant) else { continue };
        let name = format!("{name}{}", in_capitals(word));
        let reference = json!({ "$ref": format!("#/$defs/{name}") });
        found.insert(name, std::mem::replace(variant, reference));
    }
    // As OpenAPI has it, and ignored by whoever does not know it.
    schema.insert("discriminator".to_owned(), json!({ "propertyName": tag }));
}

/// The field of a variant that has one value alone, and that value.
fn tag_of(variant: &Value) -> Option<(&str, &str)> {
    let fields = variant.get("properties")?.as_object()?;
    fields.iter().find_map(|(name, field)| Some((name.as_str(), field.get("const")?.as_str()?)))
}

/// A name of several words as that of a type: `straight-line`, `StraightLine`.
pub(super) fn in_capitals(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    word.split(['_', '-']).map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_left_out() {
        for (text, plain) in [
            ("what [`patch`](patch()) makes, [`apply`] applies.", "what `patch` makes, `apply` applies."),
            ("by [`load`](crate::load), or by hand (see below)", "by `load`, or by hand (see below)"),
            ("a [`Rota`] (proven)", "a `Rota` (proven)"),
        ] {
            assert_eq!(without_links(text), plain);
        }
    }
}
