//! Which sessions of a timetable are held in a week, and what their slots are called.

use std::collections::{HashMap, HashSet};

use visitrota_model::{Date, Week};

use super::availability::days_of;
use super::blocked::Blocked;
use crate::book::{At, Row};
use crate::cell::clock;
use crate::when::Pattern;

/// A session of a timetable.
pub(super) struct Session<'a> {
    pub(super) id: Option<String>,
    pub(super) prison: String,
    pub(super) days: Pattern,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) tables: Option<u64>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) every: i64,
    pub(super) row: &'a Row,
}

/// A session on a date of the week.
pub(super) struct Held<'s, 'a> {
    pub(super) session: &'s Session<'a>,
    pub(super) date: Date,
    /// What blocks it.
    pub(super) shut: Option<At>,
    /// The id of its slot.
    pub(super) id: String,
}

/// What is held in a week, or would be if it were not blocked.
pub(super) fn of_week<'s, 'a>(sessions: &'s [Session<'a>], blocked: &[Blocked], week: Week) -> Vec<Held<'s, 'a>> {
    let mut held = Vec::new();
    for date in days_of(week) {
        let on = |session: &&Session<'_>| {
            let valid = session.from.is_none_or(|from| from <= date) && session.to.is_none_or(|to| date <= to);
            let turn = session.from.is_none_or(|from| (monday(date).days_since(monday(from)) / 7) % session.every == 0);
            session.days.holds_on(date) && valid && turn
        };
        let shut = |session: &Session<'_>| {
            let closes = |shut: &&Blocked| shut.closes(&session.prison, date, session.start, session.end);
            blocked.iter().find(closes).map(|shut| shut.at)
        };
        let once: HashSet<_> =
            sessions.iter().filter(|s| !s.days.dates.is_empty() && on(s)).map(|s| s.prison.as_str()).collect();
        let today = sessions.iter().filter(on);
        // One that is blocked besides is not held for two reasons, and is told of where it is asked for.
        let today =
            today.filter(|s| !s.days.dates.is_empty() || !once.contains(s.prison.as_str()) || shut(s).is_some());
        held.extend(today.map(|session| (session, date, shut(session))));
    }
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let stem = |session: &Session<'_>, date: Date| {
        let day = DAYS.get(usize::try_from(date.days_from_monday()).unwrap_or_default()).copied().unwrap_or_default();
        let hours = clock(session.start).replace(':', "");
        session.id.clone().unwrap_or_else(|| format!("{}-{day}-{hours}", session.prison))
    };
    // What is held twice in the week is told apart by its date; so is what is blocked, from what is held.
    let mut times: HashMap<String, u32> = HashMap::new();
    for (session, date, _) in held.iter().filter(|(_, _, shut)| shut.is_none()) {
        *times.entry(stem(session, *date)).or_default() += 1;
    }
    let mut blocked_times: HashMap<String, u32> = HashMap::new();
    for (session, date, _) in held.iter().filter(|(_, _, shut)| shut.is_some()) {
        *blocked_times.entry(stem(session, *date)).or_default() += 1;
    }
    let named = held.into_iter().map(|(session, date, shut)| {
        let stem = stem(session, date);
        let of = |times: &HashMap<String, u32>| times.get(&stem).copied().unwrap_or_default();
        let others = if shut.is_some() { of(&times) + of(&blocked_times) } else { of(&times) };
        let id = if others > 1 { format!("{stem}-{date}") } else { stem };
        Held { session, date, shut, id }
    });
    named.collect()
}

fn monday(date: Date) -> Date {
    date.minus_days(date.days_from_monday())
}
