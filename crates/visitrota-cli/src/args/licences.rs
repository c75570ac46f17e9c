//! The arguments of `licences`.

/// Print the licences of the program and of the data in it
///
/// Lines of attribution there go with whatever shows positions that are known by a postcode alone; papers have them.
#[derive(Debug, clap::Args)]
pub(crate) struct LicencesArgs {}
