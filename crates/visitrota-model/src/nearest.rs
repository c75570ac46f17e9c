//! The known name that is nearest to an unknown one.

/// Names longer than this are nobody's slip of the pen, and slow to compare.
const LONGEST: usize = 64;
/// Among more names than this, nearness says little, and takes long to find.
const MOST: usize = 5_000;
/// From this likeness on, one name is likely meant for the other.
const LIKELY: f64 = 0.8;

/// The known name nearest to an unknown one, if any is like it at all.
#[cfg(any(feature = "schema", test))]
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    most_like(name, known).map(|(known, _)| known)
}

/// The known name that was likely meant by an unknown one: near to it but for case, and what stands between words.
/// Names with other numbers in them are never meant: `F23` is not `F2`.
#[must_use]
pub fn likely<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    most_like(name, known).filter(|(_, likeness)| *likeness >= LIKELY).map(|(known, _)| known)
}

fn most_like<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, f64)> {
    if name.len() > LONGEST {
        return None;
    }
    let (name, number) = (plain(name), numbers(name));
    let mut best: Option<(&str, f64)> = None;
    let same_numbers = |known: &&str| known.len() <= LONGEST && numbers(known) == number;
    for known in known.into_iter().take(MOST).filter(same_numbers) {
        let likeness = strsim::jaro_winkler(&name, &plain(known));
        if likeness > best.map_or(0.0, |(_, best)| best) {
            best = Some((known, likeness));
        }
    }
    best
}

/// A name without what people vary: case, what stands between words, and zeros before a number.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).flat_map(char::to_lowercase);
    let mut plain = String::new();
    let mut letters = letters.peekable();
    while let Some(letter) = letters.next() {
        let before_number = letters.peek().is_some_and(char::is_ascii_digit);
        let within_number = plain.ends_with(|last: char| last.is_ascii_digit());
        if letter != '0' || within_number || !before_number {
            plain.push(letter);
        }
    }
    plain
}

/// The numbers in a name, without zeros before them: `F02-1` has 2 and 1.
fn numbers(name: &str) -> Vec<&str> {
    let runs = name.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(|run| run.trim_start_matches('0')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_number_is_never_meant() {
        let known = ["F2", "F3", "sat-family-1", "sat-family-2"];
        for (slip, meant) in [
            ("F23", None),
            ("F20", None),
            ("F", None),
            ("f-2", Some("F2")),
            ("F02", Some("F2")),
            ("sat-famly-2", Some("sat-family-2")),
            ("sat-family-3", None),
        ] {
            assert_eq!(likely(slip, known), meant, "{slip}");
        }
    }

    #[test]
    fn slips_of_the_pen() {
        let known = ["id", "name", "lat", "lon", "max_trips", "max_trips_per_day", "available"];
        for (slip, meant) in [
            ("Max-Trips", "max_trips"),
            ("latitude", "lat"),
            ("availible", "available"),
            ("maxTripsPerDay", "max_trips_per_day"),
        ] {
            assert_eq!(likely(slip, known), Some(meant));
        }
        assert_eq!(likely("telephone", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
