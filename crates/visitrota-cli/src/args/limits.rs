//! How long answers may take.

use std::num::NonZeroUsize;
use std::time::Duration;

use super::numbers::{seconds, threads};

/// What limits answers.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct LimitArgs {
    /// Stop after this many seconds and show what is known by then
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<Duration>,

    /// Number of threads to use [default: the number of cores]
    #[arg(long, value_name = "NUMBER", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,
}
