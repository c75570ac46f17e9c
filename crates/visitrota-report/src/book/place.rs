//! Places: where they are, and how much of that is shown.

use visitrota_model::{Family, MeetingPoint, Position, Prison, Volunteer};

/// Coordinates, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// A home or a meeting point as it may be shown: roughly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    /// The postcode district, such as `CF10`; or the whole postcode where homes may be shown.
    pub district: Option<String>,
    /// Rounded coordinates; or exact ones where homes may be shown.
    pub spot: Option<Spot>,
}

/// What has a place on the road.
pub trait Placed {
    /// Its coordinates, or the middle of its postcode's sector, where the problem has them and they are on the globe.
    fn spot(&self) -> Option<Spot>;
    /// Whether it is known by its postcode alone, and so only roughly.
    fn rough(&self) -> bool;
    /// Its postcode.
    fn postcode(&self) -> Option<&str>;

    /// Where it is, roughly: the postcode district, and coordinates rounded to a twentieth of a degree (about 5 km).
    /// `exact` tells it as it is.
    fn area(&self, exact: bool) -> Area {
        let postcode = self.postcode().map(str::trim).filter(|postcode| !postcode.is_empty());
        if exact {
            return Area { district: postcode.map(str::to_uppercase), spot: self.spot() };
        }
        let round = |degrees: f64| (degrees * 20.0).round() / 20.0;
        let spot = self.spot().map(|Spot { lat, lon }| Spot { lat: round(lat), lon: round(lon) });
        Area { district: postcode.and_then(district), spot }
    }
}

macro_rules! placed {
    ($($type:ident),*) => {$(
        impl Placed for $type {
            fn spot(&self) -> Option<Spot> {
                let Position { lat, lon, .. } = self.position()?;
                (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Spot { lat, lon })
            }
            fn rough(&self) -> bool {
                self.position().is_some_and(|position| position.by_postcode.is_some())
            }
            fn postcode(&self) -> Option<&str> {
                self.postcode.as_deref()
            }
        }
    )*};
}

placed!(Family, MeetingPoint, Prison, Volunteer);

/// The outward part of a postcode: what stands before its last three characters. Nothing where it is no postcode: it
/// might tell too much.
fn district(postcode: &str) -> Option<String> {
    let letters: Vec<char> = postcode.chars().filter(|c| !c.is_whitespace()).collect();
    let alike = (5..=7).contains(&letters.len()) && letters.iter().all(char::is_ascii_alphanumeric);
    let outward = alike.then(|| letters.iter().rev().skip(3).rev())?;
    Some(outward.map(char::to_ascii_uppercase).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inward_part_of_a_postcode_is_not_told() {
        assert_eq!(district("CF10 3AT").as_deref(), Some("CF10"));
        assert_eq!(district("np44aa").as_deref(), Some("NP4"));
        assert_eq!(["", "CF10", "12 High Street", "É1 1AA", "CF10-3AT"].map(district), [const { None }; 5]);
    }
}
