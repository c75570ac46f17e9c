//! Checks, permissions and skills as numbers (§4.2).

use std::collections::HashMap;

use visitrota_model::{Date, Hold};

/// A check, permission or skill, by its position among those that anything requires.
pub(super) type CheckIx = usize;

/// How long somebody holds a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    Not,
    Until(Date),
    Always,
}

/// Numbers the checks that anything requires.
#[derive(Default)]
pub(super) struct Checks<'a> {
    positions: HashMap<&'a str, CheckIx>,
}

impl<'a> Checks<'a> {
    /// The positions of these checks; new ones are numbered on.
    pub(super) fn positions(&mut self, names: &'a [String]) -> Vec<CheckIx> {
        let mut position = |name: &'a String| {
            let fresh = self.positions.len();
            *self.positions.entry(name).or_insert(fresh)
        };
        names.iter().map(&mut position).collect()
    }

    /// For each check numbered so far, how long somebody with these holds it.
    pub(super) fn held(&self, holds: &[Hold]) -> Vec<Held> {
        let mut held = vec![Held::Not; self.positions.len()];
        for hold in holds {
            if let Some(&check) = self.positions.get(hold.what.as_str()) {
                held[check] = held[check].max(hold.until.map_or(Held::Always, Held::Until));
            }
        }
        held
    }
}
