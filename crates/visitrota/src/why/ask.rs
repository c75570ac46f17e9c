//! Asking the planner: many plans of one problem with something changed, side by side, within one limit of time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rayon::prelude::*;
use visitrota_model::{Bounds, Code, Finding, Problem, RequestId, Rota};
use visitrota_solver::{PlanError, Progress};
use visitrota_travel::TravelTable;

use crate::error::Error;
use crate::options::Options;
use crate::run::{broken, pool, sound};

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
    end: Option<Instant>,
    threads: rayon::ThreadPool,
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Asker {
    pub(crate) fn new(options: &Options) -> Result<Arc<Self>, Error> {
        let threads = pool(options)?;
        let end = options.limit().and_then(|limit| Instant::now().checked_add(limit));
        let (done, of) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Ok(Arc::new(Self { options: options.clone(), end, threads, done, of }))
    }

    /// The answers to all of these, on all threads, in their order.
    pub(crate) fn each<T: Sync, R: Send>(
        &self,
        things: &[T],
        ask: impl Fn(&T) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        self.of.fetch_add(things.len(), Ordering::Relaxed);
        self.tell();
        let one = |thing: &T| {
            let answer = ask(thing);
            self.done.fetch_add(1, Ordering::Relaxed);
            self.tell();
            answer
        };
        self.threads.install(|| things.par_iter().with_max_len(1).map(one).collect())
    }

    fn tell(&self) {
        let [done, of] = [&self.done, &self.of].map(|count| count.load(Ordering::Relaxed));
        self.options.tell(&Progress::Answers { done, of });
    }

    /// Whether planning must end.
    pub(crate) fn over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end) || self.options.cancel().cancelled()
    }

    /// Plans, on the threads at hand. The rota has passed the verifier.
    pub(crate) fn plan(&self, problem: &Problem, travel: &TravelTable) -> Result<Answer, Error> {
        if self.over() {
            return Ok(Answer::Unknown);
        }
        let options = self.options.within(self.end.map(|end| end.saturating_duration_since(Instant::now())));
        let planned = visitrota_solver::plan(problem, travel, options.settings(), &options.watch());
        match planned {
            Ok(rota) => {
                broken(problem, &rota, travel)?;
                Ok(Answer::Rota(Box::new(rota)))
            }
            Err(PlanError::ImpossiblePins { requests }) => Ok(Answer::Contradiction(requests)),
            Err(PlanError::Stopped) => Ok(Answer::Unknown),
            Err(other) => Err(Error::Internal(other.to_string())),
        }
    }

    /// Plans a changed problem, with a travel table of its own.
    pub(crate) fn plan_changed(&self, problem: &Problem) -> Result<Answer, Error> {
        self.plan(problem, &sound(problem)?)
    }

    /// Does something on the threads of this planner.
    pub(crate) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.threads.install(work)
    }
}

/// What is proven of the best score by a rota that is the best found.
pub(crate) fn bounds(rota: &Rota) -> Bounds {
    Bounds { least: rota.score, most: rota.bound.unwrap_or(i64::MAX).max(rota.score) }
}

/// What a best score loses against another that is at least as good.
pub(crate) fn lost(best: Bounds, other: Bounds) -> Bounds {
    let least = best.least.saturating_sub(other.most).max(0);
    Bounds { least, most: best.most.saturating_sub(other.least).max(least) }
}

/// That there is no such request.
pub(crate) fn unknown_request(request: &RequestId) -> Error {
    let message = format!("The problem has no request {request}.");
    let remedy = "Maybe it is misspelt: the requests are listed in the problem.";
    Error::Invalid { findings: vec![Finding::error(Code::UnknownId, "requests", message, remedy).with_value(request)] }
}
