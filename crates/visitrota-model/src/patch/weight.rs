//! What applying a patch would make of a document, known before anything is made.

use json_patch::PatchOperation;
use json_patch::jsonptr::Pointer;
use serde_json::Value;

use crate::finding::{Code, Finding};
use crate::read_limits::{DEEPEST, Measure, ReadLimits, TooLarge};

/// So many letters of a text count as one value more.
const LETTERS: usize = 64;

/// What a patch has made so far.
pub(super) struct Weights {
    pub(super) limits: ReadLimits,
    /// Values put into the document.
    pub(super) added: u64,
    /// Values that were copied, compared or moved along.
    pub(super) steps: u64,
}

impl Weights {
    /// That an operation on this document, told by its number, does not lead beyond the limits.
    pub(super) fn allow(
        &mut self,
        document: &Value,
        number: u32,
        operation: &PatchOperation,
    ) -> Result<(), Vec<Finding>> {
        let place = format!("operation {number}");
        let large = |large: TooLarge| {
            let hint = "An operation copies more and more of the document: look at what it copies, and where to.";
            vec![large.at(place.as_str()).hint(hint).finding()]
        };
        let there = |at: &Pointer| at.resolve(document).ok().map(Weight::of).unwrap_or_default();
        let (at, weight, adds) = match operation {
            PatchOperation::Add(add) => (&add.path, Weight::of(&add.value), true),
            PatchOperation::Replace(replace) => (&replace.path, Weight::of(&replace.value), true),
            PatchOperation::Copy(copy) => (&copy.path, there(&copy.from), true),
            PatchOperation::Move(moved) => (&moved.path, there(&moved.from), false),
            PatchOperation::Remove(remove) => (&remove.path, there(&remove.path), false),
            PatchOperation::Test(test) => (&test.path, Weight::of(&test.value), false),
        };
        // Those beside it may have to make room.
        let beside = at.parent().map_or(0, |parent| parent.resolve(document).map_or(0, members));
        self.steps = self.steps.saturating_add(weight.values).saturating_add(beside).saturating_add(1);
        self.limits.hold(Measure::Steps, self.steps).map_err(large)?;
        if adds {
            self.added = self.added.saturating_add(weight.values);
        }
        self.limits.hold(Measure::Values, self.added).map_err(large)?;
        if weight.depth.saturating_add(at.count() as u64) > u64::from(DEEPEST) {
            let message = format!("The operation puts lists and objects into each other, more than {DEEPEST} deep.");
            let remedy = "Nothing in a problem is so deep: mend where it puts them.";
            return Err(vec![Finding::error(Code::PatchFails, place, message, remedy)]);
        }
        Ok(())
    }
}

fn members(value: &Value) -> u64 {
    match value {
        Value::Array(items) => items.len() as u64,
        Value::Object(fields) => fields.len() as u64,
        _ => 0,
    }
}

/// How much a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    /// Values in it, itself among them.
    values: u64,
    /// Lists and objects within each other.
    depth: u64,
}

impl Weight {
    fn of(value: &Value) -> Self {
        let letters = |text: &str| (text.len() / LETTERS) as u64;
        let around = |own: u64, inner: Self| Self { values: own + inner.values, depth: inner.depth + 1 };
        match value {
            Value::String(text) => Self { values: 1 + letters(text), depth: 0 },
            Value::Array(items) => around(1, items.iter().map(Self::of).fold(Self::default(), Self::and)),
            Value::Object(fields) => {
                let names: u64 = fields.keys().map(|name| letters(name)).sum();
                around(1 + names, fields.values().map(Self::of).fold(Self::default(), Self::and))
            }
            _ => Self { values: 1, depth: 0 },
        }
    }

    fn and(self, other: Self) -> Self {
        Self { values: self.values + other.values, depth: self.depth.max(other.depth) }
    }
}
