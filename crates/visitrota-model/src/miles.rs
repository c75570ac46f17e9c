//! Metres in miles, as people in Britain drive them.

/// Metres in tenths of a mile, to the nearest.
#[must_use]
pub fn tenths_of_a_mile(metres: u64) -> u64 {
    const MILLIMETRES: u128 = 1_609_344;
    let tenths = (u128::from(metres) * 10_000 + MILLIMETRES / 2) / MILLIMETRES;
    u64::try_from(tenths).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_the_nearest_tenth() {
        assert_eq!([0, 80, 81, 1_609, 100_000].map(tenths_of_a_mile), [0, 0, 1, 10, 621]);
        assert!(tenths_of_a_mile(u64::MAX) > u64::MAX / 1_000);
    }
}
