//! Reading without a schema to hold documents against: what the reader stumbles over first is all that is known.

use serde_json::Value;

use crate::finding::Finding;

/// Stands in for a schema.
pub(super) struct Form;

/// What does not fit a schema: nothing that is known here.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) findings: Vec<Finding>,
    pub(super) repairs: Vec<Repair>,
}

/// How to read on: there is no way.
pub(super) enum Repair {}

impl Form {
    pub(super) fn new(_: Value) -> Self {
        Self
    }

    pub(super) fn is_another_than(&self, _: &Value) -> Option<Finding> {
        None
    }

    pub(super) fn against(&self, _: &Value) -> Shape {
        Shape::default()
    }
}

impl Repair {
    pub(super) fn apply(self, _: &mut Value) -> Option<String> {
        match self {}
    }
}
