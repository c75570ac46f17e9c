//! Measures how soon planning and the answers end once they are cancelled, or their time is up.

#![expect(clippy::print_stdout, reason = "a program to be read on screen")]

mod spans;
mod verb;

use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use visitrota::{
    Options, Problem, generate,
    generate::{Recipe, Size},
};

use verb::{Asked, Verb};

/// Measures how soon planning and the answers end once they are cancelled, or their time is up
///
/// Each verb is run once to its end, or to the end of the window. Then it is run again and again, and ended at moments
/// spread over that time; what is printed is how long it took to return after each of them, in milliseconds.
#[derive(Clone, Debug, Parser)]
struct Args {
    /// Families of the problems
    #[arg(long, value_delimiter = ',', default_values_t = [25, 1_000, 3_000])]
    families: Vec<u32>,

    /// What to run
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = Verb::ALL)]
    verbs: Vec<Verb>,

    /// What ends it
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = [By::Cancel, By::Limit])]
    by: Vec<By>,

    /// At how many moments it is ended
    #[arg(long, default_value_t = 20)]
    times: u32,

    /// Moments are spread over so many seconds, or fewer where it ends by itself sooner
    #[arg(long, default_value_t = 15.0)]
    window: f64,

    /// The gap at which explanations and advice take the best rota for good enough, so that what they ask afterwards
    /// has its share of the window
    #[arg(long, default_value_t = 0.2)]
    gap: f64,

    /// Print each moment, and when which phase ended
    #[arg(long)]
    spans: bool,
}

/// What ends a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Cancel,
    Limit,
}

fn main() {
    let args = Args::parse();
    if args.spans {
        spans::print();
    }
    println!(
        "{:>8} {:8} {:7} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "families", "verb", "by", "ended", "min", "median", "p95", "max"
    );
    for &families in &args.families {
        let recipe = Recipe::from(Size::Scheme).families(families).volunteers(families * 3 / 4).seed(1);
        let problem = generate(&recipe);
        for &verb in &args.verbs {
            measure(&args, families, &problem, verb);
        }
    }
}

/// Measures one verb on one problem, and prints the distribution.
fn measure(args: &Args, families: u32, problem: &Problem, verb: Verb) {
    let asked = Asked::new(problem, verb, args.gap);
    let window = Duration::from_secs_f64(args.window);
    let begun = Instant::now();
    asked.run(&asked.options().time_limit(window));
    let window = begun.elapsed().min(window);
    for &by in &args.by {
        let mut late: Vec<Duration> = (0..args.times)
            .filter_map(|nth| {
                let moment = window * (2 * nth + 1) / (2 * args.times);
                let late = late(&asked, by, moment);
                if args.spans {
                    println!("ended at {moment:?}, {late:?} late");
                }
                late
            })
            .collect();
        late.sort_unstable();
        let Some(last) = late.len().checked_sub(1) else { continue };
        let at = |part: f64| 1e3 * late[(part * last as f64).round() as usize].as_secs_f64();
        let (name, by) = (verb.name(), format!("{by:?}").to_lowercase());
        let [min, median, p95, max] = [0.0, 0.5, 0.95, 1.0].map(at);
        println!("{families:>8} {name:8} {by:7} {:>6} {min:8.1} {median:8.1} {p95:8.1} {max:8.1}", late.len());
    }
}

/// How long a run takes to return after it is ended at a moment; none if it ended by itself before.
fn late(asked: &Asked<'_>, by: By, moment: Duration) -> Option<Duration> {
    let options: Options = match by {
        By::Cancel => asked.options(),
        By::Limit => asked.options().time_limit(moment),
    };
    let cancel = options.cancel();
    let begun = Instant::now();
    let took = std::thread::scope(|scope| {
        if by == By::Cancel {
            scope.spawn(move || {
                std::thread::sleep(moment);
                cancel.cancel();
            });
        }
        asked.run(&options);
        begun.elapsed()
    });
    took.checked_sub(moment)
}
