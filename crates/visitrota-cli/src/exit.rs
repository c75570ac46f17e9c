//! Exit codes: what the program reports to the shell.

use std::process::ExitCode;

/// How the program ended. The numbers are stable: scripts may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// All is well.
    Success = 0,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::EXIT_CODES;

    #[test]
    fn the_help_lists_every_code() {
        use Exit::{Internal, Interrupted, Invalid, Stopped, Success, Unmet, Usage};
        let listed: Vec<u8> =
            EXIT_CODES.lines().skip(1).map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect();
        assert_eq!(listed, [Success, Internal, Usage, Invalid, Unmet, Stopped, Interrupted].map(|exit| exit as u8));
    }
}
