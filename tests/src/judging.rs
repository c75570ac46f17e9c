//! The planner held against the oracle, and what may be found amiss.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroUsize;
use std::time::Duration;

use visitrota::{
    Error, Finding, Options, Problem, Rota,
    answers::Code,
    plan,
    problem::RequestId,
    rota::{Reason, Status},
    verify,
};

use crate::oracle::Oracle;
use crate::random::Random;

/// What came of planning, as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// The best rota, proven.
    Rota,
    /// Pins that contradict each other, found by planning.
    Contradiction,
    /// Pins that contradict each other, found before planning.
    Refused,
}

/// What kind of fault the planner has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It failed: an internal error, or a problem refused that is in order.
    Failed,
    /// A rota is called optimal, and a better one exists.
    FalseProof,
    /// A bound is below the best rota's score.
    FalseBound,
    /// The rota is not proven best although nothing ended planning before.
    Unproven,
    /// The rota breaks the rules, or claims more than it scores.
    Invalid,
    /// A false reason is given for what is not met.
    FalseReason,
    /// Pins are said to contradict each other and do not, or the other way round.
    Pins,
}

/// What is amiss with a planner's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: Kind,
    told: String,
}

impl Fault {
    fn new(kind: Kind, told: impl Into<String>) -> Self {
        Self { kind, told: told.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.told)
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}

/// Plans a problem to the end, and compares all that comes of it with what the oracle knows. A best rota is then given to
/// the engine, which plans anew and fails where any bound, cut or trip ruled out on the way denies it.
///
/// # Errors
/// What is amiss.
pub fn as_the_oracle(problem: &Problem, oracle: &Oracle<'_>, options: &Options) -> Result<Planned, Fault> {
    match plan(problem, options) {
        Ok(rota) => {
            is_best(problem, oracle, &rota)?;
            let engine = options.clone().few_trips(0).seed(1).held_against(rota);
            let held = plan(problem, &engine);
            held.map(|_| Planned::Rota).map_err(|error| Fault::new(Kind::FalseProof, format!("{error:?}")))
        }
        Err(Error::ImpossiblePins { requests }) => {
            contradict(problem, oracle, &requests).map(|()| Planned::Contradiction)
        }
        Err(Error::Invalid { findings }) => pins_contradict(oracle, &findings).map(|()| Planned::Refused),
        Err(other) => Err(Fault::new(Kind::Failed, format!("{other:?}"))),
    }
}

/// Options under which planning may end early: by work, by gap or by time, with any number of threads and any seed.
#[must_use]
pub fn any_limits(random: &mut Random) -> Options {
    let threads = NonZeroUsize::MIN.saturating_add(random.below(4));
    let mut options = Options::default().threads(threads).seed(random.below(1000) as u64);
    if random.chance(80) {
        options = options.few_trips(0);
    }
    match random.below(3) {
        0 => {
            // Every order of magnitude is as likely.
            let magnitude = 10_i64.pow(random.within(1, 6) as u32);
            options.work_limit(random.within(0, magnitude).unsigned_abs())
        }
        1 => options.gap(random.below(2000) as f64 / 10_000.0),
        _ => options.time_limit(Duration::from_micros(random.below(30_000) as u64)),
    }
}

/// Plans a problem with options that may end planning before the best is found or proven: the rota keeps the rules all
/// the same, and the score of the best lies between its score and its bound.
///
/// # Errors
/// What is amiss.
pub fn holds_the_best(problem: &Problem, best: Option<i64>, options: &Options) -> Result<(), Fault> {
    match (plan(problem, options), best) {
        (Ok(rota), Some(best)) => {
            let told = format!("{:?}, score {}, bound {:?}, best {best}", rota.status, rota.score, rota.bound);
            keeps_the_rules(problem, &rota)?;
            if rota.score > best {
                Err(Fault::new(Kind::Invalid, told))
            } else if rota.status == Status::Optimal && rota.score < best {
                Err(Fault::new(Kind::FalseProof, told))
            } else if rota.bound.is_none_or(|bound| bound < best) {
                Err(Fault::new(Kind::FalseBound, told))
            } else {
                Ok(())
            }
        }
        (Ok(_), None) => Err(Fault::new(Kind::Pins, "a rota, and the pins cannot all hold")),
        // No rota was found yet, or none that keeps the pins.
        (Err(Error::Stopped { bound }), best) => {
            let told = format!("stopped with a bound of {bound}, best {best:?}");
            if best.is_none_or(|best| best <= bound) { Ok(()) } else { Err(Fault::new(Kind::FalseBound, told)) }
        }
        (Err(Error::ImpossiblePins { .. } | Error::Invalid { .. }), None) => Ok(()),
        (Err(other), best) => Err(Fault::new(Kind::Failed, format!("{other:?}, best {best:?}"))),
    }
}

/// A rota is the best there is, says so, and gives true reasons.
fn is_best(problem: &Problem, oracle: &Oracle<'_>, rota: &Rota) -> Result<(), Fault> {
    let best = oracle.best();
    let told = format!("{:?}, score {}, bound {:?}, best {best:?}", rota.status, rota.score, rota.bound);
    keeps_the_rules(problem, rota)?;
    let kind = match best {
        None => Some(Kind::Pins),
        Some(best) if rota.score > best => Some(Kind::Invalid),
        Some(best) if rota.status == Status::Optimal && rota.score < best => Some(Kind::FalseProof),
        Some(best) if rota.bound.is_some_and(|bound| bound < best) => Some(Kind::FalseBound),
        Some(_) if (rota.status, rota.bound) != (Status::Optimal, best) => Some(Kind::Unproven),
        Some(_) => None,
    };
    match kind {
        Some(kind) => Err(Fault::new(kind, told)),
        None => reasons_are_true(oracle, rota),
    }
}

fn keeps_the_rules(problem: &Problem, rota: &Rota) -> Result<(), Fault> {
    let verdict = verify(problem, rota).map_err(|error| Fault::new(Kind::Failed, format!("{error:?}")))?;
    if verdict.broken.is_empty() && verdict.score.total() == rota.score {
        Ok(())
    } else {
        Err(Fault::new(Kind::Invalid, format!("{verdict:?}")))
    }
}

fn reasons_are_true(oracle: &Oracle<'_>, rota: &Rota) -> Result<(), Fault> {
    for unmet in &rota.unmet {
        let blocked = unmet.reasons.iter().any(|reason| matches!(reason, Reason::Blocked { .. }));
        if blocked && oracle.some_rota_serves(&unmet.request) {
            return Err(Fault::new(Kind::FalseReason, format!("{unmet:?} is not blocked")));
        }
        if !blocked && !oracle.some_trips_serve(&unmet.request) {
            return Err(Fault::new(Kind::FalseReason, format!("{unmet:?} is in no trip")));
        }
    }
    Ok(())
}

/// The pins of these requests cannot all hold, and those of all but any one of them can.
fn contradict(problem: &Problem, oracle: &Oracle<'_>, requests: &[RequestId]) -> Result<(), Fault> {
    let all: BTreeSet<&RequestId> = requests.iter().collect();
    if oracle.best().is_some() || oracle.can_keep(&all) {
        return Err(Fault::new(Kind::Pins, format!("the pins of {requests:?} can hold")));
    }
    let too_many = requests.iter().find(|request| {
        let others = all.iter().copied().filter(|other| other != request).collect();
        !oracle.can_keep(&others)
    });
    let pinned = |request: &&RequestId| problem.pins.iter().any(|pin| pin.request == **request);
    match too_many {
        Some(request) => {
            Err(Fault::new(Kind::Pins, format!("of {requests:?}, {request} is no part of the contradiction")))
        }
        None if all.iter().all(pinned) => Ok(()),
        None => Err(Fault::new(Kind::Pins, format!("{requests:?} are not all pinned"))),
    }
}

/// What is told of pins before planning is true; the rest of the problem is sound.
fn pins_contradict(oracle: &Oracle<'_>, findings: &[Finding]) -> Result<(), Fault> {
    if let Some(other) = findings.iter().find(|finding| finding.is_error() && finding.code != Code::ImpossiblePin) {
        return Err(Fault::new(Kind::Failed, other.to_string()));
    }
    match oracle.best() {
        Some(score) => Err(Fault::new(
            Kind::Pins,
            format!("a rota scores {score}, and the pins are called impossible: {findings:?}"),
        )),
        None => Ok(()),
    }
}
