//! The arguments of `generate`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::numbers::number;

const EXAMPLES: &str = "\
Examples:
  visitrota generate -o week.json           the week of one scheme
  visitrota generate region --seed 7        another region than with seed 0
  visitrota generate --families 120 --volunteers 30 --prisons 1 --minibuses 9
  visitrota generate region --rich          with schools, joint visits, consents and hours
  visitrota generate tiny | visitrota plan -";

/// Generate a problem of any size, with invented people
///
/// Use it to try the program or to measure it. Families live in invented towns around invented prisons, volunteers live
/// in the same towns, and the families ask for a week of visits. The problem has no errors, but nobody can meet a few
/// of the visits. The same size, numbers and seed give the same problem on every machine.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct GenerateArgs {
    /// Size of the problem; the options below override its numbers
    #[arg(value_enum, default_value_t)]
    pub(crate) size: Size,

    /// Number of families; one in twenty asks for two visits
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) families: Option<u32>,

    /// Number of volunteers
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) volunteers: Option<u32>,

    /// Number of prisons, about 36 km apart [default: one for every 35 families]
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) prisons: Option<u32>,

    /// Number of volunteers who drive a minibus with 15 seats, for up to six families
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = number(0))]
    pub(crate) minibuses: u32,

    /// Add schools and stations where families are met, prisoners of few visits, joint visits, consents and hours
    #[arg(long)]
    pub(crate) rich: bool,

    /// A number that picks one of the many problems of this size
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Save the problem in this file instead of printing it
    ///
    /// An existing file is replaced only when the problem is complete. If anything fails, it stays unchanged.
    #[arg(short, long, value_name = "PROBLEM")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Size {
    /// 10 families, 10 volunteers
    Tiny,
    /// 24 families, 20 volunteers
    #[default]
    Scheme,
    /// 150 families, 100 volunteers
    Region,
    /// 3,000 families, 2,200 volunteers
    National,
}
