//! What a plan says of itself while it is being made.

use visitrota::Progress;

/// The score of the best rota so far and the bound on every rota's, where a message of progress tells them: the one
/// place that knows what messages there are.
#[must_use]
pub fn score_and_bound(progress: &Progress) -> Option<(i64, i64)> {
    match *progress {
        Progress::Rota { score, bound } => Some((score, bound)),
        _ => None,
    }
}
