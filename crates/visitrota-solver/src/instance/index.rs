//! Positions in tables: of the instance, of the trips found, and of programs over them.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(u32);

        impl $name {
            pub(crate) fn new(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            pub(crate) fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// A volunteer's position in the problem.
    VolunteerIx,
    /// A family's position in the problem.
    FamilyIx,
    /// A request's position in the problem.
    RequestIx,
    /// A ride's position: the families of requests in the problem's order, without those of locked trips.
    RideIx,
    /// A prisoner's position in the problem.
    PrisonerIx,
    /// A slot's position in the problem.
    SlotIx,
    /// A date's position among the dates on which slots start.
    DateIx,
    /// The position of a choice, to make a trip or not, in a program.
    ChoiceIx,
}

impl SlotIx {
    /// A slot that the problem does not have.
    pub(crate) const NOWHERE: Self = Self(u32::MAX);
}

impl VolunteerIx {
    /// A volunteer whom the problem does not have.
    pub(crate) const NOBODY: Self = Self(u32::MAX);
}

/// Somebody of whom a pair can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    Volunteer(VolunteerIx),
    Family(FamilyIx),
    Prisoner(PrisonerIx),
}

#[cfg(feature = "highs")]
index! {
    /// A trip's position in the pool.
    TripIx,
    /// A column's position in a linear relaxation; choices come first.
    ColumnIx,
}
