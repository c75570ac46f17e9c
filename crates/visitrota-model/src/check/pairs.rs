//! Pairs: that each joins those whom its rule is about, and says something new.

use std::collections::HashMap;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::id::RequestId;
use crate::problem::{Pair, PairRule, Problem, Request};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Family,
    Volunteer,
    Prisoner,
    Prison,
    MeetingPoint,
}

impl Who {
    fn rides(self) -> bool {
        matches!(self, Self::Family | Self::Volunteer)
    }

    fn called(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Volunteer => "volunteer",
            Self::Prisoner => "prisoner",
            Self::Prison => "prison",
            Self::MeetingPoint => "meeting point",
        }
    }
}

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut seen: HashMap<(&str, &str, PairRule), usize> = HashMap::new();
    let joint = joint_requests(problem);
    for (n, pair) in problem.pairs.iter().enumerate() {
        let path = format!("pairs[{n}]");
        let Pair { a, b, rule } = pair;
        if let Some((message, remedy)) = meaningless(pair, index) {
            found.push(Finding::error(Code::OddPair, path, message, remedy));
            continue;
        }
        if let Some(request) = of_one_request(pair, &joint) {
            let message = format!(
                "{a} and {b} are `never-same-slot`, and visit together in the request {request}: they are in its slot \
                 both, or not at all."
            );
            let remedy = "Take the pair away, or give each a request of its own; with `never` they go in two cars.";
            found.push(Finding::error(Code::OddPair, path, message, remedy));
            continue;
        }
        let (low, high) = if a <= b { (a.as_str(), b.as_str()) } else { (b.as_str(), a.as_str()) };
        if let Some(first) = seen.get(&(low, high, *rule)) {
            let message = format!("{a} and {b} are `{}` twice: here, and in pairs[{first}].", name(*rule));
            let finding = Finding::warning(Code::OddPair, path, message, "Take one of the two away.");
            found.push(finding.mentioning(format!("pairs[{first}]")));
            continue;
        }
        seen.insert((low, high, *rule), n);
        let other = match rule {
            PairRule::Usual => PairRule::Never,
            PairRule::Never => PairRule::Usual,
            PairRule::NeverSameSlot => continue,
        };
        if let Some(first) = seen.get(&(low, high, other)) {
            let message = format!("{a} and {b} are `usual` and `never` both: here, and in pairs[{first}].");
            let remedy = "Take one of the two away; as it stands they never ride together.";
            found.push(Finding::warning(Code::OddPair, path, message, remedy).mentioning(format!("pairs[{first}]")));
        }
    }
}

/// Why a pair says nothing that could be kept, and what it should say; nothing is said of ids that are unknown.
fn meaningless(pair: &Pair, index: &Index<'_>) -> Option<(String, &'static str)> {
    let Pair { a, b, rule } = pair;
    let who = |id: &str| {
        [
            (&Who::Family, index.families.contains_key(id)),
            (&Who::Volunteer, index.volunteers.contains_key(id)),
            (&Who::Prisoner, index.prisoners.contains_key(id)),
            (&Who::Prison, index.prisons.contains_key(id)),
            (&Who::MeetingPoint, index.points.contains_key(id)),
        ]
        .into_iter()
        .find_map(|(who, is)| is.then_some(*who))
    };
    let (first, second) = (who(a.as_str())?, who(b.as_str())?);
    let rule_name = name(*rule);
    if a == b {
        return Some((format!("The pair of rule `{rule_name}` joins {a} with itself."), "Name two, or take it away."));
    }
    let (holds, remedy) = match rule {
        PairRule::Usual => (first != second && first.rides() && second.rides(), "Name a family and a volunteer."),
        PairRule::Never => (first.rides() && second.rides(), "Name two, each a family or a volunteer."),
        PairRule::NeverSameSlot => {
            let alike = first == second && matches!(first, Who::Family | Who::Prisoner);
            (alike, "Name two families, or two prisoners.")
        }
    };
    let (one, other) = (first.called(), second.called());
    (!holds).then(|| (format!("The rule `{rule_name}` is not for the {one} {a} and the {other} {b}."), remedy))
}

/// The joint requests of each family.
fn joint_requests(problem: &Problem) -> HashMap<&str, Vec<&Request>> {
    let mut joint: HashMap<&str, Vec<&Request>> = HashMap::new();
    for request in problem.requests.iter().filter(|request| request.is_joint()) {
        for family in &request.families {
            joint.entry(family.as_str()).or_default().push(request);
        }
    }
    joint
}

/// The joint request that has both of two families that never share a slot, if there is one.
fn of_one_request<'a>(pair: &Pair, joint: &HashMap<&str, Vec<&'a Request>>) -> Option<&'a RequestId> {
    let of_a = joint.get(pair.a.as_str()).filter(|_| pair.rule == PairRule::NeverSameSlot)?;
    let both = of_a.iter().find(|request| request.families.iter().any(|family| family.as_str() == pair.b.as_str()));
    both.map(|request| &request.id)
}

fn name(rule: PairRule) -> &'static str {
    match rule {
        PairRule::Usual => "usual",
        PairRule::Never => "never",
        PairRule::NeverSameSlot => "never-same-slot",
    }
}
