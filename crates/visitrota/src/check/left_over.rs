//! Whom no trip can take: requests, volunteers, and how many they are.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{
    Code, FamilyId, Finding, Problem, Reason, Rule, lacking, lacking_for_some, lacks_what_all_need, listed,
};
use visitrota_solver::{IdleVolunteer, idle_volunteers};
use visitrota_travel::TravelTable;

/// What can be said for sure of a problem, though part of it may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sure {
    /// Whether no trip can serve a request.
    pub(super) requests: bool,
    /// Whether no trip can take a volunteer; otherwise, whether they lack what is asked of all who do what they do.
    pub(super) volunteers: bool,
}

impl Sure {
    pub(super) const ALL: Self = Self { requests: true, volunteers: true };
}

/// Says whether to stop looking.
pub(super) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Whom no trip can take, as far as that is sure; what is found already is not said again. Once `stop` says so, those
/// found by then, who are not counted.
pub(super) fn left_over(problem: &Problem, found: &[Finding], sure: Sure, stop: Stop<'_>) -> Vec<Finding> {
    let Ok(travel) = TravelTable::new(problem) else { return Vec::new() };
    let mut findings = Vec::new();
    let unserved = if sure.requests { unserved(problem, &travel, found, stop, &mut findings) } else { BTreeSet::new() };
    let idle = idle(problem, &travel, found, sure, stop, &mut findings);
    if !stop() {
        findings.extend(left_out(problem, &idle, &unserved));
    }
    findings
}

/// The elements of a list of which this is told already.
fn told_of(found: &[Finding], code: Code, list: &str) -> BTreeSet<usize> {
    let told = found.iter().filter(|finding| finding.code == code).map(|finding| Finding::element(&finding.path));
    told.filter(|(of, _)| *of == list).filter_map(|(_, at)| at).collect()
}

/// The requests that no trip could serve; returned are their positions.
fn unserved(
    problem: &Problem,
    travel: &TravelTable,
    found: &[Finding],
    stop: Stop<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeSet<usize> {
    let told = told_of(found, Code::NobodyCanServe, "requests");
    let positions: BTreeMap<_, _> = problem.requests.iter().enumerate().map(|(n, request)| (&request.id, n)).collect();
    let mut unserved = BTreeSet::new();
    for unmet in visitrota_solver::unservable(problem, travel, stop) {
        let Some(&at) = positions.get(&unmet.request) else { continue };
        unserved.insert(at);
        if told.contains(&at) {
            continue;
        }
        let rules = unmet.reasons.iter().filter_map(|reason| match reason {
            Reason::Blocked { rule, times: 0 } => Some(rule.to_string()),
            Reason::Blocked { rule, times: 1 } => Some(format!("{rule} (for 1 choice of slot and driver)")),
            Reason::Blocked { rule, times } => Some(format!("{rule} (for {times} choices of slot and driver)")),
            Reason::CostsTooMuch | Reason::LostToCompetition { .. } => None,
        });
        let rules: Vec<String> = rules.collect();
        let families = problem.requests.get(at).map(|request| request.families.as_slice()).unwrap_or_default();
        let ids: Vec<_> = families.iter().map(FamilyId::to_string).collect();
        let message = format!(
            "No volunteer can serve request {} of {}, even without other trips: {}.",
            unmet.request,
            listed(&ids),
            rules.join("; ")
        );
        let remedy =
            "Maybe ask for another slot, or find another volunteer or car; until then the visit cannot be met.";
        let finding = Finding::warning(Code::NobodyCanServe, format!("requests[{at}]"), message, remedy);
        let named = problem.families.iter().filter(|family| families.contains(&family.id));
        let finding = named.fold(finding, |finding, family| finding.naming(family.id.as_str(), &family.name));
        findings.push(finding.with_value(&unmet.request));
    }
    unserved
}

/// The volunteers whom no trip could take; returned are their positions.
fn idle(
    problem: &Problem,
    travel: &TravelTable,
    found: &[Finding],
    sure: Sure,
    stop: Stop<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeSet<usize> {
    let told = told_of(found, Code::IdleVolunteer, "volunteers");
    let positions: BTreeMap<_, _> = problem.volunteers.iter().enumerate().map(|(n, v)| (&v.id, n)).collect();
    let mut idle = BTreeSet::new();
    for IdleVolunteer { volunteer: id, rules } in idle_volunteers(problem, travel, stop) {
        let Some(&at) = positions.get(&id) else { continue };
        if !sure.volunteers && !lacks_what_all_need(problem, &problem.volunteers[at]) {
            continue;
        }
        idle.insert(at);
        if told.contains(&at) {
            continue;
        }
        let volunteer = &problem.volunteers[at];
        let (can, asks) = match volunteer.drives() {
            Some(_) => ("can drive nobody", "nobody asks for a visit that they could drive to"),
            None => ("can accompany nobody", "no children who need a chaperone ask for a visit"),
        };
        let lacks = |rule: &Rule| matches!(rule, Rule::DriverLacks | Rule::NoChaperone);
        let mut why = if rules.iter().any(lacks) { lacking(problem, volunteer) } else { Vec::new() };
        if why.is_empty() {
            let for_some = if rules.iter().any(lacks) { lacking_for_some(problem, volunteer) } else { Vec::new() };
            let is_told = |rule: &&Rule| !for_some.is_empty() && lacks(rule);
            why = rules.iter().filter(|rule| !is_told(rule)).map(Rule::to_string).collect();
            why.extend(for_some);
        }
        if why.is_empty() {
            why.push(asks.to_owned());
        }
        let message = format!("The volunteer {id} {can} this week: {}.", why.join("; "));
        let remedy = "Mend what stands in the way; if it is right, they have a week off.";
        let finding = Finding::warning(Code::IdleVolunteer, format!("volunteers[{at}]"), message, remedy);
        findings.push(finding.with_value(&id).naming(id.as_str(), &volunteer.name));
    }
    idle
}

/// How many people no trip can take, and who they are.
fn left_out(problem: &Problem, idle: &BTreeSet<usize>, unserved: &BTreeSet<usize>) -> Option<Finding> {
    let asked = |served: bool| {
        let requests = problem.requests.iter().enumerate().filter(move |(n, _)| unserved.contains(n) != served);
        requests.flat_map(|(_, request)| &request.families).collect::<BTreeSet<_>>()
    };
    let (lost, served) = (asked(false), asked(true));
    let families: Vec<_> =
        problem.families.iter().filter(|family| lost.contains(&family.id) && !served.contains(&family.id)).collect();
    let volunteers: Vec<_> = idle.iter().filter_map(|at| problem.volunteers.get(*at)).collect();
    let told = |number: usize, of: usize, what: &str, ids: Vec<&str>| {
        (number > 0).then(|| format!("{number} of {of} {what} ({})", ids.join(", ")))
    };
    let of_volunteers = volunteers.iter().map(|volunteer| volunteer.id.as_str()).collect();
    let of_families = families.iter().map(|family| family.id.as_str()).collect();
    let counted = [
        told(volunteers.len(), problem.volunteers.len(), "volunteers", of_volunteers),
        told(families.len(), problem.families.len(), "families", of_families),
    ];
    let counted: Vec<_> = counted.into_iter().flatten().collect();
    if counted.is_empty() {
        return None;
    }
    let message = format!("No trip can take {} this week.", counted.join(" and "));
    let remedy = "Why is told of each below; mend what is not meant.";
    let mut finding = Finding::warning(Code::LeftOut, "", message, remedy);
    for volunteer in volunteers {
        finding = finding.naming(volunteer.id.as_str(), &volunteer.name);
    }
    for family in families {
        finding = finding.naming(family.id.as_str(), &family.name);
    }
    Some(finding)
}
