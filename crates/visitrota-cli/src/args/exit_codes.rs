//! The exit codes, as help lists them.

/// The codes as `--help` and the manual page list them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    success
  1    internal error: please report it
  2    wrong usage, or a file cannot be read or written
  3    invalid input: errors in a document, pins that contradict, or a rota that breaks a rule
  4    plan --require-all: a visit stays unmet (the rota is written anyway)
  5    planning stopped, by its time limit or a signal, before it found a rota
  130  stopped at once by a signal: a second Ctrl-C, or one when there was no planning to stop";
