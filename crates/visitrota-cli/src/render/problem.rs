//! What became of a problem that was written, in a line.

use std::path::Path;

use visitrota::Problem;

use super::shown::line;
use super::text::count;

/// That the problem was written, in a line.
pub(crate) fn written(problem: &Problem, file: &Path) -> String {
    let Problem { prisons, volunteers, families, requests, .. } = problem;
    let families = count(families.len(), "family");
    let requests = count(requests.len(), "request");
    let volunteers = count(volunteers.len(), "volunteer");
    let prisons = count(prisons.len(), "prison");
    format!("Wrote {}: {requests} from {families}, {volunteers}, {prisons}.\n", named(file))
}

/// That a template was made, and what to do with it.
pub(crate) fn made(file: &Path) -> String {
    let file = named(file);
    format!(
        "Created {file}: begin on its sheet \"Start here\", fill in your week, then run `visitrota check {file}`.\n"
    )
}

/// That a copy was marked.
pub(crate) fn marked(file: &Path) -> String {
    format!("Wrote {}, with the findings marked.\n", named(file))
}

fn named(file: &Path) -> String {
    line(&file.to_string_lossy()).into_owned()
}
