//! Holding a property against many random problems.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use visitrota::{Code, Problem, check};

use crate::making::{Size, random_problem};
use crate::reducing::reduced;

/// Whether a property holds; if not, how it is broken.
pub type Held = Result<(), String>;

/// Holds a property against the random problem of each seed, on every core.
///
/// # Panics
/// If the property is broken, or panics, for some seed: with the seed and the problem, reduced.
pub fn for_each_seed(seeds: Range<u64>, size: &Size, property: impl Fn(&Problem) -> Held + Sync) {
    let held = |problem: &Problem| {
        catch_unwind(AssertUnwindSafe(|| property(problem))).unwrap_or_else(|panic| {
            let message = panic.downcast_ref::<String>().cloned();
            Err(message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default())
        })
    };
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut broken = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) {
                return broken;
            }
            if held(&random_problem(seed, size)).is_err() {
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
    let least = reduced(&random_problem(seed, size), |problem| sound(problem) && held(problem).is_err());
    let how = held(&least).err().unwrap_or_default();
    let document = serde_json::to_string(&least).unwrap_or_default();
    panic!("seed {seed}: {how}\n{document}");
}

/// Whether a problem has no errors but pins that contradict each other: the oracle knows what to make of those.
fn sound(problem: &Problem) -> bool {
    !check(problem).iter().any(|finding| finding.is_error() && finding.code != Code::ImpossiblePin)
}
