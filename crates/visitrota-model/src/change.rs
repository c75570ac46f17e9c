//! Changes of a problem that would help: each names one thing that somebody could do, with its figures.
//!
//! A change says what to do as data; [`patch`] makes of changes a JSON Patch (RFC 6902) against the problem document,
//! and [`apply`] makes the changed problem of it. Nothing else changes a problem, so that what was weighed, what is
//! told and what is applied are one and the same.

use json_patch::jsonptr::PointerBuf;
use json_patch::{AddOperation, PatchOperation, RemoveOperation, TestOperation};
use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::{Code, Finding};
use crate::id::{FamilyId, PlaceId, PrisonId, RequestId, SlotId, VolunteerId};
use crate::problem::{Car, Hold, Problem, Volunteer, Window};
use crate::time::{Date, Instant, WallTime, Zone};

pub use json_patch::Patch;

/// One thing that somebody could do about a problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Somebody is free for longer: one of their windows begins earlier, ends later, or both.
    Widen {
        /// The volunteer or the family.
        person: PlaceId,
        /// The window as it is.
        was: Window,
        /// The window as it would be.
        window: Window,
    },
    /// Somebody is free at another time as well.
    Free {
        /// The volunteer or the family.
        person: PlaceId,
        /// The window that they would add.
        window: Window,
    },
    /// A volunteer's check, permission or skill is had, or renewed, until this date at least.
    Hold {
        /// The volunteer.
        volunteer: VolunteerId,
        /// Which.
        what: String,
        /// The last date on which it was valid; absent where they never had it.
        was: Option<Date>,
        /// The date on which it is needed.
        until: Date,
    },
    /// A car is fitted out with more of something.
    Fit {
        /// The car's driver.
        volunteer: VolunteerId,
        /// With what.
        fitting: Fitting,
        /// How many there are.
        was: u32,
        /// How many there would be.
        to: u32,
    },
    /// A volunteer does more than they wished to.
    Stretch {
        /// The volunteer.
        volunteer: VolunteerId,
        /// Which of their limits.
        limit: Limit,
        /// The limit as it is.
        was: u32,
        /// As it would be.
        to: u32,
    },
    /// A family rides for longer.
    Ride {
        /// The family.
        family: FamilyId,
        /// The most minutes that it may ride, as things stand.
        was: u32,
        /// The minutes that it would ride.
        to: u32,
    },
    /// A slot has more tables.
    Tables {
        /// The slot.
        slot: SlotId,
        /// How many there are.
        was: u32,
        /// How many there would be.
        to: u32,
    },
    /// A prison admits more people at a family's visit.
    Admit {
        /// The prison.
        prison: PrisonId,
        /// Whether it is adults that are too many, rather than visitors of any age.
        adults: bool,
        /// How many it admits.
        was: u32,
        /// How many it would admit.
        to: u32,
    },
    /// A family asks for another slot as well.
    Ask {
        /// The request.
        request: RequestId,
        /// The slot.
        slot: SlotId,
        /// How far down its list the slot would stand.
        rank: u32,
    },
    /// A family shares a car.
    Share {
        /// The family.
        family: FamilyId,
    },
    /// Somebody new joins.
    Recruit {
        /// The volunteer as they would stand in the problem.
        volunteer: Box<Volunteer>,
        /// Whose home theirs is near.
        near: PlaceId,
    },
    /// A request's pins are dropped.
    Unpin {
        /// The request.
        request: RequestId,
    },
}

/// What a car is fitted out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fitting {
    /// Seats.
    Seats,
    /// Infant seats.
    Infant,
    /// Harness seats.
    Harness,
    /// Booster seats.
    Booster,
    /// Spaces for a wheelchair.
    Wheelchair,
}

/// The limits of what a volunteer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// `max_trips`: trips in the week.
    Trips,
    /// `max_trips_per_day`: trips on one date.
    TripsPerDay,
    /// `max_families`: families in one trip.
    Families,
    /// `max_duty_min`: minutes from home to home on one date.
    Duty,
    /// `max_driving_min`: minutes of driving on one date.
    Driving,
    /// `max_km_week`: kilometres in the week.
    Kilometres,
}

/// How hard a change is to bring about, so that changes can be compared; the unit is a minute of somebody's time.
///
/// Time counts as it is: a window longer by so many minutes, a longer ride, a longer day. What else there is counts as
/// so many minutes as it commonly takes to arrange: see the match below, which is the only place that says so.
#[must_use]
pub fn effort(changes: &[Change], zone: Zone) -> u64 {
    changes.iter().map(|change| one_effort(change, zone)).sum()
}

fn one_effort(change: &Change, zone: Zone) -> u64 {
    let minutes = |from: WallTime, to: WallTime| u64::try_from(zone.instant(to).0 - zone.instant(from).0).unwrap_or(0);
    let more = |was: u32, to: u32| u64::from(to.saturating_sub(was));
    match change {
        Change::Widen { was, window, .. } => minutes(window.from, was.from) + minutes(was.to, window.to),
        // Half a day is asked for besides.
        Change::Free { window, .. } => 60 + minutes(window.from, window.to),
        // A form to fill in, and another to wait for.
        Change::Hold { was: Some(_), .. } => 120,
        Change::Hold { was: None, .. } => 480,
        // A child's seat is borrowed, a car is not.
        Change::Fit { fitting: Fitting::Infant | Fitting::Harness | Fitting::Booster, was, to, .. } => {
            30 * more(*was, *to)
        }
        Change::Fit { fitting: Fitting::Seats, was, to, .. } => 600 * more(*was, *to),
        Change::Fit { fitting: Fitting::Wheelchair, was, to, .. } => 1_200 * more(*was, *to),
        Change::Stretch { limit: Limit::Duty | Limit::Driving | Limit::Kilometres, was, to, .. } => more(*was, *to),
        Change::Stretch { limit: Limit::Families, was, to, .. } => 60 * more(*was, *to),
        Change::Stretch { limit: Limit::Trips | Limit::TripsPerDay, was, to, .. } => 240 * more(*was, *to),
        Change::Ride { was, to, .. } => more(*was, *to),
        Change::Share { .. } => 60,
        Change::Ask { .. } => 180,
        // Prisons seldom yield, and nobody is recruited in a day.
        Change::Tables { was, to, .. } => 1_000 * more(*was, *to),
        Change::Admit { was, to, .. } => 5_000 * more(*was, *to),
        Change::Recruit { .. } => 2_000,
        Change::Unpin { .. } => 60,
    }
}

impl Change {
    /// The changes smaller by one unit, a minute where it is of time; none where it cannot be smaller and be a change.
    #[must_use]
    pub fn smaller(&self, zone: Zone) -> Vec<Self> {
        let shift = |time: WallTime, by: i64| zone.wall(Instant(zone.instant(time).0 + by));
        let sides = |was: Option<Window>, window: Window| {
            let (later, earlier) = (shift(window.from, 1), shift(window.to, -1));
            let from = was.is_none_or(|was| window.from < was.from).then_some(Window { from: later, to: window.to });
            let to = was.is_none_or(|was| was.to < window.to).then_some(Window { from: window.from, to: earlier });
            [from, to].into_iter().flatten().filter(|window| window.from < window.to).collect::<Vec<_>>()
        };
        let mut less = self.clone();
        match &mut less {
            Self::Widen { person, was, window } => {
                let one = |window| Self::Widen { person: person.clone(), was: *was, window };
                return sides(Some(*was), *window).into_iter().map(one).collect();
            }
            Self::Free { person, window } => {
                let one = |window| Self::Free { person: person.clone(), window };
                return sides(None, *window).into_iter().map(one).collect();
            }
            Self::Fit { was, to, .. }
            | Self::Stretch { was, to, .. }
            | Self::Ride { was, to, .. }
            | Self::Tables { was, to, .. }
            | Self::Admit { was, to, .. } => {
                if *to <= *was + 1 {
                    return Vec::new();
                }
                *to -= 1;
            }
            Self::Hold { .. } | Self::Ask { .. } | Self::Share { .. } | Self::Recruit { .. } | Self::Unpin { .. } => {
                return Vec::new();
            }
        }
        vec![less]
    }
}

/// A JSON Patch that makes these changes to the document of a problem.
///
/// It rests on nothing that a document may leave out, and begins, for each thing changed, with a test that it stands
/// where it stood: against another document, or one with its lists in another order, it fails and changes nothing.
/// `None` if a change names something that the problem does not have.
#[must_use]
pub fn patch(changes: &[Change], problem: &Problem) -> Option<Patch> {
    let mut operations = Vec::new();
    let Some((first, others)) = changes.split_first() else { return Some(Patch(operations)) };
    add(&mut operations, first, problem)?;
    for change in others {
        // Later changes of one list build on earlier ones.
        let so_far = apply(problem, &Patch(operations.clone())).ok()?;
        add(&mut operations, change, &so_far)?;
    }
    Some(Patch(operations))
}

/// The problem after a patch of its document.
///
/// # Errors
/// What is wrong with the patch, or with the document that comes of it.
pub fn apply(problem: &Problem, patch: &Patch) -> Result<Problem, Vec<Finding>> {
    let failed = |why: String| {
        let remedy = "Maybe the patch was made for another problem, or for this one before it was changed.";
        vec![Finding::error(Code::PatchFails, "", why, remedy)]
    };
    let mut document = serde_json::to_value(problem).map_err(|error| failed(error.to_string()))?;
    fill_in(&mut document);
    json_patch::patch(&mut document, patch).map_err(|error| failed(format!("The patch does not fit: {error}.")))?;
    let text = serde_json::to_vec(&document).map_err(|error| failed(error.to_string()))?;
    Problem::from_json(&text)
}

/// Puts in the lists that a document leaves out where they are empty, so that a patch can add to them.
fn fill_in(document: &mut Value) {
    let lists: [(&str, &[&str]); 4] = [
        ("", &["pairs", "pins", "published"]),
        ("prisons", &["escort_requires"]),
        ("volunteers", &["holds"]),
        ("families", &["available", "needs"]),
    ];
    for (of, names) in lists {
        let objects: Vec<&mut Value> = if of.is_empty() {
            vec![&mut *document]
        } else {
            document.get_mut(of).and_then(Value::as_array_mut).map(|list| list.iter_mut().collect()).unwrap_or_default()
        };
        for object in objects.into_iter().filter_map(Value::as_object_mut) {
            for name in names {
                object.entry(*name).or_insert_with(|| json!([]));
            }
        }
    }
}

/// Adds what one change does to a document.
fn add(operations: &mut Vec<PatchOperation>, change: &Change, problem: &Problem) -> Option<()> {
    match change {
        Change::Widen { person, was, window } => {
            let (at, windows) = windows(problem, person)?;
            let nth = windows.iter().position(|window| window == was)?;
            same(operations, &at, person.as_str())?;
            if window.from != was.from {
                set(operations, &format!("{at}/available/{nth}/from"), &window.from)?;
            }
            if window.to != was.to {
                set(operations, &format!("{at}/available/{nth}/to"), &window.to)?;
            }
            Some(())
        }
        Change::Free { person, window } => {
            let (at, windows) = windows(problem, person)?;
            same(operations, &at, person.as_str())?;
            let mut more = windows.to_vec();
            more.push(*window);
            set(operations, &format!("{at}/available"), &more)
        }
        Change::Hold { volunteer, what, until, .. } => {
            let (at, facts) = volunteer_at(problem, volunteer)?;
            same(operations, &at, volunteer.as_str())?;
            let mut holds: Vec<Hold> = facts.holds.iter().filter(|hold| hold.what != *what).cloned().collect();
            holds.push(Hold { what: what.clone(), until: Some(*until) });
            set(operations, &format!("{at}/holds"), &holds)
        }
        Change::Fit { volunteer, fitting, to, .. } => {
            let (at, _) = volunteer_at(problem, volunteer)?;
            same(operations, &at, volunteer.as_str())?;
            set(operations, &format!("{at}/car/{}", fitting.field()), to)
        }
        Change::Stretch { volunteer, limit, to, .. } => {
            let (at, _) = volunteer_at(problem, volunteer)?;
            same(operations, &at, volunteer.as_str())?;
            set(operations, &format!("{at}/{}", limit.field()), to)
        }
        Change::Ride { family, to, .. } => {
            let at = family_at(problem, family)?;
            same(operations, &at, family.as_str())?;
            set(operations, &format!("{at}/max_ride_min"), to)
        }
        Change::Share { family } => {
            let at = family_at(problem, family)?;
            same(operations, &at, family.as_str())?;
            set(operations, &format!("{at}/shares_car"), &true)
        }
        Change::Tables { slot, to, .. } => {
            let at = format!("/slots/{}", problem.slots.iter().position(|other| other.id == *slot)?);
            same(operations, &at, slot.as_str())?;
            set(operations, &format!("{at}/tables"), to)
        }
        Change::Admit { prison, adults, to, .. } => {
            let at = format!("/prisons/{}", problem.prisons.iter().position(|other| other.id == *prison)?);
            same(operations, &at, prison.as_str())?;
            set(operations, &format!("{at}/{}", if *adults { "max_adults" } else { "max_visitors" }), to)
        }
        Change::Ask { request, slot, rank } => {
            let at = format!("/requests/{}", problem.requests.iter().position(|other| other.id == *request)?);
            same(operations, &at, request.as_str())?;
            set(operations, &format!("{at}/options/-"), &json!({"slot": slot, "rank": rank}))
        }
        Change::Recruit { volunteer, .. } if problem.volunteers.is_empty() => {
            set(operations, "/volunteers", &[volunteer])
        }
        Change::Recruit { volunteer, .. } => set(operations, "/volunteers/-", volunteer),
        Change::Unpin { request } => {
            let pins = problem.pins.iter().enumerate().rev().filter(|(_, pin)| pin.request == *request);
            for (nth, _) in pins {
                let at = format!("/pins/{nth}");
                operations.push(PatchOperation::Test(TestOperation {
                    path: pointer(&format!("{at}/request"))?,
                    value: json!(request),
                }));
                operations.push(PatchOperation::Remove(RemoveOperation { path: pointer(&at)? }));
            }
            Some(())
        }
    }
}

fn pointer(path: &str) -> Option<PointerBuf> {
    PointerBuf::parse(path).ok()
}

/// That this id stands there.
fn same(operations: &mut Vec<PatchOperation>, at: &str, id: &str) -> Option<()> {
    operations.push(PatchOperation::Test(TestOperation { path: pointer(&format!("{at}/id"))?, value: json!(id) }));
    Some(())
}

/// Puts a member of an object in place, whether or not it is there.
fn set(operations: &mut Vec<PatchOperation>, path: &str, value: &impl Serialize) -> Option<()> {
    let value = serde_json::to_value(value).ok()?;
    operations.push(PatchOperation::Add(AddOperation { path: pointer(path)?, value }));
    Some(())
}

fn volunteer_at<'a>(problem: &'a Problem, id: &VolunteerId) -> Option<(String, &'a Volunteer)> {
    let (nth, volunteer) = problem.volunteers.iter().enumerate().find(|(_, volunteer)| volunteer.id == *id)?;
    Some((format!("/volunteers/{nth}"), volunteer))
}

fn family_at(problem: &Problem, id: &FamilyId) -> Option<String> {
    Some(format!("/families/{}", problem.families.iter().position(|family| family.id == *id)?))
}

/// Where a person stands in the document, and when they are free.
fn windows<'a>(problem: &'a Problem, person: &PlaceId) -> Option<(String, &'a [Window])> {
    let id = person.as_str();
    let volunteer = problem.volunteers.iter().position(|volunteer| volunteer.id.as_str() == id);
    let family = || problem.families.iter().position(|family| family.id.as_str() == id);
    match volunteer {
        Some(nth) => Some((format!("/volunteers/{nth}"), &problem.volunteers[nth].available)),
        None => family().map(|nth| (format!("/families/{nth}"), &*problem.families[nth].available)),
    }
}

impl Fitting {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Seats, Self::Infant, Self::Harness, Self::Booster, Self::Wheelchair];

    /// The field of a car that it is.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Seats => "seats",
            Self::Infant => "infant",
            Self::Harness => "harness",
            Self::Booster => "booster",
            Self::Wheelchair => "wheelchair",
        }
    }

    /// How many a car has.
    #[must_use]
    pub fn of(self, car: Car) -> u32 {
        match self {
            Self::Seats => car.seats,
            Self::Infant => car.infant,
            Self::Harness => car.harness,
            Self::Booster => car.booster,
            Self::Wheelchair => car.wheelchair,
        }
    }
}

impl Limit {
    /// The field of a volunteer that it is.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Trips => "max_trips",
            Self::TripsPerDay => "max_trips_per_day",
            Self::Families => "max_families",
            Self::Duty => "max_duty_min",
            Self::Driving => "max_driving_min",
            Self::Kilometres => "max_km_week",
        }
    }
}
