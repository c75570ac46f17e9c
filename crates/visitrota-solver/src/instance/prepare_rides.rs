//! From the requests of the problem's document to rides: each family of each request by itself.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, Request, SlotOption, Way};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::facts::{Announced, FamilyFacts, OptionFacts, PinFacts, RequestFacts, RideFacts, SlotFacts};
use super::index::{FamilyIx, RequestIx, RideIx, SlotIx, VolunteerIx};
use super::locked::Locked;
use super::positions::Positions;
use super::slack::slacks;
use super::windows::WindowLimits;

/// What rides are made of.
pub(super) struct AskedFor<'a> {
    pub(super) problem: &'a Problem,
    pub(super) travel: &'a TravelTable,
    pub(super) positions: &'a Positions<'a>,
    pub(super) slots: &'a [SlotFacts],
    pub(super) families: &'a [FamilyFacts],
}

/// The requests and their rides.
#[derive(Default)]
pub(super) struct Rides {
    pub(super) requests: Vec<RequestFacts>,
    pub(super) rides: Vec<RideFacts>,
    pub(super) rides_by_slot: Vec<Vec<RideIx>>,
}

impl AskedFor<'_> {
    /// The requests, and a ride of each of their families that is on no locked trip.
    pub(super) fn rides(&self, locked: &Locked, announced: &BTreeMap<(RequestIx, FamilyIx), Vec<Announced>>) -> Rides {
        let pins = self.pins();
        let (locked_rides, locked_slots) = (locked.rides(), locked.slots());
        let mut all = Rides { rides_by_slot: vec![Vec::new(); self.slots.len()], ..Rides::default() };
        for (at, request) in self.problem.requests.iter().enumerate() {
            let request_ix = RequestIx::new(at);
            let locked_slot = locked_slots.get(&request_ix).copied();
            let families: Vec<FamilyIx> =
                request.families.iter().filter_map(|family| self.positions.family(family.as_str())).collect();
            let mut added = families.clone();
            added.retain(|&family| !locked_rides.contains(&(request_ix, family)));
            let mut facts = RequestFacts {
                families,
                rides: Vec::with_capacity(added.len()),
                prisoner: request.prisoner.as_ref().and_then(|id| self.positions.prisoner(id.as_str())),
                is_locked: locked_slot.is_some(),
            };
            let visit = Visit { request: request_ix, document: request, locked_slot, pins: &pins };
            for (nth, &family) in added.iter().enumerate() {
                let ride_ix = RideIx::new(all.rides.len());
                let announced = announced.get(&(request_ix, family)).cloned().unwrap_or_default();
                let ride = self.ride(visit, family, Share { nth, of: added.len() }, announced);
                ride.options.iter().for_each(|option| all.rides_by_slot[option.slot.at()].push(ride_ix));
                facts.rides.push(ride_ix);
                all.rides.push(ride);
            }
            all.requests.push(facts);
        }
        all
    }

    fn ride(&self, visit: Visit<'_>, family: FamilyIx, share: Share, announced: Vec<Announced>) -> RideFacts {
        let options = visit.document.options.iter().filter_map(|option| {
            let slot = self.positions.slot(option.slot.as_str())?;
            if visit.locked_slot.is_some_and(|locked| locked != slot) {
                return None;
            }
            let SlotFacts { gate_in, gate_out, .. } = self.slots[slot.at()];
            Some(OptionFacts {
                slot,
                points: self.points(visit, option, slot, share, &announced),
                places: self.places(visit.document, Some(option), family),
                slacks: slacks(self.families[family.at()].windows.within(WindowLimits::ALL), gate_in, gate_out),
            })
        });
        RideFacts {
            request: visit.request,
            family,
            options: options.collect(),
            pin: visit.pin_of(family),
            announced,
            is_joint: visit.locked_slot.is_none() && share.of > 1,
            usual_places: self.places(visit.document, None, family),
        }
    }

    /// §6: what a ride to a slot earns whoever drives: its share of what the visit earns, and what it saves of what is
    /// lost where it stays behind.
    fn points(
        &self,
        visit: Visit<'_>,
        option: &SlotOption,
        slot: SlotIx,
        share: Share,
        announced: &[Announced],
    ) -> i64 {
        let weights = &self.problem.policy.weights;
        let count = |entries: usize| i64::try_from(entries).unwrap_or(i64::MAX);
        let changed_slots = count(announced.iter().filter(|entry| entry.slot != slot).count());
        let changes = i64::from(weights.change_slot) * changed_slots;
        if visit.locked_slot.is_some() {
            // The visit takes place in any case; without the family, its entries differ in slot and driver.
            let missed = i64::from(weights.change_slot) + i64::from(weights.change_driver);
            return missed * count(announced.len()) - changes;
        }
        let served = i64::from(weights.visit)
            + i64::from(weights.per_week_waiting) * i64::from(visit.document.weeks_waiting.min(weights.max_weeks))
            + i64::from(visit.document.extra_points)
            - i64::from(weights.slot_rank) * i64::from(option.rank);
        share.part(served) + i64::from(weights.drop_published) * count(announced.len()) - changes
    }

    /// Where a family is met: outward, and on the return.
    fn places(&self, request: &Request, option: Option<&SlotOption>, family: FamilyIx) -> [PlaceIndex; 2] {
        let family = &self.problem.families[family.at()];
        [Way::Out, Way::Back].map(|way| {
            let place = request.meeting_place(option, family, way).place(&family.id);
            self.travel.place(&place).unwrap_or(PlaceIndex(u32::MAX))
        })
    }

    /// The pins. Of several that name a slot, or a driver of one family, the last counts.
    fn pins(&self) -> Vec<Pinned> {
        let pinned = |pin: &visitrota_model::Pin| {
            Some(Pinned {
                request: self.positions.request(pin.request.as_str())?,
                slot: pin.slot.as_ref().and_then(|id| self.positions.slot(id.as_str())),
                driver: pin.driver.as_ref().and_then(|id| self.positions.volunteer(id.as_str())),
                family: pin.family.as_ref().and_then(|id| self.positions.family(id.as_str())),
            })
        };
        self.problem.pins.iter().filter_map(pinned).collect()
    }

    /// What was announced of each ride.
    pub(super) fn announced(&self) -> BTreeMap<(RequestIx, FamilyIx), Vec<Announced>> {
        let mut announced: BTreeMap<(RequestIx, FamilyIx), Vec<Announced>> = BTreeMap::new();
        for published in &self.problem.published {
            let Some(request) = self.positions.request(published.request.as_str()) else { continue };
            let document = &self.problem.requests[request.at()];
            let families: BTreeSet<_> = document.families.iter().collect();
            let family = published.family_of(document).filter(|family| families.contains(family));
            let Some(family) = family.and_then(|family| self.positions.family(family.as_str())) else { continue };
            let volunteer = |id: &visitrota_model::VolunteerId| {
                self.positions.volunteer(id.as_str()).unwrap_or(VolunteerIx::NOBODY)
            };
            let instant = |wall: &visitrota_model::WallTime| self.problem.timezone.instant(*wall).0;
            announced.entry((request, family)).or_default().push(Announced {
                slot: self.positions.slot(published.slot.as_str()).unwrap_or(SlotIx::NOWHERE),
                driver: volunteer(&published.driver),
                chaperone: published.chaperone.as_ref().map(volunteer),
                times: [published.pickup.as_ref().map(instant), published.home.as_ref().map(instant)],
            });
        }
        announced
    }
}

/// A visit asked for.
#[derive(Clone, Copy)]
struct Visit<'a> {
    request: RequestIx,
    document: &'a Request,
    /// The slot of the locked trips that carry a family of it.
    locked_slot: Option<SlotIx>,
    pins: &'a [Pinned],
}

impl Visit<'_> {
    /// What one of its families is pinned to. A visit that a locked trip serves is served already: then only a driver
    /// binds.
    fn pin_of(self, family: FamilyIx) -> Option<PinFacts> {
        let speaks = |pinned: &Pinned| pinned.family.is_none_or(|named| named == family);
        let mut pin: Option<PinFacts> = None;
        for pinned in self.pins.iter().filter(|pinned| pinned.request == self.request) {
            let driver = pinned.driver.filter(|_| speaks(pinned));
            if self.locked_slot.is_none() || driver.is_some() {
                let facts = pin.get_or_insert_default();
                facts.slot = pinned.slot.or(facts.slot);
                facts.driver = driver.or(facts.driver);
            }
        }
        pin
    }
}

/// Which of how many rides shares what the visit earns.
#[derive(Clone, Copy)]
struct Share {
    nth: usize,
    of: usize,
}

impl Share {
    /// Its part of some points, which together are all of them.
    fn part(self, points: i64) -> i64 {
        let of = i64::try_from(self.of).unwrap_or(1).max(1);
        let rest = points.rem_euclid(of);
        points.div_euclid(of) + i64::from(i64::try_from(self.nth).unwrap_or(i64::MAX) < rest)
    }
}

/// A pin by positions.
struct Pinned {
    request: RequestIx,
    slot: Option<SlotIx>,
    driver: Option<VolunteerIx>,
    family: Option<FamilyIx>,
}
