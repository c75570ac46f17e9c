//! The clauses of the rules of a rota, one for each way to break them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! clauses {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal $paragraph:literal),* $(,)?) => {
        /// A clause of the rules that a rota can break. Their texts are stable: programs may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[non_exhaustive]
        pub enum Clause {
            $($(#[doc = $doc])* #[serde(rename = $text)] $variant,)*
        }

        impl Clause {
            /// Every clause.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The clause as text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Where it stands among the rules of a rota.
            #[must_use]
            pub fn paragraph(self) -> &'static str {
                match self {
                    $(Self::$variant => $paragraph,)*
                }
            }
        }
    };
}

clauses! {
    /// A leg's minutes or metres are not those of the travel source.
    WrongLeg = "wrong-leg" "§3",

    /// The trip names somebody or something that the problem does not know.
    UnknownId = "unknown-id" "§4.1",
    /// The trip serves no request, or carries nobody of one that it names.
    CarriesNobody = "carries-nobody" "§4.1",
    /// The driver does not drive, or has no car.
    NotADriver = "not-a-driver" "§4.1",
    /// A family stands twice in the trip, for one request or for two.
    FamilyTwice = "family-twice" "§4.1",
    /// The slot is not among those that the request asks for.
    SlotNotAsked = "slot-not-asked" "§4.1",
    /// Two who are never in one trip are in it.
    NeverTogether = "never-together" "§4.1",
    /// A family that does not share a car shares it with a family of another request.
    SharesNoCar = "shares-no-car" "§4.1",
    /// More families than the driver takes.
    TooManyFamilies = "too-many-families" "§4.1",

    /// The driver lacks what every driver, or a family's driver, holds on the day.
    DriverLacks = "driver-lacks" "§4.2",
    /// The second adult is no chaperone, or is the driver.
    NotAChaperone = "not-a-chaperone" "§4.2",
    /// The chaperone lacks what every chaperone holds on the day.
    ChaperoneLacks = "chaperone-lacks" "§4.2",
    /// A family lacks what every family, or every visitor of the prison, holds on the day.
    FamilyLacks = "family-lacks" "§4.2",

    /// Child-only families are not carried.
    ChildrenAlone = "children-alone" "§4.3",
    /// A child-only family rides without a chaperone.
    NoChaperone = "no-chaperone" "§4.3",
    /// A chaperone rides though none is called for.
    NeedlessChaperone = "needless-chaperone" "§4.3",
    /// More requests with child-only families than adults to go in with them.
    TooFewAdults = "too-few-adults" "§4.3",
    /// A child-only family is in the car without the chaperone.
    ChaperoneThroughout = "chaperone-throughout" "§4.3",
    /// An adult with a child-only family lacks what that asks for on the day.
    EscortLacks = "escort-lacks" "§4.3",

    /// A request is more visitors than the prison admits at a visit.
    TooManyVisitors = "too-many-visitors" "§4.4",
    /// A request is more adults than the prison admits at a visit.
    TooManyAdults = "too-many-adults" "§4.4",

    /// Too few seats in the car.
    Seats = "seats" "§4.5",
    /// Too few wheelchair spaces in the car.
    WheelchairSpaces = "wheelchair-spaces" "§4.5",
    /// Too few restraints of a kind in the car.
    Restraints = "restraints" "§4.5",

    /// A stop is not where the family is to be met.
    MeetingPlace = "meeting-place" "§4.6",
    /// The stops on the way out are not those of the people carried.
    OutwardStops = "outward-stops" "§4.6",
    /// A time on the way out is not what it must be.
    OutwardTimes = "outward-times" "§4.6",
    /// The stops on the way back are not those of the people carried.
    ReturnStops = "return-stops" "§4.7",
    /// A time on the way back is not what it must be.
    ReturnTimes = "return-times" "§4.7",
    /// A family rides for too long.
    RideTime = "ride-time" "§4.8",

    /// The driver is not available for the whole of the trip.
    DriverWindow = "driver-window" "§4.9",
    /// The chaperone is not available for the whole of the ride.
    ChaperoneWindow = "chaperone-window" "§4.9",
    /// A family is not available for the whole of the outing.
    FamilyWindow = "family-window" "§4.9",
    /// The car would call in the second showing of an hour that the clocks repeat.
    RepeatedHour = "repeated-hour" "§4.9",
    /// A volunteer is called on before or after the hours of the scheme.
    VolunteerHours = "volunteer-hours" "§4.10",
    /// A family is called on before or after the hours of the scheme.
    FamilyHours = "family-hours" "§4.10",

    /// A family rides to one visit twice.
    ServedTwice = "served-twice" "§5.1",
    /// A family of a joint request stays behind when others of it visit.
    LeftBehind = "left-behind" "§5.1",
    /// The families of one request go to different slots.
    TwoSlots = "two-slots" "§5.1",
    /// A family visits twice on one date.
    SameDay = "same-day" "§5.1",
    /// More visits in a slot than tables.
    Tables = "tables" "§5.2",
    /// Two families, or two prisoners, that never share a slot share one.
    NeverSameSlot = "never-same-slot" "§5.2",
    /// Two trips of a volunteer overlap, or are too close.
    Overlap = "overlap" "§5.3",
    /// A volunteer has too many trips in the week.
    MaxTrips = "max-trips" "§5.3",
    /// A volunteer has too many trips on a date.
    MaxTripsPerDay = "max-trips-per-day" "§5.3",
    /// A driver is out for too long on a date.
    MaxDuty = "max-duty" "§5.3",
    /// A driver drives for too long on a date.
    MaxDriving = "max-driving" "§5.3",
    /// A driver drives too far in the week.
    MaxKmWeek = "max-km-week" "§5.3",
    /// A pin does not hold.
    Pin = "pin" "§5.4",
    /// A prisoner has more visits than are left in the week.
    PrisonerVisits = "prisoner-visits" "§5.5",
    /// A prisoner has two visits at one time.
    PrisonerTwice = "prisoner-twice" "§5.5",
    /// A locked trip does not stand in the rota as given.
    LockedTrip = "locked-trip" "§5.6",

    /// The score is not what the trips earn.
    WrongScore = "wrong-score" "§6",
    /// The bound is below the score.
    BoundTooLow = "bound-too-low" "§6",
    /// The rota is called optimal, and the bound does not prove it.
    NotProven = "not-proven" "§6",

    /// The rota was made for another problem.
    OtherProblem = "other-problem" "§7",
    /// The stops lack something, or are not in the order of a trip.
    MalformedStops = "malformed-stops" "§7",
    /// The trip's driving minutes or metres are not the sum of its legs.
    WrongTotals = "wrong-totals" "§7",
    /// The list of unmet requests is not that of the requests unserved.
    WrongUnmet = "wrong-unmet" "§7",
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
