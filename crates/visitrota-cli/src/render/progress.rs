//! What planning is doing, for those who wait.

use visitrota::answers::Progress;
use visitrota::report::words::{below, grouped};

/// The stage that planning is at.
pub(crate) fn stage(progress: &Progress) -> String {
    match progress {
        Progress::Trips => "finding the possible trips".to_owned(),
        Progress::Rota { score, bound, .. } if score >= bound => format!("score {}, the best possible", grouped(score)),
        Progress::Rota { score, bound, .. } => {
            format!("score {}, {} ({})", grouped(score), below(*score, *bound), grouped(bound))
        }
        Progress::Answers { done, of } => format!("planning again with one change: {done} of {of} done"),
        _ => "planning".to_owned(),
    }
}
