//! Why a visit stays unmet, in words.

use visitrota::{Reason, Rule, Status};

use super::text::{count, grouped, paragraph};

/// The reasons, each on a line of its own.
pub(super) fn lines(out: &mut String, reasons: &[Reason], status: Status, width: usize) {
    let mut rules: Vec<(String, &str)> = Vec::new();
    for reason in reasons {
        match reason {
            Reason::Blocked { rule, times: 0 } => rules.push((String::new(), words(*rule))),
            Reason::Blocked { rule, times } => rules.push((format!("{} × ", grouped(times)), words(*rule))),
            Reason::LostToCompetition { trips } => paragraph(out, "    ", &lost(*trips, status), width),
        }
    }
    if rules.is_empty() {
        return;
    }
    let counted = rules.iter().any(|(times, _)| !times.is_empty());
    let ways = if counted { " of each slot asked for with each driver" } else { "" };
    paragraph(out, "    ", &format!("No trip can serve it. What stands in the way{ways}:"), width);
    let wide = rules.iter().map(|(times, _)| times.chars().count()).max().unwrap_or_default();
    for (times, rule) in rules {
        paragraph(out, &format!("      {times:>wide$}"), rule, width);
    }
}

fn lost(trips: u64, status: Status) -> String {
    let could = format!("{} could serve it", count(usize::try_from(trips).unwrap_or(usize::MAX), "trip"));
    let each = if trips == 1 { "it" } else { "each" };
    match status {
        Status::Optimal => format!("{could}, but {each} would take more from the rest of the rota than it brings."),
        Status::Feasible => format!("{could}, but none has a place in this rota; in a better one it might."),
    }
}

/// What stands in the way.
fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::NoSlot => "it asks for no slot of the week",
        Rule::NotADriver => "the volunteer does not drive, or has no car",
        Rule::Pinned => "a pin gives it another slot or driver",
        Rule::NeverTogether => "the family is never to ride with somebody on the trip",
        Rule::SharesNoCar => "a family does not share a car",
        Rule::TooManyFamilies => "more families than the driver takes",
        Rule::DriverLacks => "the driver lacks a check, permission or skill on the day",
        Rule::NoChaperone => "no chaperone may go who holds what is needed on the day",
        Rule::ChildrenAlone => "children are not carried without an adult of their family",
        Rule::TooFewAdults => "too few adults to go in with the children",
        Rule::VisitorsCap => "more visitors, or more adults, than the prison admits at a visit",
        Rule::Seats => "too few seats in the car",
        Rule::WheelchairSpaces => "too few wheelchair spaces in the car",
        Rule::Restraints => "too few child seats of a kind in the car",
        Rule::RideTime => "the family would ride for too long",
        Rule::DriverAway => "the driver is not available for the whole of the trip",
        Rule::ChaperoneAway => "no chaperone is available for the whole of the ride",
        Rule::FamilyAway => "the family is not available for the whole of the outing",
        Rule::DriverLimits => "the trip is more than the driver may do in a day or in the week",
        Rule::Tables => "the slot has no table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_counted_and_aligned() {
        let blocked = |rule, times| Reason::Blocked { rule, times };
        let mut out = String::new();
        lines(&mut out, &[blocked(Rule::DriverAway, 12), blocked(Rule::Restraints, 3)], Status::Optimal, 60);
        assert_eq!(
            out,
            "    No trip can serve it. What stands in the way of each\n    slot asked for with each driver:\n      \
             12 × the driver is not available for the whole of the\n           trip\n       \
             3 × too few child seats of a kind in the car\n"
        );
    }

    #[test]
    fn what_is_not_proven_is_not_claimed() {
        let told = |trips, status| {
            let mut out = String::new();
            lines(&mut out, &[Reason::LostToCompetition { trips }], status, 200);
            out.trim().to_owned()
        };
        assert_eq!(
            told(1, Status::Optimal),
            "1 trip could serve it, but it would take more from the rest of the rota than it brings."
        );
        assert_eq!(
            told(9, Status::Feasible),
            "9 trips could serve it, but none has a place in this rota; in a better one it might."
        );
    }
}
