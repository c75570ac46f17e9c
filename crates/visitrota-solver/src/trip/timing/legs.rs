//! The legs of a half of many stops, and a completion bound for its labels: a lower bound on the driving that is still
//! to come after some of them (the heuristic of an A* search; exact by M. Held and R. M. Karp, A dynamic programming
//! approach to sequencing problems, Journal of SIAM 10, 1962, where there are few enough stops).

use super::half::{RiderSet, Task};
use crate::instance::Instance;

/// Up to this many riders, the driving to come is worked out exactly for every set of them: half a million states at
/// fifteen riders, and twice as many and more with each further one.
const MAX_RIDERS_FOR_EVERY_SET: usize = 15;

/// The legs of a half. They do not depend on anybody's windows.
#[derive(Debug)]
pub(super) struct HalfLegs {
    /// Minutes and metres: from the start to each rider, from each rider to each, and from each rider to the end.
    pub(super) first: Vec<(i64, u64)>,
    pub(super) between: Vec<(i64, u64)>,
    pub(super) last: Vec<(i64, u64)>,
    pub(super) completion: CompletionBound,
}

impl HalfLegs {
    pub(super) fn new(instance: &Instance<'_>, task: &Task<'_>) -> Self {
        let (start, end) = task.ends();
        let leg = |from, to| {
            let leg = instance.travel.leg(from, to);
            (i64::from(leg.minutes), u64::from(leg.metres))
        };
        let riders = task.riders;
        let first: Vec<_> = riders.iter().map(|rider| leg(start, rider.place)).collect();
        let between: Vec<_> =
            riders.iter().flat_map(|from| riders.iter().map(move |to| leg(from.place, to.place))).collect();
        let last: Vec<_> = riders.iter().map(|rider| leg(rider.place, end)).collect();
        let completion = CompletionBound::new(&between, &last);
        Self { first, between, last, completion }
    }
}

/// A lower bound on the minutes of driving still to come after some stops.
#[derive(Debug)]
pub(super) enum CompletionBound {
    /// Exact: for each set of stops still to come and each last stop visited, the least driving over them to the end
    /// (Held and Karp's dynamic program).
    EverySet { riders: usize, minutes: Vec<u32> },
    /// For each rider the shortest leg that leads to them, and the shortest leg to the end.
    ShortestLegs { to: Vec<i64>, end: i64 },
}

impl CompletionBound {
    fn new(between: &[(i64, u64)], last: &[(i64, u64)]) -> Self {
        let riders = last.len();
        let minutes = |from: usize, to: usize| between[from * riders + to].0;
        if riders > MAX_RIDERS_FOR_EVERY_SET {
            let nearest = |to| (0..riders).filter(|&from| from != to).map(|from| minutes(from, to)).min().unwrap_or(0);
            let end = last.iter().map(|(minutes, _)| *minutes).min().unwrap_or(0);
            return Self::ShortestLegs { to: (0..riders).map(nearest).collect(), end };
        }
        let mut least_driving = vec![0; riders << riders];
        for set in 0..1_usize << riders {
            for from in (0..riders).filter(|from| set >> from & 1 == 0) {
                let after = |to: usize| minutes(from, to) + i64::from(least_driving[(set & !(1 << to)) * riders + to]);
                let least = (0..riders).filter(|to| set >> to & 1 == 1).map(after).min().unwrap_or(last[from].0);
                least_driving[set * riders + from] = u32::try_from(least).unwrap_or(u32::MAX);
            }
        }
        Self::EverySet { riders, minutes: least_driving }
    }

    /// About how many legs were added up to work it out.
    pub(super) fn legs_added_up(&self) -> u64 {
        match self {
            Self::EverySet { riders, minutes } => (minutes.len() * riders) as u64,
            Self::ShortestLegs { to, .. } => (to.len() * to.len()) as u64,
        }
    }

    /// The bound where these of all stops have been visited, the last of them last.
    pub(super) fn driving_to_the_end(&self, visited: RiderSet, last: usize, all: RiderSet) -> i64 {
        let to_come = all & !visited;
        match self {
            Self::EverySet { riders, minutes } => {
                let set = usize::try_from(to_come).unwrap_or(0);
                minutes.get(set * riders + last).copied().unwrap_or(0).into()
            }
            Self::ShortestLegs { to, end } => {
                end + to.iter().enumerate().filter(|(at, _)| to_come >> at & 1 == 1).map(|(_, leg)| leg).sum::<i64>()
            }
        }
    }
}
