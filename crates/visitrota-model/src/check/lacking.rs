//! What a volunteer lacks on every day with a slot, and the word that was likely meant by one that they hold.

use std::collections::BTreeMap;

use crate::nearest::likely;
use crate::problem::{Problem, Role, Volunteer};
use crate::time::Date;

/// What a volunteer lacks all week of what the scheme asks of their roles, in words: `holds ‘licenc’, and ‘licence’ is
/// asked for`. Nothing where it lacks nothing; of a driver without fault, what families and prisons ask for besides and
/// that is held under a likely other word.
#[must_use]
pub fn lacking(problem: &Problem, volunteer: &Volunteer) -> Vec<String> {
    let mut told = Told::of_all(problem, volunteer);
    if told.words.is_empty() {
        let needs = problem.families.iter().flat_map(|family| &family.needs);
        let escort = problem.prisons.iter().flat_map(|prison| &prison.escort_requires);
        for what in needs.chain(escort).chain(&problem.policy.child_only_requires) {
            told.ask(what, false);
        }
    }
    told.words
}

/// What a volunteer lacks all week of what only some visits ask for, in words: `F3 needs ‘welsh’`.
#[must_use]
pub fn lacking_for_some(problem: &Problem, volunteer: &Volunteer) -> Vec<String> {
    const FEW: usize = 3;
    let lacks = |what: &str| !problem.slots.iter().any(|slot| volunteer.holds_on(what, slot.start.date()));
    let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let needs = problem.families.iter().flat_map(|family| family.needs.iter().map(|what| (what, family.id.as_str())));
    for (what, family) in needs.filter(|(what, _)| volunteer.drives().is_some() && lacks(what)) {
        asked.entry(what).or_default().push(family);
    }
    let of_families = asked.into_iter().map(|(what, families)| {
        let more = families.len().saturating_sub(FEW);
        let some = families.iter().take(FEW).copied().collect::<Vec<_>>().join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{some}{more} {} `{what}`", if families.len() == 1 { "needs" } else { "need" })
    });
    let escort = problem.prisons.iter().flat_map(|prison| prison.escort_requires.iter().map(|what| (what, &prison.id)));
    let of_children = problem.policy.child_only_requires.iter().filter(|what| lacks(what));
    let of_children = of_children.map(|what| format!("`{what}` is asked of whoever goes with children alone"));
    let at_prisons = escort.filter(|(what, _)| lacks(what));
    let at_prisons =
        at_prisons.map(|(what, prison)| format!("`{what}` is asked of whoever goes with children alone to {prison}"));
    of_families.chain(of_children).chain(at_prisons).collect()
}

/// Whether a volunteer lacks all week what is asked of everybody in their roles, whoever asks for a visit.
#[must_use]
pub fn lacks_what_all_need(problem: &Problem, volunteer: &Volunteer) -> bool {
    !Told::of_all(problem, volunteer).words.is_empty()
}

struct Told<'a> {
    problem: &'a Problem,
    volunteer: &'a Volunteer,
    asked: Vec<&'a str>,
    words: Vec<String>,
}

impl<'a> Told<'a> {
    /// What is asked of everybody in a volunteer's roles.
    fn of_all(problem: &'a Problem, volunteer: &'a Volunteer) -> Self {
        let policy = &problem.policy;
        let drives = volunteer.drives().is_some();
        let accompanies = volunteer.roles.contains(&Role::Chaperone);
        let of_drivers = policy.driver_requires.iter().filter(|_| drives);
        let of_chaperones = policy
            .chaperone_requires
            .iter()
            .chain(&problem.policy.child_only_requires)
            .filter(|_| accompanies && !drives);
        let mut told = Told { problem, volunteer, asked: Vec::new(), words: Vec::new() };
        for what in of_drivers.chain(of_chaperones) {
            told.ask(what, true);
        }
        told
    }

    /// Says that something is lacking, if it is on every day: what is asked of all, or only what is likely misspelt.
    fn ask(&mut self, what: &'a str, of_all: bool) {
        let Self { problem, volunteer, asked, .. } = self;
        let held = |date: Date| volunteer.holds_on(what, date);
        if asked.contains(&what) || problem.slots.iter().any(|slot| held(slot.start.date())) {
            return;
        }
        let policy = &problem.policy;
        let is_word = |other: &str| {
            let known = policy.driver_requires.iter().chain(&policy.chaperone_requires);
            known.chain(&problem.policy.child_only_requires).any(|known| known == other)
        };
        let others = volunteer.holds.iter().map(|hold| hold.what.as_str()).filter(|other| !is_word(other));
        let ended = volunteer.holds.iter().filter(|hold| hold.what == what).filter_map(|hold| hold.until).max();
        let words = match (likely(what, others), ended) {
            (_, Some(until)) if of_all => Some(format!("`{what}` ran out: its last day was {}", until.long())),
            (Some(other), None) => Some(format!("holds `{other}`, and `{what}` is asked for")),
            (None, None) if of_all => Some(format!("does not hold `{what}`")),
            _ => None,
        };
        self.words.extend(words);
        self.asked.push(what);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::testing::edited;

    fn of_first(holds: Value) -> Vec<String> {
        let problem: Problem = serde_json::from_value(edited(&[("/volunteers/0/holds", holds)])).unwrap();
        lacking(&problem, &problem.volunteers[0])
    }

    #[test]
    fn the_likely_word_is_named() {
        let all = json!([{"what": "dbs"}, {"what": "insurance"}, {"what": "licence"}]);
        assert!(of_first(all).is_empty());
        assert_eq!(
            of_first(json!([{"what": "DBS"}, {"what": "insurance"}, {"what": "license"}])),
            ["holds `DBS`, and `dbs` is asked for", "holds `license`, and `licence` is asked for"]
        );
        assert_eq!(
            of_first(json!([{"what": "dbs", "until": "2026-11-30"}, {"what": "licence"}])),
            ["`dbs` ran out: its last day was Mon 30 Nov 2026", "does not hold `insurance`"]
        );
        // What one family asks for is no fault, unless it is held under another word.
        let most = json!([{"what": "dbs"}, {"what": "insurance"}, {"what": "licence"}, {"what": "welch"}]);
        assert_eq!(of_first(most), ["holds `welch`, and `welsh` is asked for"]);
    }

    #[test]
    fn what_some_ask_for_is_named() {
        let edits = [("/volunteers/0/holds", json!([{"what": "dbs"}])), ("/families/0/needs", json!(["welsh"]))];
        let problem: Problem = serde_json::from_value(edited(&edits)).unwrap();
        let told = lacking_for_some(&problem, &problem.volunteers[0]);
        let family = &problem.families[0].id;
        assert!(told.iter().any(|told| told.contains("`welsh`") && told.contains(family.as_str())), "{told:?}");
    }
}
