//! The known name that is nearest to an unknown one.

/// Names longer than this are nobody's slip of the pen, and slow to compare.
const LONGEST: usize = 64;
/// Among more names than this, nearness says little, and takes long to find.
const MOST: usize = 5_000;
/// From this likeness on, one name is likely meant for the other.
const LIKELY: f64 = 0.8;

/// The known name nearest to an unknown one, if any is like it at all.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    most_like(name, known).map(|(known, _)| known)
}

/// The known name that was likely meant by an unknown one: near to it but for case, and what stands between words.
#[must_use]
pub fn likely<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    most_like(name, known).filter(|(_, likeness)| *likeness >= LIKELY).map(|(known, _)| known)
}

fn most_like<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, f64)> {
    if name.len() > LONGEST {
        return None;
    }
    let name = plain(name);
    let mut best: Option<(&str, f64)> = None;
    for known in known.into_iter().take(MOST).filter(|known| known.len() <= LONGEST) {
        let likeness = strsim::jaro_winkler(&name, &plain(known));
        if likeness > best.map_or(0.0, |(_, best)| best) {
            best = Some((known, likeness));
        }
    }
    best
}

/// A name without what people vary: case, and what stands between words.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
