//! Holding a property against many random problems.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use visitrota::{Checks, Problem, answers::Code, check};

use crate::making::{Size, random_problem};
use crate::reducing::reduced;

/// Whether a property holds; if not, how it is broken.
pub type Held = Result<(), String>;

/// Holds a property against the random problem of each seed, on every core.
///
/// # Panics
/// If the property is broken, or panics, for some seed: with the seed and the problem, reduced.
pub fn for_each_seed(seeds: Range<u64>, size: &Size, property: impl Fn(&Problem) -> Held + Sync) {
    for_each(seeds, |seed| random_problem(seed, size), property);
}

/// Holds a property against the problem that is made of each seed, on every core.
///
/// # Panics
/// If the property is broken, or panics, for some seed: with the seed and the problem, reduced.
pub fn for_each(seeds: Range<u64>, make: impl Fn(u64) -> Problem + Sync, property: impl Fn(&Problem) -> Held + Sync) {
    let held = |problem: &Problem| caught(|| property(problem)).unwrap_or_else(Err);
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut broken = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) {
                return broken;
            }
            if held(&make(seed)).is_err() {
                // One is enough: the others stop here too.
                next.store(seeds.end, Ordering::Relaxed);
                broken.push(seed);
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let broken: Vec<u64> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    let Some(seed) = broken.into_iter().min() else { return };
    let least = reduced(&make(seed), |problem| sound(problem) && held(problem).is_err());
    let how = held(&least).err().unwrap_or_default();
    let document = serde_json::to_string(&least).unwrap_or_default();
    panic!("seed {seed}: {how}\n{document}");
}

/// What comes of something that may panic.
///
/// # Errors
/// If it panics: its message.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

/// Whether a problem has no errors but pins that contradict each other: the oracle knows what to make of those.
#[must_use]
pub fn sound(problem: &Problem) -> bool {
    !check(problem, &Checks::document()).iter().any(|finding| finding.is_error() && finding.code != Code::ImpossiblePin)
}
