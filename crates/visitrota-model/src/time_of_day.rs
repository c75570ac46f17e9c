//! A time of day without a date: the hours of a scheme.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::{Date, TimeError, WallTime};

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// A time of day to the minute, written `06:30`; `24:00` is the end of the day.
///
/// ```
/// use visitrota_model::TimeOfDay;
/// let time: TimeOfDay = "06:30".parse()?;
/// assert_eq!((time.minutes(), time.to_string()), (390, "06:30".to_owned()));
/// assert!("24:00".parse::<TimeOfDay>().is_ok() && "24:01".parse::<TimeOfDay>().is_err());
/// # Ok::<(), visitrota_model::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("format" = TimeOfDay::FORMAT, "pattern" = "^[0-9]{2}:[0-9]{2}$", "examples" = ["06:30"]))]
pub struct TimeOfDay(#[schemars(with = "String")] u32);

impl TimeOfDay {
    /// The name of this form in the JSON Schemas.
    pub const FORMAT: &'static str = "time-of-day";

    /// The time so many minutes after midnight, up to the end of the day.
    #[must_use]
    pub fn new(minutes: u32) -> Option<Self> {
        (minutes <= DAY).then_some(Self(minutes))
    }

    /// Minutes after midnight.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// The wall-clock time on a date; `24:00` is midnight of the next.
    #[must_use]
    pub fn on(self, date: Date) -> WallTime {
        date.at(self.0)
    }
}

impl FromStr for TimeOfDay {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let minutes = || {
            let (hour, minute) = text.split_once(':')?;
            let number = |part: &str| {
                (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
            };
            let (hour, minute) = (number(hour)?, number(minute)?);
            (minute < 60).then(|| Self::new(60 * hour + minute))?
        };
        minutes().ok_or_else(|| TimeError::new(format!("`{text}` is not a time of day like 06:30")))
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
