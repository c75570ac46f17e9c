//! In which cars the families of one visit could ride to a slot: in one, or in several (§5.1).

use std::collections::{BTreeMap, BTreeSet};

use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::trip::enumerate::crews_in_company;
use crate::trip::reach::may_take_in_some_trip;
use crate::trip::{Crew, feasible};

/// Some rides of a visit, by their positions in it, as bits.
type Part = u32;

/// Who takes a part of a visit.
type Volunteers = (VolunteerIx, Option<VolunteerIx>);

/// Whether trips could take all of some rides, those of one visit, to a slot: each rides in one of them, and nobody is
/// out on two of them, since all go at one time. `None` where that takes too long to decide.
pub(super) fn some_cars_take(instance: &Instance<'_>, slot: SlotIx, rides: &[RideIx]) -> Option<bool> {
    let may_ride =
        |ride: RideIx| instance.volunteer_ixs().any(|driver| may_take_in_some_trip(instance, driver, slot, ride));
    if !rides.iter().all(|&ride| may_ride(ride)) {
        return Some(false);
    }
    match cars_take_alone(instance, slot, rides) {
        Some(false) => {}
        decided => return decided,
    }
    // In the company of other families a ride may be shorter.
    let mut by_part: BTreeMap<Part, BTreeSet<Volunteers>> = BTreeMap::new();
    for (crew, riding) in crews_in_company(instance, rides, slot)? {
        let part = (0..rides.len()).filter(|&nth| riding.contains(&rides[nth])).fold(0, |part, nth| part | 1 << nth);
        by_part.entry(part).or_default().insert((crew.driver, crew.chaperone));
    }
    Parting::new(rides, |part| by_part.remove(&part).into_iter().flatten().collect()).all()
}

/// Whether trips without other families could take all of some rides, those of one visit, to a slot. `None` where that
/// takes too long to decide, or where planning must end.
pub(super) fn cars_take_alone(instance: &Instance<'_>, slot: SlotIx, rides: &[RideIx]) -> Option<bool> {
    /// The most families of a visit for which every way to part them is tried.
    const MOST: usize = 8;
    if rides.len() > MOST {
        return None;
    }
    let all = Parting::new(rides, |part| crews(instance, slot, &in_part(rides, part))).all();
    instance.stop.check().ok().and(all)
}

/// Everybody who could take some rides to a slot in one car, without other families.
pub(super) fn crews(instance: &Instance<'_>, slot: SlotIx, group: &[RideIx]) -> Vec<Volunteers> {
    let escorted = instance.needs_chaperone(group);
    let chaperones: Vec<Option<VolunteerIx>> =
        if escorted { instance.volunteer_ixs().map(Some).collect() } else { vec![None] };
    let drivers = instance
        .volunteer_ixs()
        .filter(|&driver| group.iter().all(|&ride| may_take_in_some_trip(instance, driver, slot, ride)));
    let all = drivers.flat_map(|driver| chaperones.iter().map(move |&chaperone| (driver, chaperone)));
    let all = all.take_while(|_| !instance.stop.now());
    all.filter(|&(driver, chaperone)| feasible(instance, Crew { driver, chaperone, slot }, group).is_ok()).collect()
}

/// Whether none of some volunteers is among others.
pub(super) fn are_disjoint(one: Volunteers, other: Volunteers) -> bool {
    let is_other = |volunteer| volunteer != other.0 && Some(volunteer) != other.1;
    is_other(one.0) && one.1.is_none_or(is_other)
}

fn in_part(rides: &[RideIx], part: Part) -> Vec<RideIx> {
    (0..rides.len()).filter(|&nth| part & 1 << nth != 0).map(|nth| rides[nth]).collect()
}

/// The ways to part a visit into cars, tried one after the other.
struct Parting<F> {
    all: Part,
    /// Everybody who could take a part.
    crews: F,
    known: BTreeMap<Part, Vec<Volunteers>>,
    /// How many more choices are looked at.
    work: u32,
}

impl<F: FnMut(Part) -> Vec<Volunteers>> Parting<F> {
    fn new(rides: &[RideIx], crews: F) -> Self {
        /// Enough for any visit but one of many households with hundreds of volunteers who fall short by a little.
        const WORK: u32 = 1_000_000;
        Self { all: (1 << rides.len()) - 1, crews, known: BTreeMap::new(), work: WORK }
    }

    /// Whether there is a way; `None` where that takes too long to decide.
    fn all(&mut self) -> Option<bool> {
        self.rest(self.all, &mut Vec::new())
    }

    /// Whether the rest can be taken beside the cars that are out already.
    fn rest(&mut self, left: Part, out: &mut Vec<Volunteers>) -> Option<bool> {
        if left == 0 {
            return Some(true);
        }
        let first = left & left.wrapping_neg();
        let mut part = left;
        // Every part of what is left that has its first ride, the largest first.
        while part != 0 {
            if part & first != 0 {
                let crews = self.known.entry(part).or_insert_with(|| (self.crews)(part)).clone();
                for crew in crews {
                    self.work = self.work.checked_sub(1)?;
                    if out.iter().all(|other| are_disjoint(crew, *other)) {
                        out.push(crew);
                        if self.rest(left & !part, out)? {
                            return Some(true);
                        }
                        out.pop();
                    }
                }
            }
            part = (part - 1) & left;
        }
        Some(false)
    }
}
