//! When people are available (§4.9), within the scheme's hours (§4.10) and beside locked trips (§5.6).

use std::borrow::Cow;

use visitrota_model::{Date, Hours, Window, Zone};

/// A span of instants, ends included.
type Span = (i64, i64);

/// Somebody's windows, and what cuts them short.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    /// As given; none where they are always available.
    given: Option<Vec<Span>>,
    /// The scheme's hours on each date of the week; none where there are no hours.
    hours: Option<Vec<Span>>,
    /// Spans in which they cannot be out, ends excluded.
    taken: Vec<Span>,
}

/// Which limits of somebody's windows count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WindowLimits {
    /// The windows as given.
    pub(crate) given: bool,
    /// The scheme's hours.
    pub(crate) hours: bool,
    /// Locked trips.
    pub(crate) locked: bool,
}

impl WindowLimits {
    pub(crate) const ALL: Self = Self { given: true, hours: true, locked: true };
    /// The windows as given.
    pub(crate) const GIVEN: Self = Self { given: true, hours: false, locked: false };
}

impl Windows {
    pub(super) fn new(given: Option<Vec<Span>>, hours: Option<Vec<Span>>) -> Self {
        Self { given, hours, taken: Vec::new() }
    }

    /// Takes a span out, ends excluded.
    pub(super) fn take(&mut self, span: Span) {
        self.taken.push(span);
    }

    /// Whether some of a span is taken out, ends excluded.
    pub(super) fn is_taken(&self, (from, to): Span) -> bool {
        self.taken.iter().any(|&(opens, closes)| opens < to && from < closes)
    }

    /// The windows as given; none where they are always available.
    pub(super) fn given(&self) -> &[Span] {
        self.given.as_deref().unwrap_or_default()
    }

    /// The spans inside which a whole outing must lie; `None` for any.
    ///
    /// Every outing holds the start of its slot, which is within the hours of one date alone. So hours of other dates
    /// do no harm.
    pub(super) fn within(&self, limits: WindowLimits) -> Option<Cow<'_, [Span]>> {
        /// Far beyond every calendar, and far from overflow.
        const FAR: i64 = 1 << 60;
        const ALWAYS: Span = (-FAR, FAR);
        let hours = self.hours.as_ref().filter(|_| limits.hours);
        let given = self.given.as_ref().filter(|_| limits.given);
        let is_free = self.taken.is_empty() || !limits.locked;
        if hours.is_none() && is_free {
            return given.map(|given| Cow::Borrowed(given.as_slice()));
        }
        let mut spans = given.cloned().unwrap_or_else(|| vec![ALWAYS]);
        if let Some(hours) = hours {
            let both = |&(from, to): &Span| {
                hours.iter().map(move |&(opens, closes)| (from.max(opens), to.min(closes))).collect::<Vec<_>>()
            };
            spans = spans.iter().flat_map(both).filter(|(from, to)| from <= to).collect();
        }
        for &(from, to) in self.taken.iter().filter(|_| limits.locked) {
            let beside = |&(opens, closes): &Span| {
                if to <= opens || closes <= from {
                    return vec![(opens, closes)];
                }
                let parts = [(opens, closes.min(from)), (opens.max(to), closes)];
                parts.into_iter().filter(|(from, to)| from <= to).collect()
            };
            spans = spans.iter().flat_map(beside).collect();
        }
        Some(Cow::Owned(spans))
    }
}

/// The instants of some hours on each of some dates.
pub(super) fn hours_on(zone: Zone, hours: Option<Hours>, dates: &[Date]) -> Option<Vec<Span>> {
    let Hours { from, to, .. } = hours?;
    Some(dates.iter().map(|&date| (zone.instant(from.on(date)).0, zone.instant(to.on(date)).0)).collect())
}

/// The instants of some windows.
pub(super) fn instants(zone: Zone, windows: &[Window]) -> Vec<Span> {
    windows.iter().map(|window| (zone.instant(window.from).0, zone.instant(window.to).0)).collect()
}
