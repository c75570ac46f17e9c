//! What is run, and ended.

use std::time::Duration;

use clap::ValueEnum;
use visitrota::{Checks, Options, Problem, Questions, Rota, advise, check, explain, plan};

/// A verb of the library that can take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verb {
    Plan,
    Check,
    Explain,
    Advise,
}

impl Verb {
    pub(crate) const ALL: [Self; 4] = [Self::Plan, Self::Check, Self::Explain, Self::Advise];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Check => "check",
            Self::Explain => "explain",
            Self::Advise => "advise",
        }
    }
}

/// A verb to be run on a problem.
pub(crate) struct Asked<'a> {
    problem: &'a Problem,
    verb: Verb,
    gap: f64,
    /// The rota to be explained.
    rota: Option<Rota>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(problem: &'a Problem, verb: Verb, gap: f64) -> Self {
        let rota = (verb == Verb::Explain).then(|| {
            let options = Options::default().gap(gap).time_limit(Duration::from_secs(60));
            plan(problem, &options).expect("a rota to be explained")
        });
        Self { problem, verb, gap, rota }
    }

    /// How it is run, without limits.
    pub(crate) fn options(&self) -> Options {
        match self.verb {
            Verb::Plan | Verb::Check => Options::default(),
            Verb::Explain | Verb::Advise => Options::default().gap(self.gap),
        }
    }

    /// Runs it. That it may have been ended before there was an answer is what this is about.
    pub(crate) fn run(&self, options: &Options) {
        let _ = match self.verb {
            Verb::Plan => plan(self.problem, options).map(drop),
            Verb::Check => {
                drop(check(self.problem, &Checks::planned(options)));
                Ok(())
            }
            Verb::Explain => match &self.rota {
                Some(rota) => explain(self.problem, rota, &Questions::default(), options).map(drop),
                None => Ok(()),
            },
            Verb::Advise => advise(self.problem, 5, options).map(drop),
        };
    }
}
