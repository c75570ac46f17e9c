//! Reading documents: JSON in, a typed document or every finding out.
//!
//! A good document is read straight into its type. Only one that cannot be is read a second time, patiently: as plain
//! JSON, held against the schema, so that everything wrong in it is found at once. Without the feature `schema` there is
//! no schema to hold it against, and its first fault alone is told.

#[cfg(not(feature = "schema"))]
mod first_fault;
pub(crate) mod json;
#[cfg(feature = "schema")]
mod repair;
#[cfg(feature = "schema")]
mod shape;
#[cfg(feature = "schema")]
mod words;

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

#[cfg(not(feature = "schema"))]
use self::first_fault::Form;
#[cfg(feature = "schema")]
use self::shape::Form;
use crate::check::{check, in_document_order};
use crate::finding::{Code, Finding};
use crate::problem::Problem;
use crate::read_limits::{DEEPEST, Measure, ReadLimits};
use crate::rota::Rota;
use crate::schema::DocumentKind;

static PROBLEM: LazyLock<Form> = LazyLock::new(|| Form::new(DocumentKind::Problem.schema()));
static ROTA: LazyLock<Form> = LazyLock::new(|| Form::new(DocumentKind::Rota.schema()));

impl Problem {
    /// Reads a problem document. What it says is not [checked](crate::check()), unless it is misshapen besides: then
    /// the findings of the check are told as well, as far as they can be trusted.
    ///
    /// ```
    /// use visitrota_model::{Code, Problem};
    /// let json = r#"{"format": "visitrota/1", "wek": {"from": "2026-12-05", "to": "2026-12-06"}}"#;
    /// let findings = Problem::from_json(json.as_bytes()).unwrap_err();
    /// let misspelt = findings.iter().find(|finding| finding.code == Code::UnknownField);
    /// assert_eq!(misspelt.map(|finding| finding.remedy.as_str()), Some("Did you mean `week`?"));
    /// ```
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a problem, all at once.
    pub fn from_json(json: &[u8]) -> Result<Self, Vec<Finding>> {
        Self::from_json_within(json, ReadLimits::default())
    }

    /// Reads a problem document as [`from_json`](Self::from_json) does, within other limits.
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a problem, all at once; of one that is longer than is read,
    /// that alone.
    pub fn from_json_within(json: &[u8], limits: ReadLimits) -> Result<Self, Vec<Finding>> {
        read(json, &PROBLEM, limits).map_err(all_findings)
    }

    /// Reads a problem document that is in memory as plain JSON, as [`from_json`](Self::from_json) does.
    ///
    /// ```
    /// use visitrota_model::Problem;
    ///
    /// let week = serde_json::json!({"from": "2026-12-05", "to": "2026-12-06"});
    /// let document = serde_json::json!({"format": "visitrota/1", "week": week, "families": null});
    /// let problem = Problem::from_value(document).unwrap();
    /// assert_eq!(Problem::from_value(problem.to_value()), Ok(problem));
    /// ```
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a problem, all at once.
    pub fn from_value(document: Value) -> Result<Self, Vec<Finding>> {
        read_value(document, &PROBLEM).map_err(all_findings)
    }

    /// The document as plain JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // A document has texts alone for names of fields, so nothing in it can fail.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What is wrong with the form of a problem, and what the check finds as far as that can be trusted.
fn all_findings(patient: Patient<Problem>) -> Vec<Finding> {
    let mut findings = patient.findings;
    if let Some(problem) = &patient.document {
        let told: HashSet<_> = findings.iter().map(|finding| (finding.code, finding.path.clone())).collect();
        let vague: HashSet<_> = patient.left_out.iter().map(|path| Finding::element(path)).collect();
        findings.extend(check(problem).into_iter().filter(|finding| {
            let sure = vague.is_empty() || finding.is_error() && !vague.contains(&Finding::element(&finding.path));
            sure && !told.contains(&(finding.code, finding.path.clone()))
        }));
    }
    in_document_order(&mut findings);
    findings
}

impl Rota {
    /// Reads a rota document.
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a rota, all at once.
    pub fn from_json(json: &[u8]) -> Result<Self, Vec<Finding>> {
        Self::from_json_within(json, ReadLimits::default())
    }

    /// Reads a rota document as [`from_json`](Self::from_json) does, within other limits.
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a rota, all at once; of one that is larger than is read,
    /// that alone.
    pub fn from_json_within(json: &[u8], limits: ReadLimits) -> Result<Self, Vec<Finding>> {
        json::count_values(json, limits).map_err(|large| vec![large.finding()])?;
        read(json, &ROTA, limits).map_err(|patient: Patient<Self>| patient.findings)
    }

    /// Reads a rota document that is in memory as plain JSON.
    ///
    /// # Errors
    /// Everything in the document that is not of the form of a rota, all at once.
    pub fn from_value(document: Value) -> Result<Self, Vec<Finding>> {
        read_value(document, &ROTA).map_err(|patient: Patient<Self>| patient.findings)
    }

    /// The document as plain JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What a patient reading makes of a document that is misshapen.
struct Patient<T> {
    /// What is wrong with its form: at least one finding.
    findings: Vec<Finding>,
    /// The document as far as it can be read: misspelt fields put right, unknown and misshapen ones left out.
    document: Option<T>,
    /// The misshapen fields left out: what the document says without them may not be what was meant.
    left_out: Vec<String>,
}

fn read<T: DeserializeOwned>(json: &[u8], form: &LazyLock<Form>, limits: ReadLimits) -> Result<T, Patient<T>> {
    let alone = |findings| Patient { findings, document: None, left_out: Vec::new() };
    limits.hold(Measure::Bytes, json.len() as u64).map_err(|large| alone(vec![large.finding()]))?;
    let json = json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(json);
    serde_json::from_slice(json).or_else(|error| {
        // A document may hold more values than can be looked at patiently: then the first fault alone is known.
        json::count_values(json, limits).map_err(|large| {
            let message = format!("The document cannot be read: {error}.");
            let first = Finding::error(Code::WrongType, "", message, "Mend what stands there.");
            alone(vec![first, large.finding()])
        })?;
        read_patiently(json, form, &error)
    })
}

fn is_deeper_than(value: &Value, levels: u32) -> bool {
    let is_deep = |inner: &Value| levels == 0 || is_deeper_than(inner, levels - 1);
    match value {
        Value::Array(items) => items.iter().any(is_deep),
        Value::Object(fields) => fields.values().any(is_deep),
        _ => false,
    }
}

fn read_value<T: DeserializeOwned>(document: Value, form: &LazyLock<Form>) -> Result<T, Patient<T>> {
    if is_deeper_than(&document, DEEPEST) {
        let message = format!("The document has lists and objects in each other, more than {DEEPEST} deep.");
        let deep = Finding::error(Code::NotJson, "", message, "Nothing in a document is so deep: mend where it is.");
        return Err(Patient { findings: vec![deep], document: None, left_out: Vec::new() });
    }
    T::deserialize(&document).or_else(|error| look_patiently(document, Vec::new(), form, &error))
}

fn read_patiently<T: DeserializeOwned>(
    json: &[u8],
    form: &Form,
    first_error: &serde_json::Error,
) -> Result<T, Patient<T>> {
    let value = json::parse(json);
    let value = value.map_err(|finding| Patient { findings: vec![finding], document: None, left_out: Vec::new() })?;
    look_patiently(value, json::doubled_fields(json), form, first_error)
}

fn look_patiently<T: DeserializeOwned>(
    mut value: Value,
    doubled: Vec<Finding>,
    form: &Form,
    first_error: &serde_json::Error,
) -> Result<T, Patient<T>> {
    whole_numbers(&mut value);
    without_nulls(&mut value);
    if let Some(finding) = form.is_another_than(&value) {
        return Err(Patient { findings: vec![finding], document: None, left_out: Vec::new() });
    }
    let mut findings = doubled;
    let shape = form.against(&value);
    findings.extend(shape.findings);
    let mut left_out = Vec::new();
    for repair in shape.repairs {
        left_out.extend(repair.apply(&mut value));
    }
    match serde_json::from_value(value) {
        Ok(document) if findings.is_empty() => Ok(document),
        Ok(document) => Err(Patient { findings, document: Some(document), left_out }),
        Err(_) => {
            if findings.is_empty() {
                let message = format!("The document cannot be read: {first_error}.");
                findings.push(Finding::error(Code::FieldConflict, "", message, "Mend what stands there."));
            }
            Err(Patient { findings, document: None, left_out })
        }
    }
}

/// Takes away fields that are null: they are the same as absent.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        _ => {}
    }
}

/// Writes `45.0` as `45`: to JSON, and so to the schemas, both are whole numbers.
fn whole_numbers(value: &mut Value) {
    /// Beyond this not every whole number is a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT);
            if let Some(whole) = whole {
                #[expect(clippy::cast_possible_truncation, reason = "whole and within ±2⁵³")]
                let whole = whole as i64;
                *number = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(fields) => fields.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

#[cfg(all(test, feature = "schema"))]
mod tests;
