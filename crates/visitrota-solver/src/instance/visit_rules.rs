//! The rows of the rules between visits (§5.1, §5.2, §5.5), made of the facts.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{RequestFacts, RideFacts, SlotFacts};
use super::index::{DateIx, FamilyIx, Person, PrisonerIx, RideIx, SlotIx};
use super::visit_rows::{User, VisitRows, VisitRule};

/// What the rows are made of.
pub(super) struct Visits<'a> {
    pub(super) slots: &'a [SlotFacts],
    pub(super) requests: &'a [RequestFacts],
    pub(super) rides: &'a [RideFacts],
    /// Pairs of families, or of prisoners, that never share a slot, each once.
    pub(super) never_same_slot: &'a BTreeSet<(Person, Person)>,
    /// For each prisoner, how many more visits they may have.
    pub(super) visits_left: &'a [Option<u32>],
}

impl Visits<'_> {
    pub(super) fn rows(&self) -> VisitRows {
        let slots_of_rides = self.rides.iter().map(|ride| ride.options.iter().map(|option| option.slot).collect());
        let mut rows = VisitRows::new(slots_of_rides);
        for (ride, _) in self.rides() {
            rows.add(VisitRule::Ride(ride), 1, self.options_of(ride).map(|slot| (ride, slot, 1)));
        }
        self.add_dates(&mut rows);
        for (at, facts) in self.slots.iter().enumerate() {
            let slot = SlotIx::new(at);
            if let Some(tables) = facts.tables {
                let visits = self.visits().filter(|(_, _, other)| *other == slot);
                rows.add(VisitRule::Tables(slot), tables.into(), visits.map(|(_, ride, slot)| (ride, slot, 1)));
            }
        }
        self.add_apart(&mut rows);
        self.add_prisoners(&mut rows);
        self.add_links(&mut rows);
        rows
    }

    fn rides(&self) -> impl Iterator<Item = (RideIx, &RideFacts)> {
        self.rides.iter().enumerate().map(|(at, facts)| (RideIx::new(at), facts))
    }

    fn options_of(&self, ride: RideIx) -> impl Iterator<Item = SlotIx> {
        self.rides[ride.at()].options.iter().map(|option| option.slot)
    }

    /// The visits that may be added: for each request without a locked trip, the first of its rides stands for it, with
    /// each slot that it asks for.
    fn visits(&self) -> impl Iterator<Item = (&RequestFacts, RideIx, SlotIx)> {
        let added = self.requests.iter().filter(|request| !request.is_locked);
        let leads = added.filter_map(|request| Some((request, *request.rides.first()?)));
        leads.flat_map(|(request, ride)| self.options_of(ride).map(move |slot| (request, ride, slot)))
    }

    fn add_dates(&self, rows: &mut VisitRows) {
        let mut on_date: BTreeMap<(FamilyIx, DateIx), Vec<User>> = BTreeMap::new();
        for (ride, facts) in self.rides() {
            for slot in self.options_of(ride) {
                on_date.entry((facts.family, self.slots[slot.at()].date)).or_default().push((ride, slot, 1));
            }
        }
        for ((family, date), users) in on_date {
            if users.iter().any(|(ride, ..)| *ride != users[0].0) {
                rows.add(VisitRule::FamilyDate(family, date), 1, users);
            }
        }
    }

    /// A family has one visit in a slot at most, and so has a prisoner, so one unit for each of the two is exact.
    fn add_apart(&self, rows: &mut VisitRows) {
        for &(a, b) in self.never_same_slot {
            let of = |person: Person, at: SlotIx| -> Vec<User> {
                match person {
                    Person::Family(family) => {
                        let theirs = self.rides().filter(|(_, facts)| facts.family == family);
                        theirs
                            .filter(|(ride, _)| self.options_of(*ride).any(|slot| slot == at))
                            .map(|(ride, _)| (ride, at, 1))
                            .collect()
                    }
                    Person::Prisoner(prisoner) => self
                        .visits()
                        .filter(|(request, _, slot)| request.prisoner == Some(prisoner) && *slot == at)
                        .map(|(_, ride, slot)| (ride, slot, 1))
                        .collect(),
                    Person::Volunteer(_) => Vec::new(),
                }
            };
            for slot in (0..self.slots.len()).map(SlotIx::new) {
                let (of_a, of_b) = (of(a, slot), of(b, slot));
                if !of_a.is_empty() && !of_b.is_empty() {
                    rows.add(VisitRule::Apart { slot, a, b }, 1, of_a.into_iter().chain(of_b));
                }
            }
        }
    }

    fn add_prisoners(&self, rows: &mut VisitRows) {
        let mut of_prisoner: BTreeMap<PrisonerIx, Vec<(RideIx, SlotIx)>> = BTreeMap::new();
        for (request, ride, slot) in self.visits() {
            if let Some(prisoner) = request.prisoner {
                of_prisoner.entry(prisoner).or_default().push((ride, slot));
            }
        }
        for (prisoner, visits) in of_prisoner {
            let distinct =
                |visits: &[(RideIx, SlotIx)]| visits.iter().map(|(ride, _)| ride).collect::<BTreeSet<_>>().len();
            if let Some(left) = self.visits_left.get(prisoner.at()).copied().flatten()
                && distinct(&visits) > left as usize
            {
                rows.add(VisitRule::Visits(prisoner), left.into(), visits.iter().map(|&(ride, slot)| (ride, slot, 1)));
            }
            let slots = visits.iter().map(|(_, slot)| *slot).collect();
            for (start, slots) in self.largest_at_once(&slots) {
                let at_once: Vec<_> = visits.iter().copied().filter(|(_, slot)| slots.contains(slot)).collect();
                if distinct(&at_once) > 1 {
                    let users = at_once.into_iter().map(|(ride, slot)| (ride, slot, 1));
                    rows.add(VisitRule::AtOnce(prisoner, start), 1, users);
                }
            }
        }
    }

    /// Of some slots, the largest sets of which any two overlap, each with the slot that starts last.
    ///
    /// Intervals overlap pairwise if and only if one instant lies in all of them: the start of the last to begin.
    fn largest_at_once(&self, slots: &BTreeSet<SlotIx>) -> Vec<(SlotIx, BTreeSet<SlotIx>)> {
        let under_way = |start: SlotIx| {
            let instant = self.slots[start.at()].visit.0;
            let is_under_way = |slot: &SlotIx| {
                let (from, to) = self.slots[slot.at()].visit;
                *slot == start || (from <= instant && instant < to)
            };
            slots.iter().copied().filter(is_under_way).collect::<BTreeSet<_>>()
        };
        let sets: Vec<_> = slots.iter().map(|&start| (start, under_way(start))).collect();
        let is_largest = |&(at, (_, set)): &(usize, &(SlotIx, BTreeSet<SlotIx>))| {
            let mut others = sets.iter().enumerate();
            !others.any(|(other, (_, larger))| set.is_subset(larger) && (larger.len() > set.len() || other < at))
        };
        sets.iter().enumerate().filter(is_largest).map(|(_, set)| set.clone()).collect()
    }

    fn add_links(&self, rows: &mut VisitRows) {
        for request in self.requests {
            let [first, further @ ..] = &*request.rides else { continue };
            for &ride in further.iter().filter(|ride| self.rides[ride.at()].is_joint) {
                for slot in self.options_of(*first) {
                    rows.add(VisitRule::Together(ride, slot), 0, [(*first, slot, 1), (ride, slot, -1)]);
                }
            }
        }
    }
}
