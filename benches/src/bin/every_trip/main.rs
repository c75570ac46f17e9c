//! The plain way to plan a rota, to measure visitrota by: list every trip there is, then choose among them.
//!
//! Each verb prints one line of JSON.

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

mod choice;
mod export;
mod greedy;
mod mip;

use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use visitrota::{Checks, Finding, Problem, check, load};
use visitrota_solver::{EveryTrip, every_trip};
use visitrota_travel::TravelTable;

use choice::{Choice, judged};

/// The plain way to plan a rota: list every trip there is, then choose among them
///
/// Prints one line of JSON: seconds, score, bound, and what the verifier says of the rota.
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    verb: Verb,

    /// Give up if the trips cannot be listed in so many seconds
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 600)]
    list_limit: u64,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Choose with HiGHS: its own settings, and no gap allowed
    Highs {
        /// The problem document
        problem: PathBuf,
        /// End HiGHS after so many seconds
        #[arg(long, value_name = "SECONDS", default_value_t = 120)]
        time_limit: u64,
    },
    /// Choose the trip that earns most of those still possible, again and again
    Greedy {
        /// The problem document
        problem: PathBuf,
    },
    /// Write problem, travel times, trips and program as JSON
    Export {
        /// The problem document
        problem: PathBuf,
        /// Where to write it
        #[arg(short, long, value_name = "PROGRAM")]
        output: PathBuf,
    },
    /// Hold trips chosen elsewhere against the rules
    Judge {
        /// The problem document
        problem: PathBuf,
        /// A file with `{"chosen": […]}`: trips by their positions in what `export` wrote
        choice: PathBuf,
    },
}

impl Verb {
    fn problem(&self) -> &Path {
        let (Self::Highs { problem, .. }
        | Self::Greedy { problem }
        | Self::Export { problem, .. }
        | Self::Judge { problem, .. }) = self;
        problem
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let Args { verb, list_limit } = Args::parse();
    let problem = load(verb.problem())?;
    if let Some(finding) = check(&problem, &Checks::document()).iter().find(|finding| finding.is_error()) {
        return Err(said(finding).into());
    }
    let travel = TravelTable::new(&problem)?;
    let start = Instant::now();
    let limit = Duration::from_secs(list_limit);
    let stop = || start.elapsed() > limit;
    let every =
        every_trip(&problem, &travel, &stop).ok_or_else(|| format!("the trips cannot be listed in {list_limit} s"))?;
    let program = every.program();
    let list_seconds = start.elapsed().as_secs_f64();

    let answer = |choice: Choice, start: Instant| {
        let seconds = start.elapsed().as_secs_f64();
        judged(&problem, &every, &choice, list_seconds, seconds)
    };
    let start = Instant::now();
    let answer = match &verb {
        Verb::Highs { time_limit, .. } => answer(mip::choose(&program, Duration::from_secs(*time_limit))?, start),
        Verb::Greedy { .. } => answer(greedy::choose(&program), start),
        Verb::Judge { choice, .. } => answer(serde_json::from_slice(&fs::read(choice)?)?, start),
        Verb::Export { output, .. } => {
            write(output, &problem, &travel, &every, list_seconds)?;
            serde_json::json!({ "trips": every.trip_count(), "list_seconds": list_seconds })
        }
    };
    println!("{answer}");
    Ok(())
}

fn write(
    output: &Path,
    problem: &Problem,
    travel: &TravelTable,
    every: &EveryTrip<'_>,
    list_seconds: f64,
) -> Result<(), Box<dyn Error>> {
    let file = BufWriter::new(File::create(output)?);
    Ok(serde_json::to_writer(file, &export::Export::of(problem, travel, every, list_seconds))?)
}

fn said(finding: &Finding) -> String {
    format!("the problem has errors, the first of them: {finding:?}")
}
