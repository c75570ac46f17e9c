//! What became of the papers of a rota, in lines.

use std::path::Path;

use super::shown::line;
use super::text::{WARNING, count, styled};

/// That the papers were written, in a line.
pub(crate) fn reported(folder: &Path, files: usize) -> String {
    format!("Wrote {}: {}.\n", line(&folder.to_string_lossy()), count(files, "file"))
}

/// That the rota of the papers breaks rules.
pub(crate) fn broken(breaches: usize) -> String {
    let broken = styled(WARNING, &format!("The rota breaks {}", super::verdict::rules(breaches)));
    format!("{broken}: `visitrota verify` has the details. The papers show the rota as it is.\n")
}

/// Ids in a file beside the problem that the problem does not have: misspelt, or of somebody who has left.
pub(crate) fn strangers(what: &str, strange: &[&str]) -> String {
    match strange {
        [] => String::new(),
        [one] => format!("The file of {what} has the id {}, which is not in the problem.\n", line(one)),
        [one, ..] => format!(
            "The file of {what} has {} that are not in the problem, such as {}.\n",
            count(strange.len(), "id"),
            line(one)
        ),
    }
}
