//! Ctrl-C, SIGTERM and SIGHUP: the first ends planning with the best rota so far; another, or one that finds no
//! planning to end, ends the program. Nothing half-written stays behind.

use std::sync::{Mutex, MutexGuard, PoisonError};

use visitrota::{Cancel, files::disk};

use crate::exit::Exit;
use crate::progress::Stage;

static STATE: Mutex<State> = Mutex::new(State { ending: false, planning: None });

struct State {
    /// Whether planning has been told to end.
    ending: bool,
    planning: Option<(Cancel, Stage)>,
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, signals end planning first.
pub(crate) fn install_handler() {
    // Where no handler can be set, signals end the program at once, as they do anywhere.
    let _ = ctrlc::set_handler(on_signal);
}

fn on_signal() {
    let mut state = state();
    match &state.planning {
        Some((cancel, stage)) if !state.ending => {
            stage.set("stopping with the best rota so far; press Ctrl-C again to quit at once");
            cancel.cancel();
            state.ending = true;
        }
        planning => {
            if let Some((_, stage)) = planning {
                stage.clear();
            }
            let _settled = disk::settled();
            #[expect(clippy::exit, reason = "asked for: no thread need come to its end")]
            std::process::exit(Exit::Interrupted as i32);
        }
    }
}

/// As long as it lives, a signal cancels before it kills.
#[must_use]
pub(crate) struct CancelOnSignal(Option<(Cancel, Stage)>);

/// Has a signal cancel this, in place of whatever it cancelled before.
pub(crate) fn cancel_on_signal(cancel: Cancel, stage: Stage) -> CancelOnSignal {
    CancelOnSignal(state().planning.replace((cancel, stage)))
}

impl Drop for CancelOnSignal {
    fn drop(&mut self) {
        state().planning = self.0.take();
    }
}
