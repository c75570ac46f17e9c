//! Names of rows, in words of the problem: another problem may have a row of the same name.

use visitrota_model::{Date, FamilyId, PrisonerId, RequestId, SlotId, VolunteerId};

use crate::instance::Instance;
use crate::instance::index::RideIx;

/// What a row is about, in words of the problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowName {
    Ride(RequestId, FamilyId),
    FamilyDate(FamilyId, Date),
    Tables(SlotId),
    /// Two people to be kept apart, by their ids.
    Apart(SlotId, String, String),
    Visits(PrisonerId),
    AtOnce(PrisonerId, SlotId),
    Together(RequestId, FamilyId, SlotId),
    Week(VolunteerId),
    Day(VolunteerId, Date),
}

impl RowName {
    /// The name of the row that allows a ride once.
    pub(crate) fn of_ride(instance: &Instance<'_>, ride: RideIx) -> Self {
        let (request, family) = instance.documents(ride);
        Self::Ride(request.id.clone(), family.id.clone())
    }
}
