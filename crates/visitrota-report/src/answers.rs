//! Answers as documents for services: figures, patches, and the same words that people read. Nobody is named in them,
//! nor a prison, unless [`Privacy`] says so.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use visitrota_model::{
    Advice, Alternative, Block, Bounds, Contradiction, Explanation, Judgement, Problem, Repair, Rota, Rule, Served,
    Serving, Standby, TripStandby, VolunteerId, WhyNot, WhyUnmet,
};

use crate::privacy::Privacy;
use crate::words::why::{Words, called, names};

/// An explanation: `{"best", "score", "broken", "unmet": [{"request", "verdict", "blocks", "nearest", "serving"}]}`, and
/// `served` where requests that are met were asked about. A score that is not proven is `null`, and what is proven of it
/// stands beside as `…_at_least` and `…_at_most`.
#[must_use]
pub fn explanation(problem: &Problem, explanation: &Explanation, privacy: Privacy) -> Value {
    let calls = |id: &str| called(problem, privacy, id);
    let words = Words::new(problem, &calls);
    let Explanation { best, score, broken, unmet, served } = explanation;
    let unmet: Vec<Value> = unmet.iter().map(|unmet| one_unmet(&words, unmet, *best)).collect();
    let mut document = json!({});
    figure(&mut document, "best", *best);
    (document["score"], document["broken"], document["unmet"]) = (json!(score), json!(broken), json!(unmet));
    if !served.is_empty() {
        document["served"] = served.iter().map(|served| one_served(served, *best)).collect();
    }
    document
}

/// An answer with the names of those whom its ids are, `{"names": {"V1": "…"}}`, where they may be shown.
#[must_use]
pub fn with_names(mut answer: Value, problem: &Problem, privacy: Privacy) -> Value {
    let names: serde_json::Map<String, Value> =
        names(problem, privacy).map(|(id, name)| (id.to_owned(), name.into())).collect();
    if let Some(answer) = answer.as_object_mut().filter(|_| !names.is_empty()) {
        answer.insert("names".to_owned(), names.into());
    }
    answer
}

fn one_unmet(words: &Words<'_>, unmet: &WhyUnmet, best: Bounds) -> Value {
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
            "serving": serving(costs, best),
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
    let one = |(rule, volunteers): (Rule, Vec<&VolunteerId>)| json!({ "rule": rule, "count": volunteers.len(), "volunteers": volunteers });
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

/// What is proven of a score before anything is known of a rota that has it: it is no better than the best.
fn unknown(document: &mut Value, best: Bounds) {
    (document["score"], document["score_at_most"]) = (Value::Null, best.most.into());
    (document["points_lost"], document["points_lost_at_least"]) = (Value::Null, 0.into());
}

fn serving(costs: &Serving, best: Bounds) -> Value {
    match costs {
        Serving::Costs { score, lost, slot, driver, others, instead_of } => {
            let mut document = json!({});
            figure(&mut document, "score", *score);
            figure(&mut document, "points_lost", *lost);
            document["instead_of"] = json!(instead_of);
            document["slot"] = json!(slot);
            document["driver"] = json!(driver);
            if !others.is_empty() {
                document["other_drivers"] = json!(others);
            }
            document
        }
        Serving::Pinned { pins } => {
            json!({ "score": null, "points_lost": null, "instead_of": [], "contradicts_pins": pins })
        }
        Serving::Unknown => {
            let mut document = json!({ "instead_of": [] });
            unknown(&mut document, best);
            document
        }
    }
}

fn one_served(served: &Served, best: Bounds) -> Value {
    let mut document = json!({
        "request": served.request,
        "trip": served.trip,
        "parts": served.parts,
        "tight": served.tight,
    });
    if !served.other_trips.is_empty() {
        document["other_trips"] = json!(served.other_trips);
    }
    if served.locked {
        document["locked"] = true.into();
    } else {
        document["other_driver"] = alternative(&served.other_driver, best);
        document["other_slot"] = alternative(&served.other_slot, best);
    }
    document
}

fn alternative(alternative: &Alternative, best: Bounds) -> Value {
    match alternative {
        Alternative::Costs { driver, slot, score, lost } => {
            let mut document = json!({ "driver": driver, "slot": slot });
            figure(&mut document, "score", *score);
            figure(&mut document, "points_lost", *lost);
            document
        }
        Alternative::None => json!({ "possible": false }),
        Alternative::Unknown => {
            let mut document = json!({ "possible": null });
            unknown(&mut document, best);
            document
        }
    }
}

/// Who could stand in: `{"broken", "trips": [{"trip", "driver", "slot", "pinned", "stand_ins": [{"volunteer",
/// "points_lost"}]}], "fragile"}`; a locked trip, for which nobody is asked, has `"locked": true`.
#[must_use]
pub fn standby(rota: &Rota, standby: &Standby) -> Value {
    let trip = |of: &TripStandby| {
        let trip = rota.trips.get(of.trip);
        let mut document = json!({
            "trip": of.trip,
            "driver": trip.map(|trip| &trip.driver),
            "slot": trip.map(|trip| &trip.slot),
            "pinned": of.pinned,
            "stand_ins": of.stand_ins,
        });
        if of.locked {
            document["locked"] = true.into();
        }
        document
    };
    let fragile = standby.trips.iter().filter(|trip| trip.is_fragile()).count();
    let trips: Vec<Value> = standby.trips.iter().map(trip).collect();
    json!({ "broken": standby.broken, "trips": trips, "fragile": fragile })
}

/// How far a rota is from the best: `{"best", "repair": {"rota", "kept", "moved"}}`.
#[must_use]
pub fn judgement(judgement: &Judgement) -> Value {
    let mut document = json!({});
    match judgement.best {
        Some(best) => figure(&mut document, "best", best),
        None => document["best"] = Value::Null,
    }
    document["repair"] = match &judgement.repair {
        Some(Repair { rota, kept, moved }) => json!({ "rota": rota, "kept": kept, "moved": moved }),
        None => Value::Null,
    };
    document
}

/// Pins that contradict each other: `{"requests", "blocks", "ways_out": [{"text", "changes"}], "dropped": […]}`.
#[must_use]
pub fn contradiction(problem: &Problem, contradiction: &Contradiction, privacy: Privacy) -> Value {
    let calls = |id: &str| called(problem, privacy, id);
    let words = Words::new(problem, &calls);
    let ways_out: Vec<Value> = (contradiction.ways_out.iter())
        .map(|changes| {
            let patch = visitrota_model::patch(changes, problem);
            json!({ "text": words.condition(changes), "patch": patch })
        })
        .collect();
    let dropped = contradiction.dropped.iter().map(|dropped| {
        let mut document = json!({ "request": dropped.request, "visits": dropped.visits, "patch": dropped.patch });
        if let Some(score) = dropped.score {
            figure(&mut document, "score", score);
        }
        if let Some((driver, slot)) = &dropped.served {
            document["served"] = json!({ "driver": driver, "slot": slot });
        }
        document
    });
    json!({
        "requests": contradiction.requests,
        "blocks": by_rule(&contradiction.blocks),
        "ways_out": ways_out,
        "others": contradiction.others,
        "dropped": dropped.collect::<Vec<_>>(),
    })
}

/// Advice: `{"score", "advice": [{"text", "patch", "score", "gain_points", "gain_visits"}]}`.
#[must_use]
pub fn advice(problem: &Problem, advice: &Advice, privacy: Privacy) -> Value {
    let calls = |id: &str| called(problem, privacy, id);
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
