//! Hunts for faults of the planner: plans ever new random problems and holds each against an exact oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program to be read on screen")]

mod prey;
mod workers;

use std::error::Error;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use prey::Prey;

/// Hunts for faults of the planner: plans ever new random problems and holds each against an exact oracle
///
/// Each fault is printed on a line of its own, with the kind of the problem and its seed. The exit code is 1 if any is
/// found.
#[derive(Clone, Debug, Parser)]
struct Args {
    /// Which problems: each seed makes one of each kind
    #[arg(long, value_name = "FROM..TO", value_parser = seeds, default_value = "0..1000")]
    seeds: Range<u64>,

    /// Which kinds of problems
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = Prey::ALL)]
    kinds: Vec<Prey>,

    /// Begin no more problems after so many minutes
    #[arg(long)]
    minutes: Option<f64>,

    /// Call a plan unproven after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    time_limit: u64,

    /// Call it a fault if planning takes longer than so many seconds
    #[arg(long, value_name = "SECONDS")]
    slow: Option<f64>,

    /// How many problems to plan at a time [default: as many as there are cores]
    #[arg(long)]
    workers: Option<NonZeroUsize>,

    /// How many threads to plan each problem with
    #[arg(long, default_value = "1")]
    threads: NonZeroUsize,

    /// Write each problem that shows a fault to this folder, as JSON
    #[arg(long, value_name = "FOLDER")]
    failures: Option<PathBuf>,

    /// Make each problem that shows a fault as small as it gets, before it is written
    #[arg(long, requires = "failures")]
    shrink: bool,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args = Args::parse();
    if let Some(folder) = &args.failures {
        std::fs::create_dir_all(folder)?;
    }
    let tally = workers::hunt(&args)?;
    println!("{tally}");
    Ok(if tally.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Args {
    fn time(&self) -> Option<Duration> {
        self.minutes.map(|minutes| Duration::try_from_secs_f64(60.0 * minutes).unwrap_or(Duration::MAX))
    }
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let said = || format!("`{text}` is no range of seeds: write two numbers, the first the smaller, as in 1000..2000");
    let (from, to) = text.split_once("..").ok_or_else(said)?;
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| said());
    let seeds = number(from)?..number(to)?;
    if seeds.is_empty() { Err(said()) } else { Ok(seeds) }
}
