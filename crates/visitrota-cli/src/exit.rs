//! Exit codes: what the program tells the shell.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use crate::output;

/// How the program ended. The numbers are stable: scripts may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// All is well.
    Fine = 0,
    /// The program is at fault.
    Internal = 1,
    /// The command line is at fault, or a file that it names cannot be read or written.
    Usage = 2,
    /// A document is at fault: misshapen, contradictory, or a rota that breaks a rule.
    Invalid = 3,
    /// A visit stays unmet, and all were required.
    Unmet = 4,
    /// Planning ended before there was a rota.
    Stopped = 5,
    /// Ended at once by a signal: 128 + SIGINT, as shells have it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program; where it panics, that is told shortly, and ends as [`Exit::Internal`].
pub(crate) fn guarded(run: impl FnOnce() -> Exit) -> Exit {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}: ", at.file(), at.line())).unwrap_or_default();
        output::tell(&fault(&format!("{place}{}", said(info.payload()))));
    }));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Exit::Internal)
}

/// What is said of an error of the program's own.
pub(crate) fn fault(what: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "visitrota {version}: internal error: {what}\nThis is a fault of the program. Please report it, with the line above.\n"
    )
}

fn said(payload: &dyn Any) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_as_an_internal_error() {
        let one = std::hint::black_box([0]);
        assert_eq!(
            guarded(|| if one[std::hint::black_box(1)] == 0 { Exit::Fine } else { Exit::Usage }),
            Exit::Internal
        );
        assert_eq!(guarded(|| Exit::Unmet), Exit::Unmet);
    }

    #[test]
    fn the_help_tells_every_code() {
        use crate::args::EXIT_CODES;

        use Exit::{Fine, Internal, Interrupted, Invalid, Stopped, Unmet, Usage};
        let told: Vec<u8> =
            EXIT_CODES.lines().skip(1).map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect();
        assert_eq!(told, [Fine, Internal, Usage, Invalid, Unmet, Stopped, Interrupted].map(|exit| exit as u8));
    }
}
