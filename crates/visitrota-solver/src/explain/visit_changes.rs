//! What would have to change for a request's visit to take place in a slot at all, whoever drives (§4.2, §4.4, §5.2,
//! §5.5).

use visitrota_model::{Change, ChildrenAlone};

use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx};

/// What would have to change whoever takes a request to a slot. None where something is in the way that cannot be
/// changed: a pin (§5.4), a locked trip (§5.6), or that children alone are not carried (§4.3).
pub(super) fn visit_changes(instance: &Instance<'_>, request: RequestIx, slot: SlotIx) -> Option<Vec<Change>> {
    let request = &instance.requests[request.at()];
    for &ride in &request.rides {
        let pin = instance.rides[ride.at()].pin;
        let pinned_elsewhere = pin.and_then(|pin| pin.slot).is_some_and(|pinned| pinned != slot);
        let alone = instance.family(ride).child_only && instance.policy.children_alone == ChildrenAlone::Never;
        if pinned_elsewhere || alone || instance.is_shut_out(ride, slot) {
            return None;
        }
    }
    let problem = instance.problem;
    let prison = problem.prisons.get(instance.slots[slot.at()].prison)?;
    let date = problem.slots[slot.at()].start.date();
    let families = || request.families.iter().map(|family| &problem.families[family.at()]);
    let mut changes = Vec::new();
    // §4.2
    let mut required: Vec<&String> = problem.policy.family_requires.iter().chain(&prison.visitor_requires).collect();
    required.sort_unstable();
    required.dedup();
    for family in families() {
        for what in required.iter().filter(|what| !family.holds_on(what, date)) {
            let held = family.holds.iter().filter(|hold| hold.what == **what);
            let was = held.filter_map(|hold| hold.until).max();
            changes.push(Change::Consent { family: family.id.clone(), what: (*what).clone(), was, until: date });
        }
    }
    // §4.4
    let accompanying = families().filter(|family| family.child_only()).count();
    let members = || families().flat_map(|family| &family.members);
    let adults = members().filter(|member| member.age >= prison.adult_age).count();
    for (adults, people, was) in [(false, members().count(), prison.max_visitors), (true, adults, prison.max_adults)] {
        let to = u32::try_from(people + accompanying).ok()?;
        if to > was {
            changes.push(Change::Admit { prison: prison.id.clone(), adults, was, to });
        }
    }
    // §5.2
    let locked = instance.locked.slots();
    if instance.slots[slot.at()].tables == Some(0) {
        let facts = &problem.slots[slot.at()];
        let in_slot = locked.values().filter(|&&other| other == slot).count();
        let (was, to) = (facts.tables?, u32::try_from(in_slot + 1).ok()?);
        changes.push(Change::Tables { slot: facts.id.clone(), was, to });
    }
    // §5.5
    if let Some(prisoner) = request.prisoner.filter(|prisoner| instance.visits_left[prisoner.at()] == Some(0)) {
        let facts = &problem.prisoners[prisoner.at()];
        let visits = locked.keys().filter(|request| instance.requests[request.at()].prisoner == Some(prisoner)).count();
        let (was, to) = (facts.visits?, u32::try_from(visits + 1).ok()?);
        changes.push(Change::Visits { prisoner: facts.id.clone(), was, to });
    }
    Some(changes)
}
