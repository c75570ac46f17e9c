//! Numbers with what people write beside them: `15 mins`, `20%`, `3 days`, `18 months`, `51.634, -2.467`.

use crate::cell::{Cell, plain};

/// What a column's numbers count, as its name has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minutes,
    Days,
    Weeks,
    Kilometres,
    Metres,
    PerCent,
    Years,
    /// Things: seats, trips, tables.
    Things,
}

impl Unit {
    pub(crate) fn of(name: &str) -> Self {
        let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
        let has = |word: &str| words.iter().any(|other| other == word);
        match () {
            () if has("min") || has("minutes") => Self::Minutes,
            () if has("days") || has("window") => Self::Days,
            () if has("km") => Self::Kilometres,
            () if has("weeks") || has("every") => Self::Weeks,
            () if has("metres") => Self::Metres,
            () if has("pct") => Self::PerCent,
            () if has("age") => Self::Years,
            () => Self::Things,
        }
    }

    /// The words that may follow a number.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Minutes => &["m", "min", "mins", "minute", "minutes"],
            Self::Days => &["d", "day", "days"],
            Self::Weeks => &["w", "wk", "wks", "week", "weeks"],
            Self::Kilometres => &["km", "kms", "kilometres"],
            Self::Metres => &["m", "metres", "meters"],
            Self::PerCent => &["%", "per cent", "percent", "pct"],
            Self::Years => &["y", "yr", "yrs", "year", "years", "years old", "y/o", "yo"],
            Self::Things => &[
                "seat",
                "seats",
                "table",
                "tables",
                "trip",
                "trips",
                "family",
                "families",
                "visit",
                "visits",
                "adult",
                "adults",
                "people",
                "visitors",
                "points",
                "passengers",
                "passenger seats",
            ],
        }
    }
}

/// A text as the number that it gives, in the unit of the column: none where there is no unit, or another.
pub(crate) fn number(text: &str, column: &str) -> Option<f64> {
    let (number, unit) = parted(text).filter(|_| !column.is_empty())?;
    let of_column = Unit::of(column);
    let unit = if column == "lead days" { unit.trim_start_matches("working ").to_owned() } else { unit };
    if of_column.words().contains(&unit.as_str()) {
        return Some(number);
    }
    if of_column == Unit::Minutes {
        return hours(number, &unit);
    }
    // The most trips in the week, and on one date.
    let every = match column {
        "max trips" => ["week", "wk"],
        "max trips per day" => ["day", "date"],
        _ => return None,
    };
    let unit = unit.strip_prefix("trips ").unwrap_or(&unit);
    let rest = ["per ", "a ", "each ", "/ "].iter().find_map(|per| unit.strip_prefix(per));
    rest.filter(|rest| every.contains(rest)).map(|_| number)
}

/// Per cent as a spreadsheet program stores what was typed as `20%`: 0.2. Whole numbers of them are less than 1 only so.
pub(crate) fn stored_per_cent(number: f64, column: &str) -> Option<f64> {
    let is_part = number > 0.0 && number < 1.0;
    // 0.07 is stored as the nearest there is.
    let per_cent = (number * 100_000.0).round() / 1_000.0;
    (is_part && Unit::of(column) == Unit::PerCent).then_some(per_cent)
}

/// `2 hours`, `1h30`, `1 hr 30 mins`, as minutes.
fn hours(number: f64, unit: &str) -> Option<f64> {
    let rest = ["hours", "hour", "hrs", "hr", "h"].iter().find_map(|word| unit.strip_prefix(word))?.trim();
    if rest.is_empty() {
        return Some(number * 60.0);
    }
    let (minutes, word) = parted(rest).or_else(|| Some((rest.parse().ok()?, String::new())))?;
    let is_minutes = word.is_empty() || Unit::Minutes.words().contains(&word.as_str());
    (is_minutes && number.fract() == 0.0 && minutes < 60.0).then_some(number * 60.0 + minutes)
}

/// A number and what follows it.
pub(crate) fn parted(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (head, tail) = text.split_at_checked(end)?;
    Some((head.parse().ok()?, tail.trim().trim_end_matches('.').to_lowercase()))
}

/// The age of somebody: `6`, `6yrs`, `18 months`, `baby`.
pub(crate) fn age(text: &str) -> Option<u8> {
    if let Ok(age) = text.parse() {
        return Some(age);
    }
    if ["baby", "newborn", "new born"].contains(&text.to_lowercase().as_str()) {
        return Some(0);
    }
    let (number, unit) = parted(text)?;
    let unit = unit.strip_suffix(" old").unwrap_or(&unit);
    let unit = unit.trim();
    let years = match unit {
        _ if Unit::Years.words().contains(&unit) => number,
        "m" | "mo" | "mth" | "mths" | "month" | "months" if number <= 60.0 => number / 12.0,
        "w" | "wk" | "wks" | "week" | "weeks" if number <= 100.0 => number / 53.0,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and it saturates")]
    Some(years.floor() as u8)
}

/// A latitude and a longitude pasted into one cell: `51.634, -2.467`.
pub(crate) fn pair(cell: &Cell) -> Option<(f64, f64)> {
    let Cell::Text(text) = cell else { return None };
    let text = text.trim_matches(['(', ')', ' ']);
    let (lat, lon) = text.split_once([',', ';']).or_else(|| text.split_once(char::is_whitespace))?;
    let degrees = |text: &str, most: f64| {
        let text = text.trim().trim_end_matches('°');
        // A whole number after a comma may be what follows a decimal comma.
        let number: f64 = text.parse().ok().filter(|_| text.contains('.'))?;
        (number.abs() <= most).then_some(number)
    };
    Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?))
}

/// Whether a cell says that there is no limit.
pub(crate) fn is_unlimited(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    ["nolimit", "unlimited", "nolimits", "nomax", "nomaximum", "none", "any"].contains(&plain(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_as_spreadsheets_store_them() {
        for (number, per_cent) in [(0.2, 20.0), (0.07, 7.0), (0.125, 12.5)] {
            assert_eq!(stored_per_cent(number, "detour pct"), Some(per_cent));
        }
        assert_eq!(stored_per_cent(20.0, "detour pct").or(stored_per_cent(0.5, "max trips")), None);
    }

    #[test]
    fn numbers_with_units() {
        for (text, column, meant) in [
            ("15 mins", "check out min", Some(15.0)),
            ("15min.", "break min", Some(15.0)),
            ("9 hours", "max duty min", Some(540.0)),
            ("1h30", "max duty min", Some(90.0)),
            ("1 hr 30 mins", "max duty min", Some(90.0)),
            ("1.5 hours", "max duty min", Some(90.0)),
            ("3 days", "lead days", Some(3.0)),
            ("3 working days", "lead days", Some(3.0)),
            ("28 working days", "booking window", None),
            ("2 weeks", "lead days", None),
            ("28 days", "booking window", Some(28.0)),
            ("6 weeks", "weeks waiting", Some(6.0)),
            ("6 days", "weeks waiting", None),
            ("20%", "travel margin pct", Some(20.0)),
            ("150 km", "max km week", Some(150.0)),
            ("100 miles", "max km week", None),
            ("2 per week", "max trips", Some(2.0)),
            ("2 per day", "max trips", None),
            ("1 a day", "max trips per day", Some(1.0)),
            ("4 seats", "seats", Some(4.0)),
            ("4 + driver", "seats", None),
            ("1 (Nan)", "adults", None),
        ] {
            assert_eq!(number(text, column), meant, "{text} {column}");
        }
    }

    #[test]
    fn ages_as_people_write_them() {
        for (text, years) in
            [("6", 6), ("6yrs", 6), ("6 years old", 6), ("18 months", 1), ("9 months", 0), ("6 weeks", 0), ("Baby", 0)]
        {
            assert_eq!(age(text), Some(years), "{text}");
        }
        for text in ["two", "6 (Tom)", "-1", "", "6 ft", "1.5"] {
            assert_eq!(age(text), None, "{text}");
        }
    }

    #[test]
    fn pairs_of_degrees() {
        let of = |text: &str| pair(&Cell::Text(text.to_owned()));
        assert_eq!(of("51.634, -2.467"), Some((51.634, -2.467)));
        assert_eq!(of("(51.634 -2.467)"), Some((51.634, -2.467)));
        assert_eq!([of("51,634"), of("51.634"), of("91.5, 2.5"), of("51.634, x")], [None; 4]);
    }
}
