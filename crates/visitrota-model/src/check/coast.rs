//! Where Britain ends in the east: a longitude that lost its minus lies in the sea beyond, or on the Continent.

/// From one latitude to the next, the easternmost land in degrees east; below and above there is none.
const EAST: &[(f64, f64)] = &[
    (50.70, 0.0),
    (50.85, 0.60),
    (51.00, 1.00),
    (51.25, 1.42),
    (51.45, 1.46),
    (51.75, 0.98),
    (51.85, 1.30),
    (52.00, 1.45),
    (52.25, 1.64),
    (52.50, 1.77),
    (52.72, 1.76),
    (52.82, 1.62),
    (52.96, 1.50),
    (53.25, 0.40),
    (53.50, 0.35),
    (53.75, 0.17),
];

/// Degrees by which a place may lie off this rough line.
const ROUGH: f64 = 0.05;

/// Whether a place as far north as Britain lies east of it.
pub(super) fn is_east_of_britain(lat: f64, lon: f64) -> bool {
    is_east_by(ROUGH, lat, lon)
}

/// Whether it lies so far east of it that it is on no beach, and no boat goes there.
pub(super) fn is_far_east_of_britain(lat: f64, lon: f64) -> bool {
    /// Degrees.
    const FAR: f64 = 1.0;
    is_east_by(FAR, lat, lon)
}

fn is_east_by(degrees: f64, lat: f64, lon: f64) -> bool {
    let land = EAST.iter().find(|(to, _)| lat <= *to).map_or(0.0, |(_, east)| *east);
    (49.0..=61.0).contains(&lat) && lon > land + degrees
}

#[cfg(test)]
mod tests {
    use super::is_east_of_britain;

    #[test]
    fn towns_on_the_coast_are_land() {
        for (town, lat, lon) in [
            ("Hastings", 50.855, 0.573),
            ("Dungeness", 50.913, 0.976),
            ("Dover", 51.129, 1.313),
            ("Deal", 51.223, 1.404),
            ("Ramsgate", 51.333, 1.419),
            ("Shoeburyness", 51.532, 0.80),
            ("Clacton", 51.789, 1.153),
            ("Felixstowe", 51.963, 1.351),
            ("Aldeburgh", 52.153, 1.601),
            ("Lowestoft", 52.481, 1.755),
            ("Great Yarmouth", 52.606, 1.73),
            ("Happisburgh", 52.824, 1.533),
            ("Cromer", 52.931, 1.302),
            ("Skegness", 53.144, 0.338),
            ("Withernsea", 53.729, 0.035),
            ("Lerwick", 60.155, -1.145),
        ] {
            assert!(!is_east_of_britain(lat, lon), "{town}");
        }
    }

    #[test]
    fn towns_without_their_minus_are_in_the_sea() {
        for (town, lat, lon) in [
            ("Cardiff", 51.481, 3.179),
            ("Birmingham", 52.48, 1.9),
            ("Bristol", 51.454, 2.587),
            ("Leeds", 53.8, 1.549),
            ("Newcastle", 54.978, 1.617),
            ("Glasgow", 55.861, 4.25),
            ("Nottingham", 52.955, 1.149 + 0.5),
            ("Plymouth", 50.375, 4.143),
        ] {
            assert!(is_east_of_britain(lat, lon), "{town}");
        }
    }
}
