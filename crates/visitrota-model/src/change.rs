//! Changes of a problem that would help: each names one thing that somebody could do, with its figures.
//!
//! A change says what to do as data; [`patch`](crate::patch()) makes of changes a JSON Patch (RFC 6902) against the
//! problem document, and [`apply`](crate::apply) makes the changed problem of it. Nothing else changes a problem, so
//! that what was weighed, what is told and what is applied are one and the same.

mod effort;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::effort::effort;

use crate::id::{FamilyId, PlaceId, PrisonId, PrisonerId, RequestId, SlotId, VolunteerId};
use crate::problem::{Car, Hours, MeetingPlace, Volunteer, Way, Window};
use crate::time::{Date, Instant, WallTime, Zone};
use crate::time_of_day::TimeOfDay;

/// One thing that somebody could do about a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// A family's consent or entry in a list is had, or renewed, until this date at least.
    Consent {
        /// The family.
        family: FamilyId,
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
    /// A prisoner has more visits left in the week.
    Visits {
        /// The prisoner.
        prisoner: PrisonerId,
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
    /// The families of a request are met elsewhere.
    Meet {
        /// The request.
        request: RequestId,
        /// The slot for which they are; absent = for every slot whose option does not say otherwise.
        slot: Option<SlotId>,
        /// On the way out, where they are picked up, or on the way back.
        way: Way,
        /// Where they would be met: at a meeting point, or each at home.
        at: MeetingPlace,
    },
    /// The scheme calls people on for longer: its hours begin earlier, end later, or both.
    Hours {
        /// Whether it is the hours of families, rather than those of volunteers.
        families: bool,
        /// The hours as they are.
        was: Hours,
        /// As they would be.
        to: Hours,
    },
    /// A joint visit is made without one of its households.
    Without {
        /// The request.
        request: RequestId,
        /// Who would not be of it.
        family: FamilyId,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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

impl Change {
    /// The changes smaller by one unit, a minute where it is of time; none where it cannot be smaller and be a change.
    #[must_use]
    pub fn smaller(&self, zone: Zone) -> Vec<Self> {
        let sides = self.spare(zone).into_iter().enumerate().filter(|(_, most)| *most > 0);
        sides.map(|(side, _)| self.less(side, 1, zone)).collect()
    }

    /// By how many units each side of it could be less, and leave a change: windows and hours have a beginning and an
    /// end, any other number is one side, and what has no number has none.
    #[must_use]
    pub fn spare(&self, zone: Zone) -> Vec<u32> {
        let minutes =
            |from: WallTime, to: WallTime| u32::try_from(zone.instant(to).0 - zone.instant(from).0).unwrap_or(0);
        match self {
            Self::Widen { was, window, .. } => vec![minutes(window.from, was.from), minutes(was.to, window.to)],
            Self::Free { window, .. } => vec![minutes(window.from, window.to).saturating_sub(1); 2],
            Self::Hours { was, to, .. } => {
                let less = |a: TimeOfDay, b: TimeOfDay| b.minutes().saturating_sub(a.minutes());
                vec![less(to.from, was.from), less(was.to, to.to)]
            }
            _ => match self.number() {
                Some((was, to)) => vec![to.saturating_sub(was).saturating_sub(1)],
                None => Vec::new(),
            },
        }
    }

    /// The change with one side so many units less, counted as in [`Change::spare`].
    #[must_use]
    pub fn less(&self, side: usize, by: u32, zone: Zone) -> Self {
        let shift = |time: WallTime, by: i64| zone.wall(Instant(zone.instant(time).0 + by));
        let mut less = self.clone();
        match &mut less {
            Self::Widen { window, .. } | Self::Free { window, .. } if side == 0 => {
                window.from = shift(window.from, i64::from(by));
            }
            Self::Widen { window, .. } | Self::Free { window, .. } => window.to = shift(window.to, -i64::from(by)),
            Self::Hours { to, .. } if side == 0 => {
                to.from = TimeOfDay::new(to.from.minutes().saturating_add(by)).unwrap_or(to.from);
            }
            Self::Hours { to, .. } => {
                to.to = TimeOfDay::new(to.to.minutes().saturating_sub(by)).unwrap_or(to.to);
            }
            other => {
                if let Some((_, to)) = other.number_mut() {
                    *to = to.saturating_sub(by);
                }
            }
        }
        less
    }

    /// Whether it is another change, or more of the same.
    #[must_use]
    pub fn covers(&self, less: &Self) -> bool {
        let within = |window: &Window, less: &Window| window.from <= less.from && less.to <= window.to;
        let mut same = self.clone();
        match (&mut same, less) {
            (Self::Hours { to, .. }, Self::Hours { to: less, .. }) if to.from <= less.from && less.to <= to.to => {
                *to = *less;
            }
            (Self::Widen { window, .. }, Self::Widen { window: less, .. })
            | (Self::Free { window, .. }, Self::Free { window: less, .. })
                if within(window, less) =>
            {
                *window = *less;
            }
            (more, less) => {
                if let (Some((_, to)), Some((_, less))) = (more.number_mut(), less.number())
                    && less <= *to
                {
                    *to = less;
                }
            }
        }
        same == *less
    }

    /// The number that it raises, as it is and as it would be; none where it raises none.
    fn number(&self) -> Option<(u32, u32)> {
        self.clone().number_mut().map(|(was, to)| (was, *to))
    }

    fn number_mut(&mut self) -> Option<(u32, &mut u32)> {
        match self {
            Self::Fit { was, to, .. }
            | Self::Stretch { was, to, .. }
            | Self::Ride { was, to, .. }
            | Self::Tables { was, to, .. }
            | Self::Visits { was, to, .. }
            | Self::Admit { was, to, .. } => Some((*was, to)),
            Self::Widen { .. }
            | Self::Free { .. }
            | Self::Hours { .. }
            | Self::Hold { .. }
            | Self::Consent { .. }
            | Self::Ask { .. }
            | Self::Meet { .. }
            | Self::Without { .. }
            | Self::Share { .. }
            | Self::Recruit { .. }
            | Self::Unpin { .. } => None,
        }
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
