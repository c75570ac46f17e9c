//! Random problems: small, and tight, so that every rule stops something somewhere.

mod asked;
mod before;
mod document;
mod people;
mod richer;
mod week;

use serde_json::Value;
use visitrota::Problem;

use self::week::Maker;
use crate::random::Random;

/// How large a random problem is: ranges, both ends inside.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Volunteers who drive; some of them are chaperones too.
    pub drivers: (i64, i64),
    /// Volunteers who are chaperones alone.
    pub chaperones: (i64, i64),
    /// Families.
    pub families: (i64, i64),
    /// Requests.
    pub requests: (i64, i64),
    /// Slots.
    pub slots: (i64, i64),
    /// How tight limits are, in per cent: how many people have a limit of a kind, and how many slots, pairs and cars
    /// are scarce.
    pub tight: (i64, i64),
    /// Whether everybody may ride with everybody.
    pub all_share: bool,
    /// How often there are pins, in per cent.
    pub pins: usize,
    /// How often there are joint requests, meeting points, prisoners, consents, hours and, of these, trips that stand and
    /// times that were told, in per cent.
    pub rich: usize,
    /// The most rides that come of this: families of all requests.
    pub rides: usize,
}

/// Small enough for the [`Oracle`](crate::Oracle), and tight.
pub const TINY: Size = Size {
    drivers: (2, 4),
    chaperones: (0, 2),
    families: (2, 5),
    requests: (2, 6),
    slots: (2, 4),
    tight: (5, 60),
    all_share: false,
    pins: 25,
    rich: 70,
    rides: 8,
};

/// Beyond the oracle, and quick to plan.
pub const MIDDLING: Size = Size {
    drivers: (5, 7),
    chaperones: (1, 3),
    families: (8, 12),
    requests: (9, 14),
    slots: (6, 8),
    tight: (10, 30),
    all_share: false,
    pins: 0,
    rich: 50,
    rides: 16,
};

/// Few requests, and thousands of trips: everybody may ride with everybody.
pub const CROWDED: Size = Size {
    drivers: (5, 5),
    chaperones: (3, 3),
    families: (7, 7),
    requests: (7, 7),
    slots: (4, 4),
    tight: (4, 4),
    all_share: true,
    pins: 0,
    rich: 40,
    rides: 7,
};

/// Weeks by their dates: an ordinary one, and those in which the clocks change on the third date. Slots are on the
/// second to the fourth.
const WEEKS: [[&str; 5]; 3] = [
    ["2026-06-04", "2026-06-05", "2026-06-06", "2026-06-07", "2026-06-08"],
    ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"],
    ["2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"],
];

/// The random problem of a seed.
///
/// # Panics
/// If the maker is at fault, and what it made is not of the form of a problem.
#[must_use]
pub fn random_problem(seed: u64, size: &Size) -> Problem {
    let mut random = Random::new(seed);
    let week = if random.chance(60) { WEEKS[0] } else { *random.pick(&WEEKS[1..]) };
    let tight = random.within(size.tight.0, size.tight.1) as usize;
    let busy_day = random.chance(40);
    let mut maker = Maker::new(random, *size, tight, week, busy_day);
    let mut document = maker.problem(format!("seed {seed}"));
    // What is added has numbers of its own, so that a seed's problem is the same without it.
    let mut random = Random::new(!seed);
    let rich = random.chance(size.rich);
    if rich {
        richer::add(&mut document, &mut random, size);
    }
    if rich && random.chance(65) {
        before::replan(&mut document, &mut random, size);
    }
    read(document)
}

/// The problem of a document that a maker has made.
fn read(document: Value) -> Problem {
    let name = document["name"].clone();
    serde_json::from_value(document).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use visitrota::{Checks, answers::Code, check};

    #[test]
    fn problems_are_sound_but_for_pins() {
        for (size, seeds) in [(&TINY, 0..400), (&MIDDLING, 0..40), (&CROWDED, 0..10)] {
            for seed in seeds {
                let findings = check(&random_problem(seed, size), &Checks::default());
                let error = findings.iter().find(|finding| finding.is_error() && finding.code != Code::ImpossiblePin);
                assert!(error.is_none(), "seed {seed}: {error:?}");
            }
        }
    }
}
