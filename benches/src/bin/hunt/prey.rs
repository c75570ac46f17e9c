//! What is hunted: kinds of problems, and the ways in which each is planned.

use clap::ValueEnum;
use visitrota::{Options, Problem};
use visitrota_tests::{
    Fault, Oracle, Random, TINY, as_the_oracle, bus_problem, holds_the_best, minibus_problem, random_problem,
};

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Prey {
    /// One bus, one slot, 12 families or so
    Bus,
    /// A few minibuses, cars and slots
    Minibus,
    /// Few families and every rule, tight
    Small,
}

/// A way to plan a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Trips are generated as they are needed.
    Generated,
    /// Trips are listed where they are few.
    Listed,
    /// Planning ends early, by work or by gap, which the seed decides.
    Limited,
}

impl Prey {
    pub(crate) const ALL: [Self; 3] = [Self::Bus, Self::Minibus, Self::Small];

    pub(crate) fn problem(self, seed: u64) -> Problem {
        match self {
            Self::Bus => bus_problem(seed),
            Self::Minibus => minibus_problem(seed),
            Self::Small => random_problem(seed, &TINY),
        }
    }

    /// What knows the best rota.
    pub(crate) fn oracle(self, problem: &Problem) -> Oracle<'_> {
        match self {
            Self::Bus | Self::Minibus => Oracle::by_sets(problem),
            Self::Small => Oracle::new(problem),
        }
    }

    /// The ways in which it is planned.
    pub(crate) fn ways(self) -> &'static [Way] {
        match self {
            // Its trips are many in any case.
            Self::Bus => &[Way::Generated, Way::Limited],
            Self::Minibus | Self::Small => &[Way::Generated, Way::Listed, Way::Limited],
        }
    }
}

impl Way {
    /// Plans a problem this way; whatever is amiss with what comes of it is a fault.
    pub(crate) fn held(
        self,
        problem: &Problem,
        oracle: &Oracle<'_>,
        seed: u64,
        options: &Options,
    ) -> Result<(), Fault> {
        let generated = options.clone().few_trips(0);
        match self {
            Self::Generated => as_the_oracle(problem, oracle, &generated).map(drop),
            Self::Listed => as_the_oracle(problem, oracle, options).map(drop),
            Self::Limited => {
                let mut random = Random::new(seed);
                let options = generated.seed(random.below(1000) as u64);
                let limited = if random.chance(50) {
                    // Every order of magnitude is as likely.
                    let magnitude = 10_i64.pow(random.within(1, 6) as u32);
                    options.work_limit(random.within(0, magnitude).unsigned_abs())
                } else {
                    options.gap(random.below(2000) as f64 / 10_000.0)
                };
                holds_the_best(problem, oracle.best(), &limited)
            }
        }
    }
}
