//! How a request could be served otherwise: plans that serve it, by another driver or in another slot.

use visitrota_model::{
    Alternative, Bounds, FamilyId, Pin, Problem, Request, RequestId, Rota, SlotId, Trip, VolunteerId,
};
use visitrota_travel::TravelTable;

use super::ask::{Answer, bounds, lost};
use super::served::{is_served_by_locked, rides_of};

/// A plan to be made, with a request served, and by this driver or in this slot where named.
pub(super) struct Plan<'a> {
    pub(super) request: &'a RequestId,
    pub(super) driver: Option<&'a VolunteerId>,
    /// Of families who visit together, the one that the driver is to take.
    family: Option<&'a FamilyId>,
    slot: Option<&'a SlotId>,
}

impl<'a> Plan<'a> {
    pub(super) fn serve(request: &'a RequestId) -> Self {
        Self { request, driver: None, family: None, slot: None }
    }

    pub(super) fn problem(&self, problem: &Problem) -> Problem {
        let mut changed = problem.clone();
        let mut pin = Pin::new(self.request.clone());
        (pin.slot, pin.driver, pin.family) = (self.slot.cloned(), self.driver.cloned(), self.family.cloned());
        changed.pins.push(pin);
        changed
    }

    /// Whether any trip could do it, whatever the rest of the rota; also where `stop` says so.
    pub(super) fn possible(&self, problem: &Problem, travel: &TravelTable, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        stop() || visitrota_solver::servable(&self.problem(problem), travel, self.request, stop)
    }

    /// The trip of a rota that does it.
    fn trip<'r>(&self, problem: &Problem, rota: &'r Rota) -> Option<&'r Trip> {
        let carries = |trip: &&Trip| {
            let family = |family: &FamilyId| rides_of(problem, trip).contains(&(self.request, family));
            trip.requests.contains(self.request) && self.family.is_none_or(family)
        };
        rota.trips.iter().find(carries)
    }
}

/// The plans that find the best other driver, and the best other slot, of a request that some trips of a rota serve.
/// There are none where one of them is locked.
pub(super) fn otherwise<'a>(
    problem: &'a Problem,
    request: &'a Request,
    rota: &'a Rota,
    trips: &[usize],
) -> Vec<Plan<'a>> {
    let pinned = || problem.pins.iter().filter(|pin| pin.request == request.id);
    let mut plans = Vec::new();
    if is_served_by_locked(problem, &request.id) {
        return plans;
    }
    for trip in trips.iter().map(|&trip| &rota.trips[trip]) {
        for family in request.families_in(trip) {
            let speaks = |pin: &Pin| pin.driver.is_some() && pin.family.as_ref().is_none_or(|named| named == family);
            if pinned().any(speaks) {
                continue;
            }
            let others = problem.volunteers.iter().filter(|volunteer| volunteer.id != trip.driver);
            let drivers = others.filter(|volunteer| volunteer.drives().is_some());
            let family = request.is_joint().then_some(family);
            plans.extend(drivers.map(|volunteer| Plan {
                driver: Some(&volunteer.id),
                family,
                ..Plan::serve(&request.id)
            }));
        }
    }
    if pinned().all(|pin| pin.slot.is_none()) {
        let has = |slot: &SlotId| trips.iter().any(|&trip| rota.trips[trip].slot == *slot);
        let others = request.options.iter().filter(|option| !has(&option.slot));
        plans.extend(others.map(|option| Plan { slot: Some(&option.slot), ..Plan::serve(&request.id) }));
    }
    plans
}

/// The best of the answers to what could be otherwise.
pub(super) fn alternative(problem: &Problem, best: Bounds, answers: &[&(Plan<'_>, Answer)]) -> Alternative {
    let mut found: Option<(&Rota, &Trip)> = None;
    let mut most: Option<i64> = None;
    for (plan, answer) in answers {
        match answer {
            Answer::Rota(rota) => {
                most = most.max(Some(bounds(rota).most));
                let Some(trip) = plan.trip(problem, rota) else { continue };
                if found.is_none_or(|(other, _)| other.score < rota.score) {
                    found = Some((rota, trip));
                }
            }
            Answer::Contradiction(_) => {}
            Answer::Unknown => return Alternative::Unknown,
        }
    }
    let (Some((rota, trip)), Some(most)) = (found, most) else { return Alternative::None };
    let score = within(Bounds { least: rota.score, most }, best);
    Alternative::Costs { driver: trip.driver.clone(), slot: trip.slot.clone(), score, lost: lost(best, score) }
}

/// What is proven of a score that no more than the best can be.
pub(super) fn within(score: Bounds, best: Bounds) -> Bounds {
    Bounds { least: score.least, most: score.most.min(best.most) }
}
