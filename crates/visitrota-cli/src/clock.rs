//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use visitrota::problem::{Date, Instant, Zone};

/// Now, to the minute.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_secs() / 60).unwrap_or(i64::MAX))
}

/// Today's date.
pub(crate) fn today() -> Date {
    Zone::default().wall(now()).date()
}
