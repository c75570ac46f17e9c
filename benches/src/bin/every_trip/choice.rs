//! A choice of trips, and what the verifier says of it.

use serde::Deserialize;
use serde_json::{Value, json};
use visitrota::{Problem, verify};
use visitrota_solver::EveryTrip;

/// Trips chosen, and what is proven of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Choice {
    /// The trips by position; none where nothing was found.
    #[serde(default)]
    pub(crate) chosen: Option<Vec<usize>>,
    /// Points that no rota exceeds.
    #[serde(default)]
    pub(crate) bound: Option<i64>,
}

/// A choice with its seconds and with what the verifier says of its rota: the score is the verifier's.
pub(crate) fn judged(
    problem: &Problem,
    every: &EveryTrip<'_>,
    choice: &Choice,
    list_seconds: f64,
    choose_seconds: f64,
) -> Value {
    let mut answer = json!({
        "trips": every.trip_count(),
        "list_seconds": list_seconds,
        "choose_seconds": choose_seconds,
        "bound": choice.bound,
    });
    let Some(chosen) = &choice.chosen else { return answer };
    match verify(problem, &every.rota(chosen)) {
        Ok(verdict) => {
            answer["score"] = json!(verdict.score.total());
            answer["served"] = json!(verdict.served);
            answer["valid"] = json!(verdict.broken.is_empty());
            answer["broken"] = verdict.broken.iter().map(|breach| breach.message.clone()).collect();
        }
        Err(error) => {
            answer["valid"] = json!(false);
            answer["broken"] = json!([error.to_string()]);
        }
    }
    answer
}
