//! Answers as documents for services: figures, patches, and the same words that people read.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use visitrota_model::{
    Advice, Alternative, Block, Bounds, Explanation, Problem, Rule, Served, Serving, VolunteerId, WhyNot, WhyUnmet,
};

use crate::words::why::{Words, id_and_name};

/// An explanation: `{"unmet": [{"request", "verdict", "blocks", "nearest", "serving"}]}`, and `served` where requests
/// that are met were asked about.
#[must_use]
pub fn explanation(problem: &Problem, explanation: &Explanation) -> Value {
    let calls = |id: &str| id_and_name(problem, id);
    let words = Words::new(problem, &calls);
    let unmet: Vec<Value> = explanation.unmet.iter().map(|unmet| one_unmet(&words, unmet)).collect();
    let mut document = json!({ "unmet": unmet });
    if !explanation.served.is_empty() {
        document["served"] = explanation.served.iter().map(one_served).collect();
    }
    document
}

fn one_unmet(words: &Words<'_>, unmet: &WhyUnmet) -> Value {
    match &unmet.why {
        WhyNot::ImpossibleAlone { blocks, nearest } => {
            let mut document = json!({
                "request": unmet.request,
                "verdict": "impossible_alone",
                "blocks": by_rule(blocks),
            });
            if let Some(nearest) = nearest {
                document["nearest"] = json!({ "text": words.nearest(nearest), "patch": nearest.patch });
            }
            document
        }
        WhyNot::LostToCompetition(costs) => json!({
            "request": unmet.request,
            "verdict": "lost_to_competition",
            "blocks": [],
            "serving": serving(costs),
        }),
    }
}

/// Every volunteer whom a rule stops in any slot, once each.
fn by_rule(blocks: &[Block]) -> Vec<Value> {
    let mut rules: Vec<(Rule, Vec<&VolunteerId>)> = Vec::new();
    let mut at: BTreeMap<Rule, usize> = BTreeMap::new();
    for block in blocks {
        let at = *at.entry(block.rule).or_insert_with(|| {
            rules.push((block.rule, Vec::new()));
            rules.len() - 1
        });
        for volunteer in &block.volunteers {
            if !rules[at].1.contains(&volunteer) {
                rules[at].1.push(volunteer);
            }
        }
    }
    rules.sort_by_key(|(rule, volunteers)| (std::cmp::Reverse(volunteers.len()), *rule));
    let one = |(rule, volunteers): (Rule, Vec<&VolunteerId>)| {
        json!({ "rule": rule, "count": volunteers.len(), "volunteers": volunteers })
    };
    rules.into_iter().map(one).collect()
}

/// A best score, or points lost: a number where it is proven; bounds besides where it is not.
fn figure(document: &mut Value, name: &str, bounds: Bounds) {
    if bounds.least == bounds.most {
        document[name] = bounds.least.into();
    } else {
        document[name] = Value::Null;
        document[format!("{name}_at_least")] = bounds.least.into();
        document[format!("{name}_at_most")] = bounds.most.into();
    }
}

fn serving(costs: &Serving) -> Value {
    match costs {
        Serving::Costs { score, lost, slot, driver, instead_of } => {
            let mut document = json!({});
            figure(&mut document, "score", *score);
            figure(&mut document, "points_lost", *lost);
            document["instead_of"] = json!(instead_of);
            document["slot"] = json!(slot);
            document["driver"] = json!(driver);
            document
        }
        Serving::Pinned { pins } => {
            json!({ "score": null, "points_lost": null, "instead_of": [], "contradicts_pins": pins })
        }
        Serving::Unknown => json!({ "score": null, "points_lost": null, "instead_of": [] }),
    }
}

fn one_served(served: &Served) -> Value {
    json!({
        "request": served.request,
        "trip": served.trip,
        "parts": served.parts,
        "tight": served.tight,
        "other_driver": alternative(&served.other_driver),
        "other_slot": alternative(&served.other_slot),
    })
}

fn alternative(alternative: &Alternative) -> Value {
    match alternative {
        Alternative::Costs { driver, slot, score, lost } => {
            let mut document = json!({ "driver": driver, "slot": slot });
            figure(&mut document, "score", *score);
            figure(&mut document, "points_lost", *lost);
            document
        }
        Alternative::None => json!({ "possible": false }),
        Alternative::Unknown => json!({ "possible": null }),
    }
}

/// Advice: `{"score", "advice": [{"text", "patch", "score", "gain_points", "gain_visits"}]}`.
#[must_use]
pub fn advice(problem: &Problem, advice: &Advice) -> Value {
    let calls = |id: &str| id_and_name(problem, id);
    let words = Words::new(problem, &calls);
    let suggestions: Vec<Value> = (advice.suggestions.iter())
        .map(|suggestion| {
            json!({
                "text": format!("{}: {}.", words.suggestion(suggestion), words.gain(suggestion)),
                "patch": suggestion.patch,
                "score": suggestion.score,
                "gain_points": suggestion.gain_points,
                "gain_visits": suggestion.gain_visits,
            })
        })
        .collect();
    let mut document = json!({});
    figure(&mut document, "score", advice.best);
    document["advice"] = suggestions.into();
    document
}
