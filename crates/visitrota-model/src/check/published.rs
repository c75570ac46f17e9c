//! What was announced: that each entry is one ride's, and its times can be meant.

use std::collections::HashMap;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Problem, Published, Request};
use crate::time::{WallTime, Zone};

/// An announced time further from the visit than this is hardly meant.
const FAR_MIN: i64 = 12 * 60;

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    for (n, published) in problem.published.iter().enumerate() {
        let Some(request) = index.requests.get(published.request.as_str()) else { continue };
        let Some(family) = published.family_of(request) else {
            let message = format!(
                "What was published for {} does not say whose ride it is: several families make that visit.",
                request.id
            );
            let path = format!("published[{n}].family");
            let remedy = "Name the family, with an entry for each ride.";
            found.push(Finding::error(Code::MissingField, path, message, remedy));
            continue;
        };
        if !request.families.contains(family) {
            // That there is no such family at all is told elsewhere.
            if index.families.contains_key(family.as_str()) {
                let message = format!(
                    "What was published for {} names the family {family}, which is none of that request's. It is passed \
                     over.",
                    request.id
                );
                let path = format!("published[{n}].family");
                let remedy = "Name one of its families, or take the entry away.";
                found.push(Finding::warning(Code::UnknownId, path, message, remedy).with_value(family));
            }
            continue;
        }
        let first = *seen.entry((request.id.as_str(), family.as_str())).or_insert(n);
        if first == n {
            times(problem.timezone, index, n, published, request, found);
        } else {
            let whose = if request.is_joint() { format!(" for the family {family}") } else { String::new() };
            let message =
                format!("The request {} is published twice{whose}: here, and in published[{first}].", request.id);
            let path = format!("published[{n}].request");
            let remedy = "Keep what was announced last.";
            let finding = Finding::error(Code::FieldConflict, path, message, remedy).with_value(&request.id);
            found.push(finding.mentioning(format!("published[{first}]")));
        }
    }
}

/// That the car was to come before the visit and come home after it, and not on another day.
fn times(zone: Zone, index: &Index<'_>, n: usize, published: &Published, request: &Request, found: &mut Findings) {
    let Some(slot) = index.slot(&published.slot) else { return };
    let minutes = |from: WallTime, to: WallTime| zone.instant(to).0 - zone.instant(from).0;
    let pickup = published.pickup.map(|time| ("pickup", time, minutes(time, slot.start), "starts", slot.start));
    let home = published.home.map(|time| ("home", time, minutes(slot.end, time), "ends", slot.end));
    for (field, time, between, when, visit) in pickup.into_iter().chain(home) {
        if (0..=FAR_MIN).contains(&between) {
            continue;
        }
        let (id, slot) = (&request.id, &slot.id);
        let message =
            format!("For {id}, `{field}` was published as {time}; the visit in the slot {slot} {when} at {visit}.");
        let path = format!("published[{n}].{field}");
        let remedy = "Mend the time, if it is wrong; as it stands, any rota changes it.";
        found.push(Finding::warning(Code::OddTime, path, message, remedy).with_value(time));
    }
}
