//! Plans ever larger problems from end to end, each in a process of its own, and shows how time and memory grow.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program to be read on screen")]

mod child;
mod message;
mod parent;
mod report;

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use visitrota::{
    Problem, generate,
    generate::{Recipe, Size},
};
use visitrota_benches::csv;

/// Plans ever larger problems from end to end and shows how time and memory grow
///
/// Every problem is made up from its numbers and the seed, with 0.6 volunteers for each family, and planned in a
/// process of its own. A Markdown table is printed as they end, then the exponent of growth.
#[derive(Clone, Debug, Parser)]
struct Args {
    /// How many families, from problem to problem
    #[arg(default_values_t = [10, 30, 100, 300, 1_000, 3_000, 10_000, 20_000])]
    families: Vec<u32>,

    /// Which problem of each size
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// End planning of each problem after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    time_limit: u64,

    /// End a process that is still there so many seconds after its time limit
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    grace: u64,

    /// End a process that holds more than so many MB
    #[arg(long, value_name = "MB")]
    most_memory: Option<u64>,

    /// How many threads to plan with [default: as many as there are cores]
    #[arg(long)]
    threads: Option<NonZeroUsize>,

    /// Write the table as CSV to this file as well
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,

    /// Plan the first problem in this process and report on it
    #[arg(long, hide = true)]
    child: bool,
}

impl Args {
    fn limit(&self) -> Duration {
        Duration::from_secs(self.time_limit)
    }

    fn problem(&self, families: u32) -> Problem {
        // 0.6 volunteers a family, rounded to the nearest.
        let volunteers = families.saturating_mul(6).saturating_add(5) / 10;
        generate(&Recipe::from(Size::Tiny).families(families).volunteers(volunteers).seed(self.seed))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    if args.child {
        args.families.iter().for_each(|&families| child::run(&args, families));
        return Ok(());
    }
    let mut file = args.csv.as_ref().map(File::create).transpose()?;
    println!("{}", report::heading());
    if let Some(file) = &mut file {
        writeln!(file, "{}", csv(&report::COLUMNS))?;
    }
    let mut runs = Vec::new();
    for &families in &args.families {
        eprintln!("{families} families …");
        let run = parent::run(&args, families)?;
        println!("{}", report::row(&run));
        if let Some(file) = &mut file {
            writeln!(file, "{}", csv(&report::cells(&run)))?;
        }
        runs.push(run);
    }
    println!("\n{}", report::growth(&runs));
    Ok(())
}
