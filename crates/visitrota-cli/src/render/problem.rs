//! A problem that was made up, in a line.

use visitrota::Problem;

use super::text::{count, plain};

/// That the problem was written, in a line.
pub(crate) fn written(problem: &Problem, file: &str) -> String {
    let Problem { prisons, volunteers, families, requests, .. } = problem;
    let families = count(families.len(), "family");
    let requests = count(requests.len(), "request");
    let volunteers = count(volunteers.len(), "volunteer");
    let prisons = count(prisons.len(), "prison");
    format!("Wrote {}: {requests} of {families}, {volunteers}, {prisons}.\n", plain(file))
}
