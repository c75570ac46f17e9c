//! How to plan: limits, threads, progress, cancellation.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use visitrota_model::Rota;
use visitrota_solver::{Progress, Settings, Watch};

/// How to plan. The default is: to a proven optimum, however long it takes, on every core.
///
/// ```
/// use std::time::Duration;
/// use visitrota::Options;
///
/// let options = Options::default()
///     .time_limit(Duration::from_secs(60))
///     .on_progress(|progress| eprintln!("{progress:?}"));
/// let cancel = options.cancel();
/// std::thread::spawn(move || cancel.cancel());
/// ```
#[derive(Clone, Default)]
pub struct Options {
    time_limit: Option<Duration>,
    settings: Settings,
    threads: Option<NonZeroUsize>,
    cancel: Cancel,
    progress: Option<Arc<OnProgress>>,
    valid: Option<Arc<Rota>>,
}

type OnProgress = dyn Fn(&Progress) + Send + Sync;

impl Options {
    /// Ends planning after so long, with the best rota so far and its bound; in problems of many thousand families what is
    /// at hand is finished first, which takes seconds. A rota that a clock ended may differ from run to run; every other
    /// is the same each time.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// Decides between equally good rotas.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Ends planning after so much work, with the best rota so far and its bound. A unit is about one trip timed.
    /// Unlike a time limit, the same work gives the same rota each time. Problems of no more than 2,000 possible trips
    /// are always solved to the end.
    #[must_use]
    pub fn work_limit(mut self, units: u64) -> Self {
        self.settings.work = units;
        self
    }

    /// Ends planning once the best rota is proven to be within this part of the best possible score: 0.01 for one per
    /// cent. Problems of no more than 2,000 possible trips are always solved to the end.
    #[must_use]
    pub fn gap(mut self, gap: f64) -> Self {
        self.settings.gap = gap;
        self
    }

    /// Ends as soon as it is proven that no rota has more points than so many.
    pub(crate) fn beyond(mut self, points: i64) -> Self {
        self.settings.cutoff = points;
        self
    }

    /// Generates trips as they are needed where there may be more than so many, instead of 2,000. For measuring, and
    /// for tests of one way against the other: the score of a proven rota is the same.
    #[doc(hidden)]
    #[must_use]
    pub fn few_trips(mut self, few_trips: usize) -> Self {
        self.settings.few_trips = few_trips;
        self
    }

    /// Fails loudly if anything on the way denies that a rota which is known to be valid can be: for tests, and for the
    /// hunt for false proofs.
    #[doc(hidden)]
    #[must_use]
    pub fn held_against(mut self, valid: Rota) -> Self {
        self.valid = Some(Arc::new(valid));
        self
    }

    /// How many threads to use; as many as there are cores, unless given. The rota does not depend on it.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Is called with the progress of the work, from any thread.
    #[must_use]
    pub fn on_progress(mut self, report: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(report));
        self
    }

    /// What cancels a plan made with these options, or with a clone of them.
    #[must_use]
    pub fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn threads_given(&self) -> usize {
        self.threads.map_or(0, NonZeroUsize::get)
    }

    pub(crate) fn valid(&self) -> Option<&Rota> {
        self.valid.as_deref()
    }

    pub(crate) fn limit(&self) -> Option<Duration> {
        self.time_limit
    }

    pub(crate) fn report(&self, progress: &Progress) {
        if let Some(report) = &self.progress {
            report(progress);
        }
    }

    /// For one plan among several: with what is left of the time, and without reports.
    pub(crate) fn within(&self, left: Option<Duration>) -> Self {
        Self { time_limit: left, progress: None, ..self.clone() }
    }

    pub(crate) fn watch(&self) -> impl Watch {
        Clock { options: self.clone(), start: Instant::now() }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("time_limit", &self.time_limit)
            .field("settings", &self.settings)
            .field("threads", &self.threads)
            .field("cancel", &self.cancel)
            .finish_non_exhaustive()
    }
}

/// Cancels a plan from another thread: it then ends, after the step it is in, with the best rota so far.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancels.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

struct Clock {
    options: Options,
    start: Instant,
}

impl Watch for Clock {
    fn seconds_left(&self) -> f64 {
        if self.options.cancel.cancelled() {
            return 0.0;
        }
        self.options.time_limit.map_or(f64::INFINITY, |limit| limit.saturating_sub(self.start.elapsed()).as_secs_f64())
    }

    fn progress(&self, progress: &Progress) {
        self.options.report(progress);
    }
}
