//! Spans of time, each with the cells that say so: what is given, less what is taken away.

use visitrota_model::{WallTime, Week};

use crate::book::At;
use crate::cell::DAY;

/// A span of time, and the cells that say so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: WallTime,
    pub(super) to: WallTime,
    pub(super) row: At,
    pub(super) from_at: At,
    pub(super) to_at: At,
    /// Whether it stays apart from those that it touches.
    pub(super) apart: bool,
}

pub(super) fn whole_week(week: Week, like: Span) -> Span {
    Span { from: week.from.midnight(), to: week.to.at(DAY), apart: false, ..like }
}

/// Spans in order of time, those that overlap or touch as one.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.from < span.to);
    spans.sort_by_key(|span| (span.from, span.to));
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.from <= last.to) {
            Some(last) if last.to < span.to => (last.to, last.to_at) = (span.to, span.to_at),
            Some(_) => {}
            None => joined.push(span),
        }
    }
    joined
}

/// Windows as they are meant: those that touch or overlap are one, unless they stay apart.
pub(super) fn merged(windows: Vec<Span>) -> Vec<Span> {
    let (proper, mut kept): (Vec<Span>, Vec<Span>) =
        windows.iter().partition(|span| !span.apart && span.from < span.to);
    let number = proper.len();
    let merged = joined(proper);
    if merged.len() == number {
        return windows;
    }
    kept.extend(merged);
    kept
}

/// What is left of a span when others, joined, are taken away.
pub(super) fn less(span: Span, taken: &[Span]) -> impl Iterator<Item = Span> {
    let first = taken.partition_point(|taken| taken.to <= span.from);
    let inside = taken.iter().skip(first).take_while(move |taken| taken.from < span.to);
    let mut from = span.from;
    let mut ends: Vec<(WallTime, WallTime)> = Vec::new();
    let mut touched = false;
    for taken in inside {
        touched = true;
        if from < taken.from {
            ends.push((from, taken.from));
        }
        from = taken.to;
    }
    if from < span.to || !touched {
        ends.push((from, span.to));
    }
    ends.into_iter().map(move |(from, to)| Span { from, to, ..span })
}
