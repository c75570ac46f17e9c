//! Why a visit stays unmet, in lines.

use visitrota::report::words;
use visitrota::rota::{Reason, Status};

use super::text::{grouped, paragraph};

/// The reasons, each on a line of its own.
pub(super) fn lines(out: &mut String, reasons: &[Reason], status: Status, width: usize) {
    let why = words::why(reasons, status);
    for sentence in &why.sentences {
        paragraph(out, "    ", sentence, width);
    }
    if why.rules.is_empty() {
        return;
    }
    paragraph(out, "    ", &why.rules_head, width);
    let counted = |times: Option<u32>| times.map_or_else(String::new, |times| format!("{} × ", grouped(times)));
    let rules: Vec<_> = why.rules.into_iter().map(|(times, rule)| (counted(times), rule)).collect();
    let wide = rules.iter().map(|(times, _)| times.chars().count()).max().unwrap_or_default();
    for (times, rule) in rules {
        paragraph(out, &format!("      {times:>wide$}"), &rule, width);
    }
}

#[cfg(test)]
mod tests {
    use visitrota::rota::Rule;

    use super::*;

    #[test]
    fn rules_are_counted_and_aligned() {
        let blocked = |rule, times| Reason::Blocked { rule, times };
        let mut out = String::new();
        lines(&mut out, &[blocked(Rule::DriverAway, 12), blocked(Rule::Restraints, 3)], Status::Optimal, 60);
        assert_eq!(
            out,
            "    No trip can serve it. The reasons, counted for each slot\n    and driver:\n      \
             12 × the driver is not available for the whole of the\n           trip\n       \
             3 × too few child seats of the right kind in the car\n"
        );
    }
}
