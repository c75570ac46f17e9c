//! Answers as documents for services: with the same words that people read, and with names where they may be shown.
//! Nobody is named in them, nor a prison, unless [`Privacy`] says so.
//!
//! The documents are the answers' own, as they serialize; what is done here is to say in words what stands in them.
//!
//! ```
//! # fn shown(problem: &visitrota_model::Problem, advice: visitrota_model::Advice) -> serde_json::Result<String> {
//! use visitrota_report::{Privacy, answers};
//!
//! serde_json::to_string_pretty(&answers::advice(problem, advice, Privacy::default()))
//! # }
//! ```

use visitrota_model::{Advice, Contradiction, Explanation, NamesById, Problem, Standby, Verification, WhyNot};

use crate::privacy::Privacy;
use crate::words::why::{Words, called};

/// An explanation with the nearest misses in words, and with names.
#[must_use]
pub fn explanation(problem: &Problem, mut explanation: Explanation, privacy: Privacy) -> Explanation {
    let calls = |id: &str| called(problem, privacy, id);
    let words = Words::new(problem, &calls);
    for unmet in &mut explanation.unmet {
        if let WhyNot::ImpossibleAlone { nearest: Some(nearest), .. } = &mut unmet.why {
            nearest.text = Some(words.nearest(nearest));
        }
    }
    explanation.names = names(problem, privacy);
    explanation
}

/// Advice with its suggestions in words, and with names.
#[must_use]
pub fn advice(problem: &Problem, mut advice: Advice, privacy: Privacy) -> Advice {
    let calls = |id: &str| called(problem, privacy, id);
    let words = Words::new(problem, &calls);
    for suggestion in &mut advice.suggestions {
        suggestion.text = Some(format!("{}: {}.", words.suggestion(suggestion), words.gain(suggestion)));
    }
    advice.names = names(problem, privacy);
    advice
}

/// A contradiction with its ways out in words, and with names.
#[must_use]
pub fn contradiction(problem: &Problem, mut contradiction: Contradiction, privacy: Privacy) -> Contradiction {
    let calls = |id: &str| called(problem, privacy, id);
    let words = Words::new(problem, &calls);
    for way in &mut contradiction.ways_out {
        way.text = Some(words.condition(&way.changes));
    }
    contradiction.names = names(problem, privacy);
    contradiction
}

/// Who could stand in, with names.
#[must_use]
pub fn standby(problem: &Problem, mut standby: Standby, privacy: Privacy) -> Standby {
    standby.names = names(problem, privacy);
    standby
}

/// A verdict with names.
#[must_use]
pub fn verification(problem: &Problem, mut verification: Verification, privacy: Privacy) -> Verification {
    verification.names = names(problem, privacy);
    verification
}

/// The names of those whom a problem's ids are, where they may be shown.
fn names(problem: &Problem, privacy: Privacy) -> NamesById {
    crate::words::why::names(problem, privacy).map(|(id, name)| (id.to_owned(), name.to_owned())).collect()
}
