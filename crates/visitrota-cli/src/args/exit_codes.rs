//! The exit codes, as help lists them.

/// The codes as `--help` and the manual page list them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    fine
  1    an error of the program itself: please report it
  2    wrong usage, or a file that cannot be read or written
  3    invalid input: a faulty document, impossible pins, or a rota that breaks a rule
  4    plan --require-all: a visit stays unmet (the rota is written all the same)
  5    planning ended, by its time limit or a signal, before there was a rota
  130  ended at once by a signal: a second Ctrl-C, or one while nothing was planned";
