//! The land: where prisons, towns and homes are.

use crate::random::Random;
use crate::recipe::Recipe;

/// Metres from one prison to the next.
const BETWEEN_PRISONS: i64 = 36_000;
/// Metres across all prisons: on a larger land the homes at its edges would look misplaced.
const LARGEST: i64 = 1_100_000;
/// Metres from one town to the next.
const BETWEEN_TOWNS: i64 = 14_000;
/// Metres north or east that a family's home is from its prison at the most.
const REACH: u32 = 110_000;
/// Metres north or east that a home is from the middle of its town at the most.
const TOWN: u32 = 6_000;

/// A point of the land, in metres from its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    east: i64,
    north: i64,
}

/// A town, by where it stands in the grid of all towns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Town {
    east: i64,
    north: i64,
}

impl Spot {
    /// The gate of a prison: prisons fill a square from its corner, one row after the other.
    pub(crate) fn of_prison(recipe: &Recipe, number: u32) -> Self {
        let prisons = i64::from(recipe.prison_count());
        let columns = (prisons - 1).isqrt() + 1;
        let between = BETWEEN_PRISONS.min(LARGEST / columns);
        let (row, column) = (i64::from(number) / columns, i64::from(number) % columns);
        let at = |place: i64| (2 * place + 1 - columns) * between / 2;
        let middle = Self { east: at(column), north: at(row) };
        let mut random = Random::of(recipe.seed, "gate", &[number.into()]);
        middle.somewhere_near(&mut random, (between / 3) as u32)
    }

    /// A point up to so many metres away north and east, likely much closer.
    fn somewhere_near(self, random: &mut Random, metres: u32) -> Self {
        Self { east: self.east + random.about(metres), north: self.north + random.about(metres) }
    }

    /// Degrees north and east, to four decimals: the land's middle stands for the middle of England.
    pub(crate) fn degrees(self) -> (f64, f64) {
        const METRES_PER_DEGREE: f64 = 111_195.0;
        let lat = 52.5 + self.north as f64 / METRES_PER_DEGREE;
        let lon = -1.5 + self.east as f64 / (METRES_PER_DEGREE * cosine(lat));
        // To add 0 makes -0 a 0.
        let rounded = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0 + 0.0;
        (rounded(lat), rounded(lon))
    }
}

/// The cosine, within a millionth for the latitudes of the land. The standard library's may differ by machine.
fn cosine(degrees: f64) -> f64 {
    let square = (degrees.to_radians()) * (degrees.to_radians());
    1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))
}

impl Town {
    /// A town from which a family visits this spot. Of two it is the larger one, as more people live there.
    pub(crate) fn within_reach(seed: u64, of: Spot, random: &mut Random) -> Self {
        let mut any = || {
            let Spot { east, north } = of.somewhere_near(random, REACH);
            Self { east: east.div_euclid(BETWEEN_TOWNS), north: north.div_euclid(BETWEEN_TOWNS) }
        };
        let (one, other) = (any(), any());
        if one.people(seed) < other.people(seed) { other } else { one }
    }

    /// The numbers that tell it from other towns.
    pub(crate) fn numbers(self) -> [i64; 2] {
        [self.east, self.north]
    }

    /// A home in the town.
    pub(crate) fn home(self, seed: u64, random: &mut Random) -> Spot {
        let mut place = Random::of(seed, "town", &[self.east, self.north]);
        let mut at = |cell: i64| cell * BETWEEN_TOWNS + i64::from(place.below(BETWEEN_TOWNS as u32));
        let middle = Spot { east: at(self.east), north: at(self.north) };
        middle.somewhere_near(random, TOWN)
    }

    /// How many live there, in no unit: few towns are large.
    fn people(self, seed: u64) -> u32 {
        let mut random = Random::of(seed, "people", &[self.east, self.north]);
        random.below(100) * random.below(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Size;

    #[test]
    fn the_cosine_is_one() {
        for lat in 45..61 {
            let lat = f64::from(lat);
            assert!((cosine(lat) - lat.to_radians().cos()).abs() < 1e-6, "{lat}");
        }
    }

    #[test]
    fn prisons_stand_apart() {
        for prisons in [1, 2, 5, 86, 571, 5_000] {
            let recipe = Recipe::from(Size::National).prisons(prisons);
            let spots: Vec<_> = (0..prisons).map(|number| Spot::of_prison(&recipe, number)).collect();
            for (n, one) in spots.iter().enumerate() {
                assert!(one.east.abs().max(one.north.abs()) <= LARGEST / 2, "{one:?}");
                assert!(spots[..n].iter().all(|other| other != one), "{one:?}");
            }
        }
    }
}
