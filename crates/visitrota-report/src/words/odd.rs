//! What is odd about a trip, in words.

use visitrota_model::{Date, OddTrip, Oddity, TimeOfDay};

use super::{clock, duration};

/// What is said over a list of odd trips.
pub const HEAD: &str = "These trips keep every rule given. If nobody should make them, give the rule and plan again.";

/// What is odd about a trip: `leaves home at 05:40, before 06:30`. Families go by the name given.
#[must_use]
pub fn what(odd: &OddTrip, day: Option<Date>, called: impl Fn(&str) -> String) -> String {
    let at = odd.at.map_or_else(|| "some time".to_owned(), |at| clock(at, day));
    let long = duration(odd.minutes.unwrap_or_default());
    match odd.what {
        Oddity::LeavesEarly => format!("leaves home at {at}, before {}", time(Oddity::EARLIEST)),
        Oddity::EndsLate => format!("is home at {at}, after {}", time(Oddity::LATEST)),
        Oddity::LastsLong => format!("lasts {long}, over {}", duration(Oddity::LONGEST)),
        Oddity::DrivesLong => format!("drives {long}, over {}", duration(Oddity::LONGEST_DRIVE)),
        Oddity::CallsEarly => {
            let family = odd.family.as_ref().map_or_else(|| "a family".to_owned(), |family| called(family.as_str()));
            format!("calls on children of {family} at {at}, before {}", time(Oddity::EARLIEST_CHILD))
        }
    }
}

/// The setting that rules it out: `volunteer hours 06:30-21:00 would rule it out`.
#[must_use]
pub fn rule(odd: &OddTrip) -> String {
    let (setting, advised) = (odd.setting.name(), odd.setting.advised());
    // As the sheets have it: the unit stands with the number.
    let (setting, advised) = match (setting.strip_suffix("_min"), advised.parse()) {
        (Some(setting), Ok(minutes)) => (setting, duration(minutes)),
        _ => (setting, advised.to_owned()),
    };
    format!("the setting \"{}\" {advised} would rule it out", setting.replace('_', " "))
}

fn time(minute: u32) -> String {
    TimeOfDay::new(minute).map_or_else(String::new, |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_trip_says_what_would_rule_it_out() {
        let odd = |what: Oddity, at: Option<&str>, minutes| OddTrip {
            trip: 0,
            what,
            at: at.and_then(|at| at.parse().ok()),
            minutes,
            family: None,
            setting: what.setting(),
        };
        let told = |odd: &OddTrip| format!("{}: {}", what(odd, None, str::to_owned), rule(odd));
        let early = told(&odd(Oddity::LeavesEarly, Some("2026-12-05T05:40"), None));
        assert!(early.starts_with("leaves home at ") && early.contains("05:40, before 06:30: the setting"), "{early}");
        assert_eq!(
            told(&odd(Oddity::LastsLong, None, Some(640))),
            "lasts 10 h 40 min, over 10 h: the setting \"max duty\" 10 h would rule it out"
        );
    }
}
