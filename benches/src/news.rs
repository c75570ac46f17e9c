//! What a plan says of itself while it is being made.

use visitrota::answers::Progress;

use crate::trace::Moment;

/// Score, bound and trips at a moment, where a message of progress tells them: the one place that knows what messages
/// there are.
#[must_use]
pub fn moment(seconds: f64, progress: &Progress) -> Option<Moment> {
    match *progress {
        Progress::Rota { score, bound, trips } => Some(Moment { seconds, score, bound, trips }),
        _ => None,
    }
}
