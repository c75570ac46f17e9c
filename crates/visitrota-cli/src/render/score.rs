//! What a score is made of.

use std::fmt::Write;

use visitrota::report::words::score_parts;
use visitrota::rota::ScoreParts;

use super::text::grouped;

/// The parts of a score that count for something, and their sum.
pub(super) fn table(parts: &ScoreParts) -> String {
    let mut rows = score_parts(parts);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_adds_up() {
        let mut parts = ScoreParts::default();
        (parts.visits, parts.waiting, parts.driving) = (30_000, 3_500, 200);
        let table = table(&parts);
        let lines: Vec<_> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines, ["visits 30,000", "weeks of waiting 3,500", "driving -200", "score 33,300"]);
    }
}
