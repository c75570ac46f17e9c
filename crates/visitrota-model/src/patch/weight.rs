//! What applying a patch would make of a document, known before anything is made.

use json_patch::PatchOperation;
use json_patch::jsonptr::Pointer;
use serde_json::Value;

use crate::read_limits::{Measure, ReadLimits, TooLarge};

/// Lists and objects within each other: as many as can be read back.
const DEEPEST: u64 = 127;
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
    /// That an operation on this document does not lead beyond the limits.
    pub(super) fn allow(&mut self, document: &Value, operation: &PatchOperation) -> Result<(), TooLarge> {
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
        self.limits.hold(Measure::Steps, self.steps)?;
        if adds {
            self.added = self.added.saturating_add(weight.values);
        }
        // What is too deep could not be read back, and is as good as endless.
        let depth = weight.depth.saturating_add(at.count() as u64);
        self.limits.hold(Measure::Values, if depth > DEEPEST { u64::MAX } else { self.added })
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
