//! What is hunted: kinds of problems, and the ways in which each is planned.

use clap::ValueEnum;
use visitrota::{Options, Problem};
use visitrota_tests::{
    Fault, Oracle, Random, TINY, any_limits, as_the_oracle, bus_problem, holds_the_best, minibus_problem,
    random_problem,
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
    /// Planning ends early, by work, by gap or by time, which the seed decides.
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
        match self {
            Self::Generated => as_the_oracle(problem, oracle, &options.clone().few_trips(0)).map(drop),
            Self::Listed => as_the_oracle(problem, oracle, options).map(drop),
            Self::Limited => holds_the_best(problem, oracle.best(), &any_limits(&mut Random::new(seed))),
        }
    }
}
