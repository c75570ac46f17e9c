//! Numbers on the command line: what each may be, and the message if it is not.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "must be a number of seconds above 0".to_owned())
}

pub(super) fn percent(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text).parse().ok();
    percent.filter(|percent| (0.0..=100.0).contains(percent)).ok_or_else(|| "must be a number from 0 to 100".to_owned())
}

pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    const MOST: usize = 1024;
    let number = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST);
    number.ok_or_else(|| format!("must be a whole number from 1 to {MOST}"))
}

/// How many times the usual limits.
pub(super) fn times(text: &str) -> Result<NonZeroU32, String> {
    const MOST: u32 = 1_000;
    let times = text.parse().ok().filter(|times: &NonZeroU32| times.get() <= MOST);
    times.ok_or_else(|| format!("must be a whole number from 1 to {MOST}"))
}

/// A number of things to be made up.
pub(super) fn number(least: u32) -> clap::builder::RangedI64ValueParser<u32> {
    const MOST: i64 = 100_000;
    clap::value_parser!(u32).range(i64::from(least)..=MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_above_zero() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        for text in ["0", "-1", "nan", "inf", "1e40", "a minute", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn gaps_are_per_cent() {
        assert_eq!((percent("0.5"), percent("1%"), percent("0")), (Ok(0.5), Ok(1.0), Ok(0.0)));
        for text in ["-1", "101", "nan", "inf", "a half", "%", ""] {
            assert!(percent(text).is_err(), "{text}");
        }
    }

    #[test]
    fn threads_are_counted() {
        assert!(threads("1").is_ok() && threads("1024").is_ok());
        for text in ["0", "-1", "1025", "99999999999999999999", "two"] {
            assert!(threads(text).is_err(), "{text}");
        }
    }
}
