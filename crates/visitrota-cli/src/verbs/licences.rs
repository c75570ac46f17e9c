//! The verb `licences`.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Prints the licences of the program and of the data in it.
pub(crate) fn run() -> Result<Exit, Failure> {
    let own = "visitrota is licensed under MIT or Apache-2.0, at your option.\n\n";
    output::print(&format!("{own}{}", visitrota::postcodes::NOTICE))?;
    Ok(Exit::Success)
}
