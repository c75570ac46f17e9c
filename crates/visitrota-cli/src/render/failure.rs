//! What went wrong with a run, in a line or two.

use super::shown::line;
use super::text::{ERROR, styled};

/// What is wrong with a command or a file.
pub(crate) fn error(message: &str) -> String {
    format!("{}: {}\n", styled(ERROR, "error"), line(message))
}

/// An error of the program's own.
pub(crate) fn internal(what: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "visitrota {version}: internal error: {what}\nThis is a bug in visitrota. Please report it with the line above.\n"
    )
}
