//! The threads that work, and the caller's, which is asked meanwhile whether to stop.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::error::Error;
use crate::options::{Cancel, Options, StopWhen};

/// How often the caller is asked: seldom enough to cost nothing, often enough that nobody waits.
const LOOK: Duration = Duration::from_millis(20);

/// The threads to work on.
pub(crate) struct Threads {
    pool: rayon::ThreadPool,
    stop_when: Option<Arc<StopWhen>>,
    cancel: Cancel,
}

impl Threads {
    pub(crate) fn of(options: &Options) -> Result<Self, Error> {
        let number = options.threads_given();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(number).build();
        let pool = pool.map_err(|error| Error::Internal(format!("cannot start {number} threads: {error}")))?;
        Ok(Self { pool, stop_when: options.asked_whether_to_stop().cloned(), cancel: options.cancel() })
    }

    /// Works on all of them, and asks the caller meanwhile, on this thread, whether to stop.
    pub(crate) fn work<R: Send>(&self, work: impl FnOnce() -> Result<R, Error> + Send) -> Result<R, Error> {
        let Some(stop_when) = &self.stop_when else { return self.pool.install(work) };
        let mut made = None;
        self.pool.in_place_scope(|scope| {
            let (done, is_done) = channel::<()>();
            let made = &mut made;
            scope.spawn(move |_| {
                *made = Some(work());
                drop(done);
            });
            loop {
                if stop_when() {
                    self.cancel.cancel();
                    break;
                }
                // Nothing is ever sent: the other end is dropped once the work is done, or has panicked.
                if let Err(RecvTimeoutError::Disconnected) = is_done.recv_timeout(LOOK) {
                    break;
                }
            }
        });
        let made: Option<Result<R, Error>> = made;
        made.unwrap_or_else(|| Err(Error::Internal("the work was not done".to_owned())))
    }
}
