//! The table of a scaling run.

use visitrota_benches::{exponent, gap, markdown};

use crate::parent::{End, Run, megabytes};

/// The columns of the table.
pub(crate) const COLUMNS: [&str; 14] = [
    "families",
    "volunteers",
    "requests",
    "first rota (s)",
    "to 1 % (s)",
    "to 0.1 % (s)",
    "to proof (s)",
    "ended (s)",
    "score",
    "bound",
    "gap (%)",
    "columns",
    "peak memory (MB)",
    "ended how",
];

/// The head of the Markdown table.
pub(crate) fn heading() -> String {
    let rule = |column: &&str| if *column == "ended how" { "---" } else { "---:" };
    format!("{}\n{}", markdown(&COLUMNS), markdown(&COLUMNS.iter().map(rule).collect::<Vec<_>>()))
}

/// A run's row of the Markdown table.
pub(crate) fn row(run: &Run) -> String {
    markdown(&cells(run))
}

/// A run's cells.
pub(crate) fn cells(run: &Run) -> [String; COLUMNS.len()] {
    let last = run.trace.last();
    let bound = last.map(|last| last.bound).filter(|&bound| bound < i64::MAX);
    let proven = last.zip(bound).is_some_and(|(last, bound)| last.score >= bound);
    let ended = match run.end {
        End::Rota(seconds) => Some(seconds),
        _ => None,
    };
    let how = match &run.end {
        End::Rota(_) if proven => "proven best".to_owned(),
        End::Rota(_) => "with a rota".to_owned(),
        End::Failed(why) => format!("failed: {why}"),
        End::Died(status) => format!("died: {status}"),
        End::Overran(seconds) => format!("ended by force after {seconds} s"),
        End::TooLarge(most) => format!("ended by force at {most} MB"),
    };
    [
        run.families.to_string(),
        known(run.volunteers),
        known(run.requests),
        seconds(run.trace.first_rota()),
        seconds(run.trace.within(0.01)),
        seconds(run.trace.within(0.001)),
        seconds(run.trace.within(0.0)),
        seconds(ended),
        known(last.map(|last| last.score)),
        known(bound),
        last.zip(bound).map_or_else(none, |(last, bound)| format!("{:.3}", 100.0 * gap(last.score, bound))),
        known(last.map(|last| last.trips).filter(|&trips| trips > 0)),
        run.memory.map_or_else(|| "n/a".to_owned(), |kilobytes| megabytes(kilobytes).to_string()),
        how,
    ]
}

/// How the time to 1 % grows, in words.
pub(crate) fn growth(runs: &[Run]) -> String {
    let reached: Vec<_> =
        runs.iter().filter_map(|run| Some((f64::from(run.families), run.trace.within(0.01)?))).collect();
    let of = format!("by the {} of {} problems that reached it", reached.len(), runs.len());
    match exponent(&reached) {
        Some(exponent) => format!("Time to 1 % grows as families to the power of {exponent:.2}, {of}."),
        None => format!("How the time to 1 % grows cannot be told {of}."),
    }
}

fn known<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(none, |value| value.to_string())
}

fn seconds(value: Option<f64>) -> String {
    value.map_or_else(none, |value| if value < 10.0 { format!("{value:.3}") } else { format!("{value:.1}") })
}

fn none() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use visitrota_benches::{Moment, Trace};

    use super::*;

    #[test]
    fn a_process_that_died_is_shown_as_such() {
        let mut trace = Trace::default();
        trace.add(Moment { seconds: 12.5, score: 990, bound: 1_000, trips: 45 });
        let end = End::Died("signal: 9 (SIGKILL)".to_owned());
        let run = Run { families: 20, volunteers: Some(12), requests: None, trace, memory: Some(2_500), end };
        assert_eq!(
            row(&run),
            "| 20 | 12 | – | 12.5 | 12.5 | – | – | – | 990 | 1000 | 1.000 | 45 | 2 | died: signal: 9 (SIGKILL) |"
        );
        assert_eq!(growth(&[run]), "How the time to 1 % grows cannot be told by the 1 of 1 problems that reached it.");
    }
}
