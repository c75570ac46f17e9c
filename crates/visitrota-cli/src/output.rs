//! Standard output and standard error: the one place that writes to them.

use std::io::{ErrorKind, Write};

use crate::args::When;
use crate::failure::Failure;

/// Decides once whether there is colour. `auto` asks the terminal, `NO_COLOR` and their like.
pub(crate) fn colour(when: When) {
    match when {
        When::Auto => anstream::ColorChoice::Auto,
        When::Always => anstream::ColorChoice::Always,
        When::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Writes what was asked for to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::PipeClosed,
        _ => Failure::Usage(format!("cannot write to standard output: {error}")),
    })
}

/// Writes anything besides to standard error. Where that fails there is nobody left to tell.
pub(crate) fn tell(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// How many columns a line may take: the terminal's, within what reads well; 80 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(80, |(columns, _)| usize::from(columns.0).clamp(40, 100))
}
