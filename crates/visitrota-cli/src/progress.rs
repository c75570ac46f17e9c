//! Progress of long work: one line on standard error, on a terminal alone.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Shows the stage of the work and the time it takes, until dropped.
pub(crate) struct Progress {
    stage: Stage,
    ended: Option<Sender<()>>,
    waiting: Option<JoinHandle<()>>,
}

/// The stage that the work is at.
#[derive(Clone)]
pub(crate) struct Stage(ProgressBar);

impl Progress {
    pub(crate) fn start(stage: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
            bar.set_style(style);
        }
        let stage = {
            bar.set_message(stage.to_owned());
            Stage(bar)
        };
        let (ended, end) = mpsc::channel();
        let bar = stage.0.clone();
        let waiting = thread::spawn(move || {
            if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                // Draws nothing where standard error is no terminal.
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(TICK);
            }
        });
        Self { stage, ended: Some(ended), waiting: Some(waiting) }
    }

    pub(crate) fn stage(&self) -> Stage {
        self.stage.clone()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ended.take();
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.join();
        }
        self.stage.clear();
    }
}

impl Stage {
    pub(crate) fn set(&self, stage: impl Into<String>) {
        self.0.set_message(stage.into());
    }

    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
