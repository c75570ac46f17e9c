//! The largest numbers a document may hold. They lie far beyond any scheme's, and keep every sum of minutes, metres
//! and points far from overflow.

/// Minutes of anything that a person does: boarding, a break, a day's duty.
pub(crate) const MINUTES: u32 = 100_000;
/// Minutes of one leg.
pub(crate) const LEG_MINUTES: u32 = 1_000_000;
/// Metres of one leg: more than the distance to the Moon.
pub(crate) const LEG_METRES: u32 = 1_000_000_000;
/// Weeks, ranks and trips.
pub(crate) const COUNT: u32 = 100_000;
/// A share of something, in per cent.
pub(crate) const PER_CENT: u32 = 1_000;
/// A weight, in points.
pub(crate) const WEIGHT: u32 = 1_000_000;
/// Extra points of a request, given or taken off.
pub(crate) const POINTS: i32 = 1_000_000_000;
/// Years of age.
pub(crate) const AGE: u8 = 120;
/// Degrees north or south of the equator.
pub(crate) const LATITUDE: i32 = 90;
/// Degrees east or west of Greenwich.
pub(crate) const LONGITUDE: i32 = 180;
/// Days of a week of planning.
pub(crate) const WEEK_DAYS: i64 = 366;
