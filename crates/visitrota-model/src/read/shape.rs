//! Holding plain JSON against a schema, and telling what does not fit in plain words.

use std::collections::HashSet;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{JsonType, ValidationError, Validator};
use serde_json::Value;

use super::json::{push_field, shown};
use super::repair::Repair;
use super::words::{found, name_of, noun_of, path_of, remedy_for, wanted};
use crate::finding::{Code, Finding};
use crate::findings::MOST;
use crate::nearest::{likely, nearest};
use crate::time::{Date, WallTime, Zone};
use crate::time_of_day::TimeOfDay;

/// What does not fit a schema, and how to read on in spite of it.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) findings: Vec<Finding>,
    pub(super) repairs: Vec<Repair>,
    /// The paths of fields that stand there under a misspelt name, and so are not missing.
    misspelt: HashSet<String>,
}

/// A schema, ready to hold documents against.
pub(super) struct Form {
    schema: Value,
    /// There is one: the schemas are the program's own, and every test of reading builds them.
    pub(super) validator: Option<Validator>,
}

impl Form {
    pub(super) fn new(schema: Value) -> Self {
        let validator = jsonschema::draft202012::options()
            .with_format(WallTime::FORMAT, |text: &str| text.parse::<WallTime>().is_ok())
            .with_format(Date::FORMAT, |text: &str| text.parse::<Date>().is_ok())
            .with_format(TimeOfDay::FORMAT, |text: &str| text.parse::<TimeOfDay>().is_ok())
            .with_format(Zone::FORMAT, |text: &str| text.parse::<Zone>().is_ok())
            .should_validate_formats(true)
            .build(&schema)
            .ok();
        Self { schema, validator }
    }

    /// That a document is of another format altogether: nothing else about its fields is worth telling then.
    pub(super) fn is_another_than(&self, document: &Value) -> Option<Finding> {
        let given = document.get("format")?.as_str()?;
        let name = self.schema.pointer("/properties/format/$ref")?.as_str()?.strip_prefix('#')?;
        let wanted = self.schema.pointer(name)?.pointer("/oneOf/0/const")?.as_str()?;
        (given != wanted).then(|| {
            let message = format!("The document is of the format `{}`; `{wanted}` is wanted here.", shown(given));
            Finding::error(Code::WrongType, "format", message, "Give a document of that format.").with_value(given)
        })
    }

    /// What of a document does not fit.
    pub(super) fn against(&self, document: &Value) -> Shape {
        let mut shape = Shape::default();
        let reader = Reader { schema: &self.schema, document };
        for error in self.validator.iter().flat_map(|validator| validator.iter_errors(document)) {
            reader.tell(&error, &mut shape);
            if shape.findings.len() >= MOST {
                break;
            }
        }
        let Shape { findings, misspelt, .. } = &mut shape;
        let mut seen = HashSet::new();
        findings.retain(|Finding { code, path, .. }| {
            seen.insert((*code, path.clone())) && !(*code == Code::MissingField && misspelt.contains(path))
        });
        shape
    }
}

struct Reader<'a> {
    schema: &'a Value,
    document: &'a Value,
}

impl Reader<'_> {
    fn tell(&self, error: &ValidationError<'_>, shape: &mut Shape) {
        let at = error.instance_path();
        let value = error.instance();
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                for field in unexpected.iter().take(MOST) {
                    self.tell_unknown(error, field, shape);
                }
                return;
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                return self.tell_nearest(error, context, shape);
            }
            Kind::Required { property } => {
                let field = property.as_str().unwrap_or_default();
                let what = self.rule(error).and_then(|rule| rule.pointer(&format!("/properties/{field}/description")));
                let remedy = match what.and_then(Value::as_str) {
                    Some(what) => format!("Add `{field}`: {what}"),
                    None => format!("Add `{field}`."),
                };
                let mut path = path_of(at);
                push_field(&mut path, field);
                let message = self.sentence(at, format!("the field `{field}` is missing."));
                shape.findings.push(Finding::error(Code::MissingField, path, message, remedy));
                return;
            }
            _ => {}
        }
        let name = name_of(at);
        let rule = self.rule(error);
        let wanted = rule.map_or_else(|| "something else".to_owned(), wanted);
        let (code, message, remedy) = match error.kind() {
            Kind::Type { kind: TypeKind::Single(JsonType::Null) } => {
                let why = rule.and_then(|rule| rule.get("description")).and_then(Value::as_str);
                let (other, remedy) = match why {
                    Some(why) => ("what else is given", format!("Leave one out. {why}")),
                    None => {
                        ("the kind of travel given", "Leave it out, or give the `kind` that it belongs to.".to_owned())
                    }
                };
                (Code::FieldConflict, format!("{name} does not go with {other}."), remedy)
            }
            Kind::MinItems { limit } => {
                let number = value.as_array().map_or(0, Vec::len);
                let entries = if number == 1 { "entry" } else { "entries" };
                let remedy = format!("Give {limit} or more; `family` is for one household alone.");
                let finding = Finding::error(
                    Code::WrongType,
                    path_of(at),
                    self.sentence(at, format!("{name} has {number} {entries}, and must have {limit} at least.")),
                    remedy,
                );
                shape.findings.push(finding);
                if let Some((object, field)) = at.as_str().rsplit_once('/') {
                    let (object, field) = (object.to_owned(), field.to_owned());
                    shape.repairs.push(Repair::Only { object, field, meant: "family".to_owned() });
                }
                return;
            }
            Kind::Minimum { .. } | Kind::Maximum { .. } => {
                (Code::OutOfRange, format!("{name} is {value}; it must be {wanted}."), format!("Give {wanted}."))
            }
            Kind::MinLength { .. } => {
                (Code::EmptyId, format!("{name} is empty."), "Give it an id of its own.".to_owned())
            }
            Kind::Enum { options } => return self.tell_choice(at, value, options.as_array(), shape),
            Kind::Constant { expected_value } => {
                return self.tell_choice(at, value, Some(&vec![Value::clone(expected_value)]), shape);
            }
            _ => (
                Code::WrongType,
                format!("{name} must be {wanted}, and is {}.", found(value)),
                remedy_for(rule, value, &wanted),
            ),
        };
        shape.push(self, at, Said { code, message, remedy, meant: None }, value);
    }

    /// A field that nobody knows, and the known one nearest to it.
    fn tell_unknown(&self, error: &ValidationError<'_>, field: &str, shape: &mut Shape) {
        let at = error.instance_path();
        let object = error.instance().as_object();
        let known = self.rule(error).and_then(|rule| rule.get("properties")).and_then(Value::as_object);
        let known = || known.into_iter().flat_map(|known| known.keys().map(String::as_str));
        let free = known().filter(|known| !object.is_some_and(|object| object.contains_key(*known)));
        let meant = likely(field, free);
        let remedy = match (meant, nearest(field, known())) {
            (Some(meant), _) => format!("Did you mean `{meant}`?"),
            (None, Some(near)) => format!(
                "Take it away. The nearest known field is `{near}`; known are {}.",
                known().collect::<Vec<_>>().join(", ")
            ),
            (None, None) => format!("Take it away. Known are {}.", known().collect::<Vec<_>>().join(", ")),
        };
        let mut path = path_of(at);
        push_field(&mut path, field);
        let message = self.sentence(at, format!("there is no field `{}`.", shown(field)));
        let finding = Finding::error(Code::UnknownField, path, message, remedy);
        shape.findings.push(match object.and_then(|object| object.get(field)) {
            Some(value) => finding.with_value(value),
            None => finding,
        });
        let (object, field) = (at.as_str().to_owned(), field.to_owned());
        shape.repairs.push(match meant {
            Some(meant) => {
                let mut path = path_of(at);
                push_field(&mut path, meant);
                shape.misspelt.insert(path);
                Repair::Rename { object, field, meant: meant.to_owned() }
            }
            None => Repair::Drop { object, field },
        });
    }

    /// A value that fits none of several forms: what keeps it from the form nearest to it.
    fn tell_nearest(&self, error: &ValidationError<'_>, forms: &[Vec<ValidationError<'_>>], shape: &mut Shape) {
        let at = error.instance_path();
        // A form whose fixed word differs, or that is null alone, is not the one meant.
        let meant = |form: &&Vec<ValidationError<'_>>| {
            !form.iter().any(|error| match error.kind() {
                Kind::Constant { .. } => true,
                Kind::Type { kind: TypeKind::Single(JsonType::Null) } => error.instance_path() == at,
                _ => false,
            })
        };
        let words: Vec<_> = forms.iter().flatten().filter_map(word).collect();
        match forms.iter().filter(meant).min_by_key(|form| form.len()) {
            Some(form) if words.is_empty() || words.len() < forms.len() => {
                form.iter().for_each(|error| self.tell(error, shape));
            }
            _ => match words.first() {
                Some((at, value, _)) => {
                    let options = words.iter().map(|(_, _, word)| Value::clone(word)).collect();
                    self.tell_choice(at, value, Some(&options), shape);
                }
                None => forms.iter().flatten().take(1).for_each(|error| self.tell(error, shape)),
            },
        }
    }

    /// A value that is none of those to choose from.
    fn tell_choice(&self, at: &Location, value: &Value, options: Option<&Vec<Value>>, shape: &mut Shape) {
        let options: Vec<_> = options.into_iter().flatten().filter_map(Value::as_str).collect();
        let given = value.as_str().unwrap_or_default();
        let list = options.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", ");
        let meant = likely(given, options.iter().copied());
        let remedy = match meant {
            Some(meant) => format!("Did you mean `{meant}`? Known are {list}."),
            None if options.len() == 1 => format!("Give {list}."),
            None => format!("Give one of {list}."),
        };
        let message = format!("{} cannot be {}.", name_of(at), found(value));
        let said = Said { code: Code::WrongType, message, remedy, meant: meant.map(str::to_owned) };
        shape.push(self, at, said, value);
    }

    /// The schema that an error is about.
    fn rule(&self, error: &ValidationError<'_>) -> Option<&Value> {
        let (rule, _) = error.schema_path().as_str().rsplit_once('/')?;
        self.schema.pointer(rule)
    }

    /// A sentence that opens with the innermost element that has an id: `volunteer V003: …`.
    fn sentence(&self, at: &Location, rest: String) -> String {
        let (mut value, mut noun, mut who) = (self.document, "", None);
        for segment in at.segments() {
            let inner = match &segment {
                LocationSegment::Property(field) => {
                    noun = noun_of(field);
                    value.get(field.as_ref())
                }
                LocationSegment::Index(number) => value.get(number),
            };
            let Some(inner) = inner else { break };
            value = inner;
            if let Some(id) = value.get("id").and_then(Value::as_str) {
                who = Some(format!("{noun} {}", shown(id)));
            }
        }
        match who {
            Some(who) => format!("{who}: {rest}"),
            None => {
                let mut letters = rest.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
            }
        }
    }
}

impl Shape {
    fn push(&mut self, reader: &Reader<'_>, at: &Location, said: Said, value: &Value) {
        let Said { code, message, remedy, meant } = said;
        let path = path_of(at);
        let message = reader.sentence(at, message);
        self.findings.push(Finding::error(code, path.as_str(), message, remedy).with_value(value));
        // An empty id can be read as it is. What stands in a list or at the top cannot be done without.
        match (meant, at.as_str().rsplit_once('/')) {
            _ if code == Code::EmptyId => {}
            (Some(meant), _) => self.repairs.push(Repair::Replace { value: at.as_str().to_owned(), meant }),
            (None, Some((object, field))) if !object.is_empty() => {
                let field = field.replace("~1", "/").replace("~0", "~");
                self.repairs.push(Repair::Omit { object: object.to_owned(), field, path });
            }
            (None, _) => {}
        }
    }
}

/// What is told of a value.
struct Said {
    code: Code,
    message: String,
    remedy: String,
    /// The word likely meant by it.
    meant: Option<String>,
}

/// The fixed word that a form wants in place of another.
fn word<'a>(error: &'a ValidationError<'_>) -> Option<(&'a Location, &'a Value, &'a Value)> {
    match error.kind() {
        Kind::Constant { expected_value } => Some((error.instance_path(), error.instance(), expected_value)),
        _ => None,
    }
}
