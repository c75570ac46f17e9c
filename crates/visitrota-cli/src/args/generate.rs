//! The arguments of `generate`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::numbers::number;

const EXAMPLES: &str = "\
Examples:
  visitrota generate -o week.json           the week of one scheme
  visitrota generate region --seed 7        another region than that of seed 0
  visitrota generate --families 120 --volunteers 30 --prisons 1 --minibuses 9
  visitrota generate tiny | visitrota plan -";

/// Make up a problem, of any size
///
/// It is for trying things out and for measuring: families in invented towns round invented prisons, volunteers in the
/// same towns, and a week of visits asked for. Nothing in it is wrong, and a few visits can be met by nobody. The same
/// size, numbers and seed give the same problem on every machine.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct GenerateArgs {
    /// How large: what is not given as a number follows from it
    #[arg(value_enum, default_value_t)]
    pub(crate) size: Size,

    /// How many families; one in twenty asks for two visits
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) families: Option<u32>,

    /// How many volunteers
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) volunteers: Option<u32>,

    /// How many prisons, some 36 km apart [default: one for every 35 families]
    #[arg(long, value_name = "NUMBER", value_parser = number(1))]
    pub(crate) prisons: Option<u32>,

    /// How many of the volunteers drive a minibus: 15 seats, for up to six families
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = number(0))]
    pub(crate) minibuses: u32,

    /// Which of all problems of these numbers
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Put the problem into this file, rather than on standard output
    ///
    /// The file is replaced in one step when the problem is there; if anything fails it stays as it was.
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
