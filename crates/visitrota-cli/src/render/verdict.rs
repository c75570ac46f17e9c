//! Whether a rota keeps every rule.

use std::fmt::Write;

use visitrota::{
    Problem, Rota,
    answers::{Breach, Verdict},
    problem::Names,
};

use super::score;
use super::text::{self, ERROR, GOOD, STRONG, count, paragraph, styled};

/// The verdict for people: each rule broken, with where the trip stands in a sheet, then what the rota scores.
pub(crate) fn text(verdict: &Verdict, problem: &Problem, rota: &Rota, places: &[String], width: usize) -> String {
    let Verdict { broken, score, served, .. } = verdict;
    let names = Names::of(problem);
    let mut out = String::new();
    for breach in broken {
        one(&mut out, breach, &names, rota, places, width);
        out.push('\n');
    }
    let visits = count(*served, "visit");
    let summary = if broken.is_empty() {
        format!("{}: the rota keeps every rule. It serves {visits}.", styled(GOOD, "valid"))
    } else {
        format!("{}: the rota breaks {}. It serves {visits}.", styled(ERROR, "not valid"), rules(broken.len()))
    };
    paragraph(&mut out, "", &summary, width);
    let _ = write!(out, "\n{}\n{}", styled(STRONG, "Score, recalculated"), score::table(score));
    out
}

pub(super) fn rules(broken: usize) -> String {
    if broken == 1 { "a rule".to_owned() } else { format!("rules {} times", text::grouped(broken)) }
}

fn one(out: &mut String, breach: &Breach, names: &Names<'_>, rota: &Rota, places: &[String], width: usize) {
    let Breach { code, paragraph: rule, trip, message, .. } = breach;
    let mut head = format!("{} {rule}", styled(ERROR, &format!("broken[{code}]")));
    if let Some(at) = trip {
        let _ = write!(head, " {}", styled(STRONG, &format!("trip {}", at + 1)));
        if let Some(trip) = rota.trips.get(*at) {
            let _ = write!(head, " ({}, {})", names.beside(trip.driver.as_str()), trip.slot.as_str());
        }
        if let Some(place) = places.get(*at) {
            let _ = write!(head, ", {place}");
        }
    }
    paragraph(out, "", &head, width);
    paragraph(out, "  ", &names.beside(message), width);
}
