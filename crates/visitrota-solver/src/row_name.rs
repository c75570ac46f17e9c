//! Names of rows, in words of the problem: another problem may have a row of the same name.

use visitrota_model::{Date, FamilyId, RequestId, SlotId, VolunteerId};

/// What a row is about, in words of the problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowName {
    Request(RequestId),
    FamilyDate(FamilyId, Date),
    Tables(SlotId),
    Apart(SlotId, FamilyId, FamilyId),
    Week(VolunteerId),
    Day(VolunteerId, Date),
}
