//! A trip with everybody in it, as its papers need it.

use visitrota_model::{
    Date, Family, MeetingPoint, Member, Prison, Request, Restraint, Slot, StopKind, Trip, Volunteer, WallTime,
};

use super::place::{Placed, Spot};

/// A trip with everybody in it.
#[derive(Clone, Debug)]
pub struct Tour<'a> {
    /// Its number, from 1 in the rota's order.
    pub number: usize,
    /// The trip as it stands in the rota.
    pub trip: &'a Trip,
    /// Who drives.
    pub driver: &'a Volunteer,
    /// The second adult who rides.
    pub chaperone: Option<&'a Volunteer>,
    /// The slot.
    pub slot: &'a Slot,
    /// The prison.
    pub prison: &'a Prison,
    /// The families that ride, in the order in which they are picked up. Of a joint request they may be some.
    pub rides: Vec<Ride<'a>>,
    /// The stops in order of time, from home to home.
    pub calls: Vec<Call<'a>>,
    /// Whether the problem says that the trip stands as it is.
    pub locked: bool,
}

/// A ride: one family of one request.
#[derive(Clone, Copy, Debug)]
pub struct Ride<'a> {
    /// What is served.
    pub request: &'a Request,
    /// Who rides.
    pub family: &'a Family,
    /// When the car comes.
    pub pickup: WallTime,
    /// When the car leaves with them.
    pub away: WallTime,
    /// When they are brought back: home again, or to a meeting point.
    pub home: WallTime,
    /// The meeting point where they are collected; none where it is at home.
    pub from: Option<&'a MeetingPoint>,
    /// The meeting point to which they are brought back; none where it is home.
    pub to: Option<&'a MeetingPoint>,
}

/// A stop.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// What happens.
    pub kind: StopKind,
    /// Whose stop it is.
    pub host: Host<'a>,
    /// The meeting point where it is; none where it is at home, or the gate.
    pub point: Option<&'a MeetingPoint>,
    /// When the car gets there; where the trip begins, when it leaves.
    pub arrive: WallTime,
    /// When the car leaves; where the trip ends, when it gets there.
    pub depart: WallTime,
    /// The drive that led there; none where the trip begins.
    pub drive: Option<Drive>,
}

/// Whose stop it is: at their home, unless the call is at a meeting point.
#[derive(Clone, Copy, Debug)]
pub enum Host<'a> {
    /// The driver's.
    Driver(&'a Volunteer),
    /// The chaperone's.
    Chaperone(&'a Volunteer),
    /// A family's, for a request.
    Family(&'a Family, &'a Request),
    /// The prison's.
    Prison(&'a Prison),
}

/// A drive from one stop to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drive {
    /// When it begins.
    pub from: WallTime,
    /// When it ends.
    pub to: WallTime,
    /// Minutes at the wheel.
    pub minutes: u32,
    /// Minutes of breaks on the way: what the rota leaves between the stops beside the driving.
    pub pause: u32,
    /// Metres.
    pub metres: u32,
}

/// What a family takes up in a car.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// People, those in a wheelchair included.
    pub people: u32,
    /// Of these, of age.
    pub adults: u32,
    /// Wheelchair spaces.
    pub wheelchairs: u32,
    /// Infant seats to fit.
    pub infant: u32,
    /// Harness seats to fit.
    pub harness: u32,
    /// Booster seats to fit.
    pub booster: u32,
    /// Seats that the family brings.
    pub own: u32,
}

impl<'a> Tour<'a> {
    /// The date of the visit.
    #[must_use]
    pub fn date(&self) -> Date {
        self.slot.start.date()
    }

    /// Driver and chaperone.
    pub fn volunteers(&self) -> impl Iterator<Item = &'a Volunteer> {
        std::iter::once(self.driver).chain(self.chaperone)
    }

    /// When the driver leaves home.
    #[must_use]
    pub fn leaves(&self) -> WallTime {
        self.calls.first().map_or(self.slot.start, |call| call.depart)
    }

    /// When the driver is home again.
    #[must_use]
    pub fn back(&self) -> WallTime {
        self.calls.last().map_or(self.slot.end, |call| call.arrive)
    }

    /// The stop at the prison.
    #[must_use]
    pub fn gate(&self) -> Option<&Call<'a>> {
        self.calls.iter().find(|call| call.kind == StopKind::Gate)
    }

    /// The requests of which families ride here, in the order in which the first of each is picked up.
    #[must_use]
    pub fn requests(&self) -> Vec<&'a Request> {
        let mut requests: Vec<&Request> = Vec::new();
        for Ride { request, .. } in &self.rides {
            if requests.iter().all(|other| other.id != request.id) {
                requests.push(request);
            }
        }
        requests
    }

    /// The joint ones among the requests.
    pub fn joint(&self) -> impl Iterator<Item = &'a Request> {
        self.requests().into_iter().filter(|request| request.is_joint())
    }

    /// What all families together take up, in the car.
    #[must_use]
    pub fn load(&self) -> Load {
        self.rides.iter().map(|ride| Load::of(ride.family)).fold(Load::default(), Load::and)
    }

    /// Minutes of breaks, out and back.
    #[must_use]
    pub fn pauses(&self) -> u32 {
        self.calls.iter().filter_map(|call| call.drive).map(|drive| drive.pause).fold(0, u32::saturating_add)
    }
}

impl<'a> Host<'a> {
    /// The id.
    #[must_use]
    pub fn id(self) -> &'a str {
        match self {
            Self::Driver(volunteer) | Self::Chaperone(volunteer) => volunteer.id.as_str(),
            Self::Family(family, _) => family.id.as_str(),
            Self::Prison(prison) => prison.id.as_str(),
        }
    }

    /// The home, or the gate.
    fn own_place(self) -> &'a dyn Placed {
        match self {
            Self::Driver(volunteer) | Self::Chaperone(volunteer) => volunteer,
            Self::Family(family, _) => family,
            Self::Prison(prison) => prison,
        }
    }
}

impl<'a> Call<'a> {
    /// The place: the meeting point, else the host's home or the gate.
    #[must_use]
    pub fn placed(&self) -> &'a dyn Placed {
        match self.point {
            Some(point) => point,
            None => self.host.own_place(),
        }
    }

    /// Whether the place is known by its postcode alone.
    pub(crate) fn rough(&self) -> bool {
        self.placed().rough()
    }

    /// The id of the place.
    #[must_use]
    pub fn place(&self) -> &'a str {
        self.point.map_or_else(|| self.host.id(), |point| point.id.as_str())
    }

    /// Where it is.
    #[must_use]
    pub fn spot(&self) -> Option<Spot> {
        self.placed().spot()
    }

    /// Whether the car stays where it was at the call before: both are at one meeting point.
    #[must_use]
    pub fn stays(&self, before: Option<&Self>) -> bool {
        let still = self.drive.is_some_and(|drive| drive.minutes == 0 && drive.metres == 0);
        still && self.point.is_some() && before.is_some_and(|before| before.place() == self.place())
    }
}

impl Load {
    /// What a family takes up.
    #[must_use]
    pub fn of(family: &Family) -> Self {
        family.members.iter().map(Self::member).fold(Self::default(), Self::and)
    }

    fn member(member: &Member) -> Self {
        let mut load = Self { people: 1, ..Self::default() };
        load.adults = u32::from(member.age >= Family::GROWN_UP);
        load.wheelchairs = u32::from(member.wheelchair);
        let kind = match member.restraint() {
            Restraint::None => return load,
            _ if member.own_restraint => &mut load.own,
            Restraint::Infant => &mut load.infant,
            Restraint::Harness => &mut load.harness,
            Restraint::Booster => &mut load.booster,
        };
        *kind = 1;
        load
    }

    /// What two take up together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            people: self.people.saturating_add(other.people),
            adults: self.adults.saturating_add(other.adults),
            wheelchairs: self.wheelchairs.saturating_add(other.wheelchairs),
            infant: self.infant.saturating_add(other.infant),
            harness: self.harness.saturating_add(other.harness),
            booster: self.booster.saturating_add(other.booster),
            own: self.own.saturating_add(other.own),
        }
    }

    /// Those not of age.
    #[must_use]
    pub fn children(self) -> u32 {
        self.people.saturating_sub(self.adults)
    }
}
