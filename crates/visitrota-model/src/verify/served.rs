//! Who visits in a rota: the requests served, and who rides to them.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::Clause;
use super::facts::Facts;
use super::outing::Outing;
use super::report::Report;
use crate::problem::Request;

/// The requests served and the rides to them, each as its first trip has it.
#[derive(Default)]
pub(super) struct Served<'a, 'o> {
    pub(super) requests: BTreeMap<&'a str, Visit<'a>>,
    rides: BTreeMap<(&'a str, &'a str), &'o Outing<'a>>,
}

/// A request that is served.
#[derive(Clone, Copy)]
pub(super) struct Visit<'a> {
    pub(super) request: &'a Request,
    pub(super) slot: &'a str,
    /// Whether a locked trip carries a family of it (§5.6).
    pub(super) locked: bool,
}

impl<'a, 'o> Served<'a, 'o> {
    /// §5.1: each request is served whole or not at all, and each of its families in one trip.
    pub(super) fn read(facts: &Facts<'a>, outings: &'o [Outing<'a>], report: &mut Report) -> Self {
        let mut served = Self::default();
        for outing in outings {
            outing.party.rides.iter().for_each(|ride| {
                let (id, family) = (ride.request.id.as_str(), ride.family.id.as_str());
                if served.rides.contains_key(&(id, family)) {
                    report.add(Clause::ServedTwice, format!("request {id} of family {family} is served twice"));
                    return;
                }
                served.rides.insert((id, family), outing);
                let (slot, locked) = (outing.party.trip.slot.as_str(), outing.party.locked);
                let visit = served.requests.entry(id).or_insert(Visit { request: ride.request, slot, locked });
                visit.locked |= locked;
                if visit.slot != slot {
                    let message = format!(
                        "family {family} goes to slot {slot} for request {id}, and others of it to {}",
                        visit.slot
                    );
                    report.add(Clause::TwoSlots, message);
                }
            });
        }
        served.left_behind(facts, report);
        served
    }

    /// §5.1 and §5.6: only where a locked trip carries some of a request may others of it stay behind.
    fn left_behind(&self, facts: &Facts<'a>, report: &mut Report) {
        for (id, visit) in self.requests.iter().filter(|(_, visit)| !visit.locked) {
            let families: BTreeSet<_> = visit.request.families.iter().map(|family| family.as_str()).collect();
            for family in families.into_iter().filter(|family| facts.families.contains_key(family)) {
                if self.ride(id, family).is_none() {
                    report.add(Clause::LeftBehind, format!("request {id} is served, and its family {family} is not"));
                }
            }
        }
    }

    /// The trip in which a family rides to a request's visit.
    pub(super) fn ride(&self, request: &str, family: &str) -> Option<&'o Outing<'a>> {
        self.rides.get(&(request, family)).copied()
    }

    /// Every ride, by request and family.
    pub(super) fn rides(&self) -> impl Iterator<Item = (&'a str, &'a str, &'o Outing<'a>)> + use<'_, 'a, 'o> {
        self.rides.iter().map(|(&(request, family), &outing)| (request, family, outing))
    }
}
