//! Problems planned on every core, and what became of them.

use std::error::Error;
use std::fmt;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use visitrota::{Options, Problem};
use visitrota_tests::{Kind, Oracle, caught, reduced, sound};

use crate::Args;
use crate::prey::{Prey, Way};

/// How many problems were planned in how many ways, and how often a fault was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    problems: u64,
    plans: u64,
    pub(crate) faults: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} problems, {} plans, {} faults", self.problems, self.plans, self.faults)
    }
}

#[derive(Default)]
struct Hunt {
    next: AtomicUsize,
    problems: AtomicU64,
    plans: AtomicU64,
    faults: AtomicU64,
    /// The first file that could not be written, and why: it ends the hunt.
    stopped: Mutex<Option<String>>,
    over: AtomicBool,
}

/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_secs(10);

/// Plans every problem asked for, as long as there is time.
pub(crate) fn hunt(args: &Args) -> Result<Tally, Box<dyn Error>> {
    let (hunt, start) = (Hunt::default(), Instant::now());
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let workers = args.workers.map_or_else(cores, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| hunt.work(args, start))).collect();
        let mut reported = Instant::now();
        while workers.iter().any(|worker| !worker.is_finished()) {
            thread::sleep(Duration::from_millis(20));
            if reported.elapsed() >= REPORT_EVERY {
                reported = Instant::now();
                eprintln!("{:.0} s: {}", start.elapsed().as_secs_f64(), hunt.tally());
            }
        }
    });
    match hunt.stopped.lock().ok().and_then(|mut stopped| stopped.take()) {
        Some(why) => Err(why.into()),
        None => Ok(hunt.tally()),
    }
}

impl Hunt {
    fn work(&self, args: &Args, start: Instant) {
        let kinds = args.kinds.len();
        while !self.over.load(Ordering::Relaxed) && args.time().is_none_or(|time| start.elapsed() < time) {
            let job = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(seed) = args.seeds.clone().nth(job / kinds) else { return };
            self.plan(args, args.kinds[job % kinds], seed);
            self.problems.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn plan(&self, args: &Args, prey: Prey, seed: u64) {
        let problem = prey.problem(seed);
        let oracle = prey.oracle(&problem);
        for &way in prey.ways() {
            self.plans.fetch_add(1, Ordering::Relaxed);
            let options = Options::default().threads(args.threads).time_limit(Duration::from_secs(args.time_limit));
            let held = |problem: &Problem, oracle: &Oracle<'_>| {
                let start = Instant::now();
                held(way, problem, oracle, seed, &options)?;
                let seconds = start.elapsed().as_secs_f64();
                let slow = args.slow.is_some_and(|most| seconds > most);
                if slow { Err((None, format!("Slow: {seconds:.1} s"))) } else { Ok(()) }
            };
            let Err((kind, reported)) = held(&problem, &oracle) else { continue };
            self.faults.fetch_add(1, Ordering::Relaxed);
            println!("{prey:?} {seed} {way:?}: {reported}");
            let shows_it = |problem: &Problem| {
                sound(problem) && held(problem, &prey.oracle(problem)).is_err_and(|(other, _)| other == kind)
            };
            let least = if args.shrink { reduced(&problem, shows_it) } else { problem.clone() };
            self.write(args, &least, prey, seed, way);
        }
    }

    fn write(&self, args: &Args, problem: &Problem, prey: Prey, seed: u64, way: Way) {
        let Some(folder) = &args.failures else { return };
        let path = folder.join(format!("{prey:?}-{seed}-{way:?}.json").to_lowercase());
        let written = serde_json::to_string(problem).map_err(|error| error.to_string());
        if let Err(why) = written.and_then(|text| fs::write(&path, text).map_err(|error| error.to_string())) {
            self.over.store(true, Ordering::Relaxed);
            if let Ok(mut stopped) = self.stopped.lock() {
                stopped.get_or_insert(format!("cannot write {}: {why}", path.display()));
            }
        }
    }

    fn tally(&self) -> Tally {
        Tally {
            problems: self.problems.load(Ordering::Relaxed),
            plans: self.plans.load(Ordering::Relaxed),
            faults: self.faults.load(Ordering::Relaxed),
        }
    }
}

/// Plans a problem; if something is amiss, its kind, if it is a wrong answer, and what it is.
fn held(
    way: Way,
    problem: &Problem,
    oracle: &Oracle<'_>,
    seed: u64,
    options: &Options,
) -> Result<(), (Option<Kind>, String)> {
    let planned = caught(|| way.held(problem, oracle, seed, options));
    planned.map_err(|panic| (None, format!("Panic: {panic}")))?.map_err(|fault| (Some(fault.kind), fault.to_string()))
}
