//! Why a visit stays unmet, in words.

use visitrota::{Reason, Status};

use super::text::{count, grouped, paragraph};

/// The reasons, each on a line of its own.
pub(super) fn lines(out: &mut String, reasons: &[Reason], status: Status, width: usize) {
    let mut rules: Vec<(String, String)> = Vec::new();
    for reason in reasons {
        match reason {
            Reason::Blocked { rule, times: 0 } => rules.push((String::new(), rule.to_string())),
            Reason::Blocked { rule, times } => rules.push((format!("{} × ", grouped(times)), rule.to_string())),
            Reason::CostsTooMuch => {
                let text = "It could be served, but each trip that could costs at least the points that it brings.";
                paragraph(out, "    ", text, width);
            }
            Reason::LostToCompetition { trips } => paragraph(out, "    ", &lost(*trips, status), width),
        }
    }
    if reasons.is_empty() {
        paragraph(out, "    ", "Planning ended before it was known whether it could be met.", width);
    }
    if rules.is_empty() {
        return;
    }
    let counted = rules.iter().any(|(times, _)| !times.is_empty());
    let ways = if counted { " of each slot asked for with each driver" } else { "" };
    paragraph(out, "    ", &format!("No trip can serve it. What stands in the way{ways}:"), width);
    let wide = rules.iter().map(|(times, _)| times.chars().count()).max().unwrap_or_default();
    for (times, rule) in rules {
        paragraph(out, &format!("      {times:>wide$}"), &rule, width);
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

#[cfg(test)]
mod tests {
    use visitrota::Rule;

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
