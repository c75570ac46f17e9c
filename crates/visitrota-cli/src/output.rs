//! Standard output and standard error: the one place that writes to them.

use std::io::{self, ErrorKind, Write};

use crate::args::When;
use crate::failure::Failure;
use crate::render::shown::finished;

/// Decides once whether there is colour. `auto` asks the terminal, `NO_COLOR` and their like.
pub(crate) fn colour(when: When) {
    match when {
        When::Auto => anstream::ColorChoice::Auto,
        When::Always => anstream::ColorChoice::Always,
        When::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Writes text for people to standard output. What nobody would see, or a terminal would obey, is made visible.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_own(&finished(text))
}

/// Writes text that is the program's own alone, such as help, to standard output.
pub(crate) fn print_own(text: &str) -> Result<(), Failure> {
    put(&mut anstream::stdout().lock(), text)
}

/// Writes a document for programs to standard output, exactly as it is.
pub(crate) fn print_document(text: &str) -> Result<(), Failure> {
    put(&mut io::stdout().lock(), text)
}

fn put(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::PipeClosed,
        _ => Failure::Usage(format!("cannot write to standard output: {error}")),
    })
}

/// Writes messages for people to standard error, as [`print`] does.
pub(crate) fn eprint(text: &str) {
    eprint_own(&finished(text));
}

/// Writes text that is the program's own alone to standard error. Where that fails, nobody is left to hear of it.
pub(crate) fn eprint_own(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// How many columns a line may take: the terminal's, within what reads well; 80 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(80, |(columns, _)| usize::from(columns.0).clamp(40, 100))
}
