//! What to write in place of a text that is no number of what its column counts: `4 weeks` where days are asked for.

use crate::amount::{self, Unit, parted};

/// The remedy for such a text; none where nobody knows which number is meant.
pub(crate) fn offer(text: &str, column: &str) -> Option<String> {
    let text = text.trim();
    if let Some(number) = spelt(text, column) {
        return Some(write(&number.to_string()));
    }
    let unit = Unit::of(column);
    if unit == Unit::Minutes
        && let Some((hours, minutes)) = text.split_once(':')
        && let (Ok(hours), Ok(minutes)) = (hours.parse::<u32>(), minutes.parse::<u32>())
        && minutes < 60
        && hours < 100
    {
        return Some(write(&format!("{hours} h {minutes} min")));
    }
    let (number, words) = parted(text)?;
    // What stands in brackets is said of the number before it.
    let is_aside = words.starts_with('(') && !words.contains(|c: char| c.is_ascii_digit()) && !words.contains("driver");
    if is_aside && number.fract() == 0.0 {
        return Some(write(&number.to_string()));
    }
    if column == "seats" {
        return seats(number, &words);
    }
    if unit == Unit::Years {
        return amount::age(text).map(|years| write(&years.to_string()));
    }
    let converted = number * factor(unit, column, &words)?;
    let whole = converted.round();
    let counted = match unit {
        Unit::Days if column == "lead days" => "working day",
        Unit::Days => "day",
        Unit::Weeks => "week",
        Unit::Kilometres => "km",
        Unit::Metres => "metre",
        _ => "minute",
    };
    let s = if whole == 1.0 || counted == "km" { "" } else { "s" };
    if whole < 1.0 && number > 0.0 {
        return Some(format!("That is less than a {counted}: write 0 or 1."));
    }
    let about = if (converted - whole).abs() < 1e-9 { "" } else { "about " };
    Some(format!("That is {about}{whole} {counted}{s}: write {whole}, if that is meant."))
}

fn write(number: &str) -> String {
    format!("Write {number}, if that is meant.")
}

/// A number in words, or how often a session is held.
fn spelt(text: &str, column: &str) -> Option<usize> {
    const SPELT: [&str; 13] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const EVERY: [(&str, usize); 9] = [
        ("weekly", 1),
        ("every week", 1),
        ("week", 1),
        ("fortnightly", 2),
        ("fortnight", 2),
        ("every other week", 2),
        ("other week", 2),
        ("alternate weeks", 2),
        ("every 2 weeks", 2),
    ];
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    let often = || EVERY.iter().find(|(word, _)| column == "every" && is(word)).map(|(_, number)| *number);
    SPELT.iter().position(is).or_else(often)
}

/// How many of the seats in a car are not the driver's.
fn seats(number: f64, words: &str) -> Option<String> {
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let has = |word: &str| words.contains(word);
    let first = parts.next().unwrap_or_default();
    if has("excl") || has("not ") || has("without") || words.starts_with('+') || has("plus") || has("and ") {
        return (has("driver") || has("me")).then(|| write(&number.to_string()));
    }
    if !(first.starts_with("seater") || first.starts_with("incl") || first == "with" || has("incl")) || number < 1.0 {
        return None;
    }
    let others = number - 1.0;
    Some(format!("Write {others}, if {number} counts the driver's seat too: it is left out here."))
}

/// How many of a unit one of another is.
fn factor(unit: Unit, column: &str, words: &str) -> Option<f64> {
    const DAYS_OF_MONTH: f64 = 365.25 / 12.0;
    let is = |all: &[&str]| all.contains(&words);
    let (days, weeks, months) =
        (is(&["d", "day", "days"]), is(&["w", "wk", "wks", "week", "weeks"]), is(&["mth", "mths", "month", "months"]));
    let fortnights = is(&["fortnight", "fortnights"]);
    let years = is(&["y", "yr", "yrs", "year", "years"]);
    match unit {
        // Of a week, five days are worked.
        Unit::Days if column == "lead days" => weeks.then_some(5.0).or(fortnights.then_some(10.0)),
        Unit::Days | Unit::Weeks => {
            let in_days = match () {
                () if days => 1.0,
                () if weeks => 7.0,
                () if fortnights => 14.0,
                () if months => DAYS_OF_MONTH,
                () if years => 365.25,
                () => return None,
            };
            Some(if unit == Unit::Weeks { in_days / 7.0 } else { in_days })
        }
        Unit::Kilometres if is(&["mi", "mile", "miles"]) => Some(1.609_344),
        Unit::Kilometres if is(&["m", "metres", "meters"]) => Some(0.001),
        Unit::Metres if is(&["km", "kms", "kilometres"]) => Some(1000.0),
        Unit::Metres if is(&["mi", "mile", "miles"]) => Some(1609.344),
        Unit::Minutes if is(&["s", "sec", "secs", "seconds"]) => Some(1.0 / 60.0),
        Unit::Minutes if days => Some(1440.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_unit_is_in_that_of_the_column() {
        for (text, column, offered) in [
            ("4 weeks", "booking window", "write 28"),
            ("2 weeks", "booking window", "write 14"),
            ("2 months", "booking window", "about 61 days: write 61"),
            ("1 week", "lead days", "5 working days: write 5"),
            ("10 days", "weeks waiting", "about 1 week: write 1"),
            ("14 days", "weeks waiting", "2 weeks: write 2"),
            ("2 months", "weeks waiting", "about 9 weeks: write 9"),
            ("2 days", "weeks waiting", "write 0 or 1"),
            ("100 miles", "max km week", "about 161 km: write 161"),
            ("5:30", "policy.max_driving_min", "Write 5 h 30 min"),
            ("5 incl driver", "seats", "Write 4, if 5 counts"),
            ("5 seater", "seats", "Write 4, if 5 counts"),
            ("5-seater", "seats", "Write 4, if 5 counts"),
            ("4 + driver", "seats", "Write 4, if that"),
            ("1 (Nan)", "adults", "Write 1, if"),
            ("two", "adults", "Write 2, if"),
            ("fortnightly", "every", "Write 2, if"),
            ("18 months", "age", "Write 1, if"),
        ] {
            let given = offer(text, column).unwrap_or_default();
            assert!(given.contains(offered), "{text} {column}: {given}");
        }
    }

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        for (text, column) in [
            ("1 + gran", "adults"),
            ("2-3", "adults"),
            ("2 per day", "max trips"),
            ("2 months", "lead days"),
            ("3 or so", "seats"),
            ("varies", "tables"),
            ("2 (3 in summer)", "tables"),
            ("5 (incl. driver)", "max families"),
        ] {
            assert_eq!(offer(text, column), None, "{text} {column}");
        }
    }
}
