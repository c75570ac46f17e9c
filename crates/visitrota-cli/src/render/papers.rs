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
    let breaches = styled(WARNING, &format!("{} of the rules", count(breaches, "breach")));
    format!("{breaches} in the rota: `visitrota verify` lists them. The papers say what the rota says.\n")
}

/// Ids in a file beside the problem that are nobody's: misspelt, or of somebody who has left.
pub(crate) fn strangers(what: &str, strange: &[&str]) -> String {
    match strange {
        [] => String::new(),
        [one] => format!("The file of {what} knows {}, whom the problem does not.\n", line(one)),
        [one, ..] => format!(
            "The file of {what} knows {} whom the problem does not, among them {}.\n",
            count(strange.len(), "person"),
            line(one)
        ),
    }
}
