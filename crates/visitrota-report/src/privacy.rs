//! What may be shown to whoever reads along.

/// What may be shown; by default as little as can be.
///
/// A driver's sheet holds the homes and meeting points to call at and the prison to drive to in any case: there is no
/// driving without. A family's letter names the meeting point where it is to be. File names and titles hold neither a
/// name nor a prison in any case, and nothing says who is visited but answers, where prisons are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// The names that the problem holds, of people and meeting points; otherwise ids alone. Names from a file of names
    /// are shown in any case: that is what it is given for.
    pub names: bool,
    /// Prisons' names, on the rota page and in letters; otherwise their ids and "the prison".
    pub prisons: bool,
    /// Homes and meeting points where they are, on the rota page; otherwise their postcode district or rounded
    /// coordinates.
    pub homes: bool,
}

impl Privacy {
    /// Everything: for the eyes of whoever makes the rota.
    pub const ALL: Self = Self { names: true, prisons: true, homes: true };
}
