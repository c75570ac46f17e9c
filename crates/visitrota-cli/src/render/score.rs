//! What a score is made of, and how good it is.

use std::fmt::Write;

use visitrota::{Rota, ScoreParts, Status};

use super::text::grouped;

/// The parts of a score that count for something, and their sum.
pub(super) fn table(parts: &ScoreParts) -> String {
    let ScoreParts { visits, waiting, extra, slot_rank, new_volunteer, driving, load, change_slot, change_driver } =
        *parts;
    let rows = [
        ("visits", visits),
        ("weeks of waiting", waiting),
        ("extra points", extra),
        ("slots not a first choice", -slot_rank),
        ("no usual volunteer", -new_volunteer),
        ("driving", -driving),
        ("volunteers' load", -load),
        ("slots changed", -change_slot),
        ("drivers changed", -change_driver),
    ];
    let mut rows: Vec<_> = rows.into_iter().filter(|(_, points)| *points != 0).collect();
    rows.push(("score", parts.total()));
    let rows: Vec<_> = rows.into_iter().map(|(part, points)| (part, grouped(points))).collect();
    let wide = rows.iter().map(|(part, _)| part.len()).max().unwrap_or_default();
    let long = rows.iter().map(|(_, points)| points.len()).max().unwrap_or_default();
    let mut out = String::new();
    for (part, points) in rows {
        let _ = writeln!(out, "  {part:wide$}  {points:>long$}");
    }
    out
}

/// How good a rota is known to be.
pub(super) fn quality(rota: &Rota) -> String {
    let Rota { status, score, bound, .. } = *rota;
    let Some(bound) = bound else { return "not proven".to_owned() };
    match status {
        Status::Optimal => "proven best".to_owned(),
        Status::Feasible => below(score, bound),
    }
}

/// How far a score is from the best possible, at the most.
pub(super) fn below(score: i64, bound: i64) -> String {
    let gap = bound.saturating_sub(score).max(0);
    if score <= 0 || gap == 0 {
        return format!("at most {} points below the best possible", grouped(gap));
    }
    // Rounded up, so that it is never said to be better than it is.
    let per_mille = (i128::from(gap) * 1000 + i128::from(bound) - 1) / i128::from(bound);
    format!("at most {}.{} % below the best possible", per_mille / 10, per_mille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rota(status: Status, score: i64, bound: Option<i64>) -> Rota {
        let format = visitrota::RotaFormat::V1;
        let (trips, unmet) = (Vec::new(), Vec::new());
        Rota { format, problem: String::new(), status, score, bound, parts: None, trips, unmet, made_by: None }
    }

    #[test]
    fn the_gap_is_never_understated() {
        let told = |score, bound| quality(&rota(Status::Feasible, score, Some(bound)));
        assert_eq!(told(9_970, 10_000), "at most 0.3 % below the best possible");
        assert_eq!(told(9_969, 10_000), "at most 0.4 % below the best possible");
        assert_eq!(told(1, i64::MAX), "at most 100.0 % below the best possible");
        assert_eq!(told(-500, 1_000), "at most 1,500 points below the best possible");
        assert_eq!(told(i64::MIN, i64::MAX), "at most 9,223,372,036,854,775,807 points below the best possible");
        assert_eq!(quality(&rota(Status::Optimal, 5, Some(5))), "proven best");
        assert_eq!(quality(&rota(Status::Feasible, 5, None)), "not proven");
    }

    #[test]
    fn the_table_adds_up() {
        let parts = ScoreParts { visits: 30_000, waiting: 3_500, driving: 200, ..ScoreParts::default() };
        let table = table(&parts);
        let lines: Vec<_> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines, ["visits 30,000", "weeks of waiting 3,500", "driving -200", "score 33,300"]);
    }
}
