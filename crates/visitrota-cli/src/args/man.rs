//! The arguments of `man`.

/// Print the manual page (roff)
///
/// To read it: visitrota man | man -l -
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The command to print the page of [default: the whole program]
    #[arg(value_name = "COMMAND")]
    pub(crate) verb: Option<String>,
}
