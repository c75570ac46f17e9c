//! What is odd about a trip, in words.

use visitrota_model::{Date, OddSetting, OddTrip, Oddity, TimeOfDay, Volunteer};

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

/// The setting that rules it out, as sheets have it: `the setting "volunteer hours" 06:30-21:00 would rule it out`; or
/// the driver's own limit, which goes before the setting.
#[must_use]
pub fn rule(odd: &OddTrip, driver: Option<&Volunteer>) -> String {
    /// When a scheme is usually done with families.
    const EVENING: u32 = 20 * 60;
    let hours = |from, to| format!("{}-{}", time(from), time(to));
    let (setting, advised) = match odd.setting {
        OddSetting::VolunteerHours => ("volunteer hours", hours(Oddity::EARLIEST, Oddity::LATEST)),
        OddSetting::FamilyHours => ("family hours", hours(Oddity::EARLIEST_CHILD, EVENING)),
        OddSetting::MaxDutyMin => ("max duty", duration(Oddity::LONGEST)),
        OddSetting::MaxDrivingMin => ("max driving", duration(Oddity::LONGEST_DRIVE)),
    };
    let has_own = driver.is_some_and(|driver| match odd.setting {
        OddSetting::VolunteerHours | OddSetting::FamilyHours => false,
        OddSetting::MaxDutyMin => driver.max_duty_min.is_some(),
        OddSetting::MaxDrivingMin => driver.max_driving_min.is_some(),
    });
    let whose = if has_own { "the driver's own" } else { "the setting" };
    format!("{whose} \"{setting}\" {advised} would rule it out")
}

fn time(minute: u32) -> String {
    TimeOfDay::new(minute).map_or_else(String::new, |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_odd_trip_says_what_would_rule_it_out() {
        let odd = |what: Oddity, at: Option<&str>, minutes: Option<u32>| {
            let odd = json!({"trip": 0, "what": what, "at": at, "minutes": minutes, "setting": what.setting()});
            serde_json::from_value::<OddTrip>(odd).unwrap()
        };
        let told = |odd: &OddTrip| format!("{}: {}", what(odd, None, str::to_owned), rule(odd, None));
        let early = told(&odd(Oddity::LeavesEarly, Some("2026-12-05T05:40"), None));
        assert!(early.starts_with("leaves home at ") && early.contains("05:40, before 06:30: the setting"), "{early}");
        assert_eq!(
            told(&odd(Oddity::LastsLong, None, Some(640))),
            "lasts 10 h 40 min, over 10 h: the setting \"max duty\" 10 h would rule it out"
        );
        let south_wales = include_bytes!("../../../../fixtures/south-wales/problem.json");
        let problem = visitrota_model::Problem::from_json(south_wales).unwrap();
        let mut driver = problem.volunteers[0].clone();
        driver.max_driving_min = Some(480);
        driver.max_duty_min = None;
        let drives_long = odd(Oddity::DrivesLong, None, Some(310));
        assert_eq!(rule(&drives_long, Some(&driver)), "the driver's own \"max driving\" 5 h would rule it out");
        let long_day = odd(Oddity::LastsLong, None, Some(640));
        assert!(rule(&long_day, Some(&driver)).starts_with("the setting"));
    }
}
