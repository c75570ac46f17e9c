//! Answers to the questions that a rota raises: why not, why this, what would help. Plain data, with figures; what
//! they say in words is said elsewhere, in one place.

use serde::Serialize;

use crate::change::Change;
use crate::id::{FamilyId, RequestId, SlotId, VolunteerId};
use crate::patch::Patch;
use crate::rota::{Rota, Rule, ScoreParts};

/// What is proven of a best score: no rota scores more than `most`, and one scores `least`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The score of a rota that there is.
    pub least: i64,
    /// What no rota exceeds.
    pub most: i64,
}

impl From<i64> for Bounds {
    /// What is known exactly.
    fn from(exactly: i64) -> Self {
        Self { least: exactly, most: exactly }
    }
}

/// Why the visits that a rota leaves unmet are unmet, and why those served are served as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The best score of the problem.
    pub best: Bounds,
    /// What the trips of the rota earn.
    pub score: i64,
    /// How many times the rota breaks a rule: it is explained as it stands all the same.
    pub broken: usize,
    /// The requests asked about that the rota does not serve, in the problem's order.
    pub unmet: Vec<WhyUnmet>,
    /// The requests asked about that it does.
    pub served: Vec<Served>,
}

/// Why one request stays unmet.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyUnmet {
    /// The request.
    pub request: RequestId,
    /// Why.
    pub why: WhyNot,
}

/// Why a request stays unmet.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyNot {
    /// No trip could serve it, whatever the rest of the rota.
    ImpossibleAlone {
        /// Which rule stops which drivers in which slot, the rule that stops most first.
        blocks: Vec<Block>,
        /// The smallest change that would make it possible; none where nothing that anybody could change would.
        nearest: Option<Box<Nearest>>,
    },
    /// Trips could serve it, and the rota is better without.
    LostToCompetition(Serving),
}

/// A rule that stops drivers from serving a request in a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// The slot; absent where the request asks for none.
    pub slot: Option<SlotId>,
    /// The rule.
    pub rule: Rule,
    /// Whom it stops; nobody where there is no driver at all.
    pub volunteers: Vec<VolunteerId>,
}

/// The smallest change that would make a request possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// What would change; each change is needed, and is as small as can be.
    pub changes: Vec<Change>,
    /// The slot in which the request could then be served.
    pub slot: SlotId,
    /// By whom.
    pub driver: VolunteerId,
    /// The second adult, if one must ride.
    pub chaperone: Option<VolunteerId>,
    /// Of families who visit together: whom that driver would take, where the others would ride in another car. Empty
    /// where the driver would take all.
    pub families: Vec<FamilyId>,
    /// The changes as a patch of the problem document.
    pub patch: Patch,
}

/// What serving a request would mean for the rest of the rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serving {
    /// It can be served, at a price.
    Costs {
        /// The best score of a rota that serves it.
        score: Bounds,
        /// Points that the best rota loses by it: the difference of the two best scores.
        lost: Bounds,
        /// The slot that it would have.
        slot: SlotId,
        /// Who would drive.
        driver: VolunteerId,
        /// Who else would drive, where families who visit together would ride in several cars.
        others: Vec<VolunteerId>,
        /// The requests that the rota at hand serves and that rota does not.
        instead_of: Vec<RequestId>,
    },
    /// It cannot be served while these requests are pinned as they are.
    Pinned {
        /// The pinned requests that contradict it.
        pins: Vec<RequestId>,
    },
    /// Planning ended before that was known.
    Unknown,
}

/// Why a request is served as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The request.
    pub request: RequestId,
    /// Its trip, counted from 0 in the rota's order.
    pub trip: usize,
    /// Its other trips, where families who visit together ride in several cars.
    pub other_trips: Vec<usize>,
    /// Whether a locked trip serves it: that stands as it is, and nothing is used up or otherwise.
    pub locked: bool,
    /// What its trips add to the score, by the score's parts: what the rota would score less without them. A joint visit
    /// that would not be whole without them goes with all of its trips.
    pub parts: ScoreParts,
    /// What of its trips is used up, so that they are as they are.
    pub tight: Vec<Tight>,
    /// The best rota in which another driver takes it, or one of its families.
    pub other_driver: Alternative,
    /// The best rota in which it has another slot.
    pub other_slot: Alternative,
}

/// Something that is used up to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "tight", rename_all = "snake_case")]
pub enum Tight {
    /// The slot's tables.
    Tables {
        /// The slot.
        slot: SlotId,
        /// How many there are, and are taken.
        tables: u32,
    },
    /// The seats of the car.
    Seats {
        /// How many there are.
        seats: u32,
    },
    /// The families that the driver takes at once.
    Families {
        /// How many.
        families: u32,
    },
    /// The trips of a volunteer in the week.
    Trips {
        /// Who.
        volunteer: VolunteerId,
        /// How many.
        trips: u32,
    },
    /// The driver's minutes from home to home on the date, within half an hour.
    Duty {
        /// Minutes that are left.
        left: u32,
    },
    /// A volunteer's window, within half an hour of the trip's beginning or end.
    Window {
        /// Who.
        volunteer: VolunteerId,
        /// Minutes to spare before.
        before: u32,
        /// Minutes to spare after.
        after: u32,
    },
}

/// The best that can be had otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// There is this.
    Costs {
        /// Who would drive.
        driver: VolunteerId,
        /// The slot.
        slot: SlotId,
        /// The best score with it.
        score: Bounds,
        /// Points that the best rota loses by it.
        lost: Bounds,
    },
    /// There is none.
    None,
    /// Planning ended before that was known.
    Unknown,
}

/// What would help a scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The best score of the problem as it is.
    pub best: Bounds,
    /// Visits of the best rota as it is.
    pub visits: usize,
    /// What would help most, each with its exact gain: what those who are there could do, the most helpful first, and
    /// then new people.
    pub suggestions: Vec<Suggestion>,
    /// Changes that were weighed: those that are not suggested gain no more than the last that is, or nothing.
    pub weighed: usize,
    /// Changes that were not weighed to the end before planning ended.
    pub unknown: usize,
}

/// A change that would help.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What would change: one thing, as people see it.
    pub changes: Vec<Change>,
    /// The changes as a patch of the problem document.
    pub patch: Patch,
    /// The proven best score after it.
    pub score: i64,
    /// Points gained: the difference of two proven best scores.
    pub gain_points: i64,
    /// Visits more in the best rota after it than in that before.
    pub gain_visits: i64,
}

/// Pins that contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The pinned requests: without any one of them, the others can be served as pinned.
    pub requests: Vec<RequestId>,
    /// Rules that stop a request that is pinned to what could not be had even by itself.
    pub blocks: Vec<Block>,
    /// Changes any one of which would let all of the pins hold; or where `others`, these pins by themselves.
    pub ways_out: Vec<Vec<Change>>,
    /// Whether pins of the problem would contradict each other after any of `ways_out`.
    pub others: bool,
    /// What dropping each pin would allow, in the order of `requests`.
    pub dropped: Vec<Dropped>,
}

/// What dropping a request's pin would allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// The request.
    pub request: RequestId,
    /// The best score without its pin; none where other pins still contradict each other.
    pub score: Option<Bounds>,
    /// Visits of that rota.
    pub visits: usize,
    /// Who would still take it, and in which slot; none if it would stay unmet.
    pub served: Option<(VolunteerId, SlotId)>,
    /// The pin's removal as a patch of the problem document.
    pub patch: Patch,
}

/// Who could stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standby {
    /// How many times the rota breaks a rule. No stand-in breaks one that was kept.
    pub broken: usize,
    /// For each trip of the rota, in its order.
    pub trips: Vec<TripStandby>,
}

/// Who could take a trip in its driver's place, everything else left as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripStandby {
    /// The trip, counted from 0 in the rota's order.
    pub trip: usize,
    /// Whether it is locked: it stands as it is, and nobody is asked to stand in.
    pub locked: bool,
    /// Whether a pin has it that this driver takes it: whoever stands in, the pin must go.
    pub pinned: bool,
    /// Who, in order of cost.
    pub stand_ins: Vec<StandIn>,
}

impl TripStandby {
    /// Whether the trip would fall through if its driver fell ill, as far as that can be helped: a locked trip stands as
    /// it is.
    #[must_use]
    pub fn is_fragile(&self) -> bool {
        !self.locked && self.stand_ins.is_empty()
    }
}

/// Somebody who could take a trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandIn {
    /// Who.
    pub volunteer: VolunteerId,
    /// Points that the rota loses with them in the driver's place.
    pub points_lost: i64,
}

/// A rota made by hand, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The best score of the problem; none where planning ended before anything was known of it.
    pub best: Option<Bounds>,
    /// The cheapest valid rota that keeps most of the one judged; none where planning ended before there was one.
    pub repair: Option<Repair>,
}

/// The rota that keeps most of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The rota, valid, with its score.
    pub rota: Rota,
    /// Requests of which every family keeps its slot, its driver and its chaperone.
    pub kept: usize,
    /// What differs, in the problem's order.
    pub moved: Vec<Moved>,
}

/// A ride that is otherwise in a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The request.
    pub request: RequestId,
    /// Of families who visit together: whose ride it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// Its slot and driver in the rota judged, if it was served.
    pub was: Option<(SlotId, VolunteerId)>,
    /// Its slot and driver in the repair, if it is served.
    pub to: Option<(SlotId, VolunteerId)>,
    /// Its chaperone before and after, where slot and driver are the same and the chaperone is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chaperones: Option<(Option<VolunteerId>, Option<VolunteerId>)>,
}
