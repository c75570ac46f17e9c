//! Ctrl-C: the first ends planning with the best rota so far, the second ends the program.

use std::sync::atomic::{AtomicBool, Ordering};

use visitrota::Cancel;

use crate::exit::Exit;
use crate::progress::Stage;

/// From now on, Ctrl-C cancels before it kills.
pub(crate) fn cancels(cancel: Cancel, stage: Stage) {
    let again = AtomicBool::new(false);
    // Where no handler can be set, Ctrl-C ends the program at once, as it does anywhere.
    let _ = ctrlc::set_handler(move || {
        if again.swap(true, Ordering::Relaxed) {
            stage.clear();
            #[expect(clippy::exit, reason = "asked for: no thread need come to its end")]
            std::process::exit(Exit::Interrupted as i32);
        }
        stage.set("stopping with the best rota so far; Ctrl-C again quits at once");
        cancel.cancel();
    });
}
