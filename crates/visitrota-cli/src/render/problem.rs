//! What became of a problem that was written, in a line.

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

/// That a template was made, and what to do with it.
pub(crate) fn made(file: &str) -> String {
    let file = plain(file);
    format!("Made {file}: write your week over the examples, then run `visitrota check {file}`.\n")
}

/// That a copy was marked.
pub(crate) fn marked(file: &str) -> String {
    format!("Marked what was found in {}.\n", plain(file))
}
