//! Findings as they are gathered: all that help, and no more than a person can read.

use crate::finding::{Code, Finding};

/// So many errors of one document are told, and so many warnings. More help nobody, and a file of nothing but faults
/// would become many times its size.
pub(crate) const MOST: usize = 10_000;

/// How many findings there are: of errors and of warnings the first are kept, and the others counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    errors: usize,
    warnings: usize,
}

impl Tally {
    /// Counts a finding, and says whether it is to be kept.
    pub fn keeps(&mut self, finding: &Finding) -> bool {
        let number = if finding.is_error() { &mut self.errors } else { &mut self.warnings };
        *number += 1;
        *number <= MOST
    }

    /// How many errors there are, kept or not.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// What says how many were counted alone, if any were.
    #[must_use]
    pub fn others(&self) -> Option<Finding> {
        let told = |number: usize, noun: &str| match number.saturating_sub(MOST) {
            0 => None,
            1 => Some(format!("1 more {noun}")),
            more => Some(format!("{more} more {noun}s")),
        };
        let told: Vec<_> = [told(self.errors, "error"), told(self.warnings, "warning")].into_iter().flatten().collect();
        let message = format!("Besides these, there are {}.", told.join(" and "));
        let remedy = "Mend what is told first: often many have one cause.";
        (!told.is_empty()).then(|| Finding::warning(Code::TooLarge, "", message, remedy))
    }
}

/// Findings that are being gathered.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    tally: Tally,
}

impl Findings {
    /// Adds one.
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.tally.keeps(&finding) {
            self.list.push(finding);
        }
    }

    /// How many have been added, kept or not.
    pub(crate) fn len(&self) -> usize {
        self.tally.errors + self.tally.warnings
    }

    /// All that are kept, and how many others there are.
    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list.into_iter().chain(self.tally.others()).collect()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_kept_however_many_warnings_there_are() {
        let mut found = Findings::default();
        found.extend((0..MOST + 2).map(|_| Finding::warning(Code::FarAway, "", "", "")));
        found.push(Finding::error(Code::FarAway, "", "", ""));
        let found = found.into_vec();
        assert_eq!(found.iter().filter(|finding| finding.is_error()).count(), 1);
        assert_eq!(found.len(), MOST + 2);
        assert!(found[MOST + 1].message.contains("there are 2 more warnings"), "{}", found[MOST + 1]);
    }
}
