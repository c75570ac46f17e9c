//! The arguments of `man`.

/// Print the manual page, in roff
///
/// To read it: visitrota man | man -l -
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// Of this verb; of the program as a whole, unless given
    pub(crate) verb: Option<String>,
}
