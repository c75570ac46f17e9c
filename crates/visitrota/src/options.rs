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
/// A clone plans alike, with a flag for cancelling of its own.
///
/// All of it is for builds with `highs`. With `microlp` alone every plan is one program over all trips: it heeds the
/// time limit, and looks at [`Cancel`] only before and after; limits of work, gaps and a rota to begin with change
/// nothing.
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
#[derive(Default)]
pub struct Options {
    time_limit: Option<Duration>,
    settings: Settings,
    threads: Option<NonZeroUsize>,
    cancel: Cancel,
    progress: Option<Arc<OnProgress>>,
    on_rota: Option<(Duration, Arc<OnRota>)>,
    stop_when: Option<Arc<StopWhen>>,
    start: Option<Arc<Rota>>,
    valid: Option<Arc<Rota>>,
}

type OnProgress = dyn Fn(&Progress) + Send + Sync;
type OnRota = dyn Fn(&Rota) + Send + Sync;
pub(crate) type StopWhen = dyn Fn() -> bool + Send + Sync;

impl Options {
    /// Ends planning after so long, and within about 0.2 s more, with the best rota so far and its bound. The limit is
    /// for all of an answer together. A rota that a clock ended may differ from run to run; every other is the same
    /// each time.
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

    /// How many threads to use; as many as there are cores, unless given. More than the machine runs at once
    /// ([`available_parallelism`](std::thread::available_parallelism)) are taken for as many as it does. The rota does
    /// not depend on it.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        let most = std::thread::available_parallelism().unwrap_or(threads);
        self.threads = Some(threads.min(most));
        self
    }

    /// Is called with the progress of the work, from any thread.
    #[must_use]
    pub fn on_progress(mut self, report: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(report));
        self
    }

    /// Is called with each better rota as [`plan`](crate::plan()) finds it, from any thread, and no more often than
    /// once in so long: of those that come sooner, the best is handed over when the time has passed. Each has passed
    /// [`verify`](crate::verify()) and has a bound; why visits are not met is only said in the last, which `plan`
    /// returns. Where few trips are possible, there is one call at the most, with the best.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
    /// use std::sync::{Arc, Mutex};
    /// use std::time::Duration;
    /// use visitrota::{Options, load, plan};
    ///
    /// let best = Arc::new(Mutex::new(None));
    /// let shown = Arc::clone(&best);
    /// let options = Options::default().on_rota(Duration::from_millis(500), move |rota| {
    ///     *shown.lock().unwrap_or_else(|lock| lock.into_inner()) = Some(rota.clone());
    /// });
    /// let rota = plan(&load(file)?, &options)?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn on_rota(mut self, every: Duration, show: impl Fn(&Rota) + Send + Sync + 'static) -> Self {
        self.on_rota = Some((every, Arc::new(show)));
        self
    }

    /// Has [`plan`](crate::plan()) and [`plan_with_standby`](crate::plan_with_standby()) begin with a rota: of this
    /// problem, such as one that a limit ended, or of nearly the same, such as that of the week before it was changed.
    /// What is still valid of it is the first incumbent. It proves nothing, and may lead to another of several rotas
    /// that score the same. A plan that is out of time, or cancelled, before it begins is
    /// [`Error::Stopped`](crate::Error::Stopped) all the same.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
    /// use visitrota::{Options, load, plan};
    ///
    /// let mut problem = load(file)?;
    /// let rota = plan(&problem, &Options::default())?;
    /// problem.families.retain(|family| family.id.as_str() != "F4");
    /// problem.requests.retain(|request| request.families[0].as_str() != "F4");
    /// let without_one = plan(&problem, &Options::default().start_from(&rota))?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn start_from(mut self, rota: &Rota) -> Self {
        self.start = Some(Arc::new(rota.clone()));
        self
    }

    /// Is asked now and then, on the thread that asked for the plan or the answer, whether to cancel it: for callers
    /// that may look at signals or interrupts on that thread alone. To stop is to cancel: these options, and all that
    /// share their [`Cancel`], stay cancelled.
    #[must_use]
    pub fn stop_when(mut self, stop: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.stop_when = Some(Arc::new(stop));
        self
    }

    /// What cancels whatever is asked with these options, but not with a clone of them.
    #[must_use]
    pub fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }

    /// Has this cancel whatever is asked with these options: of several that share it, all at once.
    #[must_use]
    pub fn cancel_with(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
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

    pub(crate) fn start(&self) -> Option<&Rota> {
        self.start.as_deref()
    }

    pub(crate) fn asked_whether_to_stop(&self) -> Option<&Arc<StopWhen>> {
        self.stop_when.as_ref()
    }

    /// How often better rotas are wanted, if they are.
    pub(crate) fn shows_every(&self) -> Option<Duration> {
        self.on_rota.as_ref().map(|(every, _)| *every)
    }

    pub(crate) fn show(&self, rota: &Rota) {
        if let Some((_, show)) = &self.on_rota {
            show(rota);
        }
    }

    pub(crate) fn report(&self, progress: &Progress) {
        if let Some(report) = &self.progress {
            report(progress);
        }
    }

    /// For one plan among several: with what is left of the time, and without reports.
    pub(crate) fn within(&self, left: Option<Duration>) -> Self {
        Self { time_limit: left, progress: None, ..self.sharing() }
    }

    /// The same options, cancelled by the same flag.
    pub(crate) fn sharing(&self) -> Self {
        Self { cancel: self.cancel.clone(), ..self.clone() }
    }

    /// The clock that runs from now on.
    pub(crate) fn watch(&self) -> Clock {
        Clock { options: self.sharing(), start: Instant::now() }
    }
}

impl Clone for Options {
    fn clone(&self) -> Self {
        let Self { time_limit, settings, threads, cancel: _, progress, on_rota, stop_when, start, valid } = self;
        Self {
            time_limit: *time_limit,
            settings: *settings,
            threads: *threads,
            cancel: Cancel::new(),
            progress: progress.clone(),
            on_rota: on_rota.clone(),
            stop_when: stop_when.clone(),
            start: start.clone(),
            valid: valid.clone(),
        }
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

/// Cancels a plan, or any other answer, from another thread: it then ends within about 0.2 s, with the best so far. What
/// is asked after that is [`Error::Stopped`](crate::Error::Stopped). A clone is the same flag.
///
/// ```
/// use visitrota::{Cancel, Options};
///
/// let cancel = Cancel::new();
/// let (one, other) = (Options::default().cancel_with(cancel.clone()), Options::default().cancel_with(cancel.clone()));
/// cancel.cancel();
/// assert!(one.cancel().is_cancelled() && other.cancel().is_cancelled());
/// assert!(!one.clone().cancel().is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that nobody has raised yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has been cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A clock that runs since planning began.
pub(crate) struct Clock {
    options: Options,
    start: Instant,
}

impl Clock {
    /// How much of the time limit is left, if there is one.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.options.time_limit.map(|limit| limit.saturating_sub(self.start.elapsed()))
    }

    /// Whether planning must end.
    pub(crate) fn is_over(&self) -> bool {
        self.seconds_left() <= 0.0
    }
}

impl Watch for Clock {
    fn seconds_left(&self) -> f64 {
        if self.options.cancel.is_cancelled() {
            return 0.0;
        }
        self.options.time_limit.map_or(f64::INFINITY, |limit| limit.saturating_sub(self.start.elapsed()).as_secs_f64())
    }

    fn cancelled(&self) -> bool {
        self.options.cancel.is_cancelled()
    }

    fn progress(&self, progress: &Progress) {
        self.options.report(progress);
    }
}
