//! How much sooner a plan that a limit ended reaches a gap when it is continued from its rota than when it is made anew.
//!
//! For each size of problem, made up with 0.75 volunteers a family: the seconds to each gap anew, then the seconds to it
//! from the rota that a plan had come to after so many seconds, those not counted.
#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::error::Error;
use std::time::{Duration, Instant};

use visitrota::generate::{Recipe, Size};
use visitrota::{Options, Problem, Rota, generate, plan};

/// The sizes, in families, with the seconds after which the first plan is ended.
const SIZES: [(u32, u64); 3] = [(300, 1), (1_000, 5), (3_000, 20)];
/// The gaps to reach, as parts of the bound.
const GAPS: [f64; 3] = [0.01, 0.001, 0.000_5];
/// A plan that takes longer is given up.
const LONGEST: Duration = Duration::from_secs(90);

fn main() -> Result<(), Box<dyn Error>> {
    println!("| families | gap | anew, s | ended after, s | at a gap of | continued, s |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for (families, seconds) in SIZES {
        let recipe = Recipe::from(Size::Region).families(families).volunteers(families * 3 / 4).seed(1);
        let problem = generate(&recipe);
        let ended = plan(&problem, &Options::default().time_limit(Duration::from_secs(seconds)))?;
        for gap in GAPS {
            let options = Options::default().gap(gap).time_limit(LONGEST);
            let (anew, continued) = (options.clone(), options.start_from(&ended));
            let (anew, continued) = (took(&problem, &anew)?, took(&problem, &continued)?);
            println!(
                "| {families} | {:.2} % | {anew:.1} | {seconds} | {:.2} % | {continued:.1} |",
                100.0 * gap,
                100.0 * gap_of(&ended)
            );
        }
    }
    Ok(())
}

fn took(problem: &Problem, options: &Options) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    plan(problem, options)?;
    Ok(start.elapsed().as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
fn gap_of(rota: &Rota) -> f64 {
    let bound = rota.bound.unwrap_or(i64::MAX);
    (bound - rota.score) as f64 / bound as f64
}
