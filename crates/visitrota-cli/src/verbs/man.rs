//! The verb `man`.

use clap::CommandFactory;

use crate::args::{Args, ManArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Prints the manual page.
pub(crate) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    let mut command = Args::command();
    command.build();
    if let Some(verb) = &args.verb {
        let found = command.find_subcommand(verb).cloned();
        command = found.ok_or_else(|| Failure::Usage(format!("there is no command `{verb}`")))?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::Internal(format!("the manual page: {error}")))?;
    output::print_document(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Success)
}
