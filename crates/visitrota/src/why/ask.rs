//! Asking the planner: many plans of one problem with something changed, side by side, within one limit of time.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use visitrota_model::{Bounds, Code, EndedBy, Finding, Problem, RequestId, Rota, Verdict};
use visitrota_solver::{PlanError, Progress, Start, WarmStart};
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::{Clock, Options};
use crate::run::{broken, sound};
use crate::threads::Threads;

/// What came of a plan.
pub(crate) enum Answer {
    /// A rota, the best as far as its bound says.
    Rota(Box<Rota>),
    /// These pins cannot all hold.
    Contradiction(Vec<RequestId>),
    /// Planning ended before there was a rota.
    Unknown,
}

/// A planner to ask.
pub(crate) struct Asker {
    options: Options,
    clock: Clock,
    threads: Threads,
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Asker {
    /// A planner to ask about a problem, within the limits of these options.
    ///
    /// # Errors
    /// [`Error::Stopped`] if they are cancelled already.
    pub(crate) fn new(options: &Options, problem: &Problem, travel: &TravelTable) -> Result<Self, Error> {
        let clock = options.watch();
        if options.cancel().is_cancelled() {
            return Err(stopped(problem, travel));
        }
        let threads = Threads::of(options)?;
        let (done, of) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Ok(Self { options: options.sharing(), clock, threads, done, of })
    }

    /// The answers to all of these, on all threads, in their order.
    pub(crate) fn each<T: Sync, R: Send>(
        &self,
        things: &[T],
        ask: impl Fn(&T) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        self.of.fetch_add(things.len(), Ordering::Relaxed);
        self.report();
        let one = |thing: &T| {
            let answer = ask(thing);
            self.done.fetch_add(1, Ordering::Relaxed);
            self.report();
            answer
        };
        self.threads.work(|| things.par_iter().with_max_len(1).map(one).collect())
    }

    fn report(&self) {
        let [done, of] = [&self.done, &self.of].map(|count| count.load(Ordering::Relaxed));
        self.options.report(&Progress::Answers { done, of });
    }

    /// Whether planning must end.
    pub(crate) fn over(&self) -> bool {
        self.clock.is_over()
    }

    /// What ended planning, where something did.
    pub(crate) fn ended_by(&self) -> EndedBy {
        if self.options.cancel().is_cancelled() { EndedBy::Cancel } else { EndedBy::Time }
    }

    /// Says whether planning must end.
    pub(crate) fn stop(&self) -> impl Fn() -> bool + Sync {
        || self.clock.is_over()
    }

    /// Plans a problem as it is, before anything is asked of it: the best rota, and where plans of it with something
    /// changed begin.
    pub(crate) fn best(&self, problem: &Problem, travel: &TravelTable) -> Result<(Box<Rota>, WarmStart), Error> {
        let start = Start { rota: self.options.start(), warm: None };
        let (answer, start) = self.threads.work(|| self.planned(&self.options, problem, travel, start))?;
        match answer {
            Answer::Rota(best) => Ok((best, start)),
            Answer::Contradiction(requests) => Err(Error::ImpossiblePins { requests }),
            Answer::Unknown => Err(stopped(problem, travel)),
        }
    }

    /// Plans, on the threads at hand. The rota has passed the verifier.
    pub(crate) fn plan(&self, problem: &Problem, travel: &TravelTable, start: &WarmStart) -> Result<Answer, Error> {
        Ok(self.planned(&self.options, problem, travel, warm(start))?.0)
    }

    fn planned(
        &self,
        options: &Options,
        problem: &Problem,
        travel: &TravelTable,
        start: Start<'_>,
    ) -> Result<(Answer, WarmStart), Error> {
        if self.over() {
            return Ok((Answer::Unknown, WarmStart::default()));
        }
        let options = options.within(self.clock.left());
        let nothing = |answer| Ok((answer, WarmStart::default()));
        match visitrota_solver::plan_from(problem, travel, options.settings(), &options.watch(), start) {
            Ok((rota, start)) => {
                broken(problem, &rota, travel)?;
                Ok((Answer::Rota(Box::new(rota)), start))
            }
            Err(PlanError::ImpossiblePins { requests }) => nothing(Answer::Contradiction(requests)),
            Err(PlanError::Stopped { .. }) => nothing(Answer::Unknown),
            Err(other) => Err(Error::Internal(other.to_string())),
        }
    }

    /// What no rota of a changed problem exceeds, as far as the prices of the first plan tell; nothing if there are pins.
    pub(crate) fn ceiling(&self, problem: &Problem, start: &WarmStart) -> Result<Option<i64>, Error> {
        if !problem.pins.is_empty() {
            return Ok(None);
        }
        let Answer::Rota(rota) = self.plan_beyond(i64::MAX, problem, start)? else { return Ok(None) };
        Ok(rota.bound)
    }

    /// Plans a changed problem, with a travel table of its own.
    pub(crate) fn plan_changed(&self, problem: &Problem, start: &WarmStart) -> Result<Answer, Error> {
        self.plan(problem, &sound(problem)?, start)
    }

    /// Plans a changed problem until it is known whether a rota scores more than so many points. A rota that keeps all
    /// pins may be hard to find on the way: where there are any, planning goes on to the end.
    pub(crate) fn plan_beyond(&self, points: i64, problem: &Problem, start: &WarmStart) -> Result<Answer, Error> {
        let points = if problem.pins.is_empty() { points } else { i64::MIN };
        let options = self.options.sharing().beyond(points);
        Ok(self.planned(&options, problem, &sound(problem)?, warm(start))?.0)
    }
}

/// That planning ended before there was an answer.
pub(crate) fn stopped(problem: &Problem, travel: &TravelTable) -> Error {
    Error::Stopped { bound: visitrota_solver::upper_bound(problem, travel) }
}

/// A plan begun where another came to.
fn warm(start: &WarmStart) -> Start<'_> {
    Start { rota: None, warm: Some(start) }
}

/// What is proven of the best score by a rota that is the best found.
pub(crate) fn bounds(rota: &Rota) -> Bounds {
    Bounds { least: rota.score, most: rota.bound.unwrap_or(i64::MAX).max(rota.score) }
}

/// What is proven of the best score, where a rota at hand may be better than the best found.
pub(crate) fn with_at_hand(best: Bounds, verdict: &Verdict) -> Bounds {
    let least = if verdict.broken.is_empty() { best.least.max(verdict.score.total()) } else { best.least };
    Bounds { least, most: best.most.max(least) }
}

/// What a best score loses against another that is at least as good.
pub(crate) fn lost(best: Bounds, other: Bounds) -> Bounds {
    let least = best.least.saturating_sub(other.most).max(0);
    Bounds { least, most: best.most.saturating_sub(other.least).max(least) }
}

/// Refuses a rota that names what the problem does not know.
pub(crate) fn known(problem: &Problem, rota: &Rota) -> Result<(), Error> {
    let findings = visitrota_model::check_rota(problem, rota);
    if findings.is_empty() { Ok(()) } else { Err(Error::Invalid { findings }) }
}

/// That there is no such request.
pub(crate) fn unknown_request(request: &RequestId) -> Error {
    let message = format!("The problem has no request {request}.");
    let remedy = "Check the spelling: the problem lists its requests.";
    Error::Invalid { findings: vec![Finding::error(Code::UnknownId, "requests", message, remedy).with_value(request)] }
}
