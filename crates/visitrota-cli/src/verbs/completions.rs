//! The verb `completions`.

use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Prints the completions of a shell.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "visitrota", &mut script);
    output::print_document(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Success)
}
