//! Words: numbers, scores and reasons as people read them, on paper and on screen alike.

pub mod odd;
pub mod why;

pub use visitrota_model::listed;
use visitrota_model::{Date, EndedBy, Reason, Rota, ScoreParts, Status, WallTime, tenths_of_a_mile};

/// `1 error`, `2 errors`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) if noun == "person" => "people".to_owned(),
        (_, None) if noun == "child" => "children".to_owned(),
        (_, None) if noun.ends_with("ch") => format!("{noun}es"),
        (_, None) => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(number))
}

/// `1,234,567`.
#[must_use]
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 h 40 min`.
#[must_use]
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `12.3 miles`.
#[must_use]
pub fn distance(metres: u64) -> String {
    let tenths = tenths_of_a_mile(metres);
    format!("{}.{} miles", grouped(tenths / 10), tenths % 10)
}

/// A time of day; with the weekday where it is not of the day at hand.
#[must_use]
pub fn clock(time: WallTime, day: Option<Date>) -> String {
    let date = time.date();
    if Some(date) == day { time.clock() } else { format!("{} {}", weekday(date), time.clock()) }
}

/// A span of time on a day, or the one time that it is.
#[must_use]
pub fn span(from: WallTime, to: WallTime, day: Option<Date>) -> String {
    if from == to { clock(from, day) } else { format!("{}–{}", clock(from, day), clock(to, day)) }
}

/// `Sat`, the first word of the date as people write it.
#[must_use]
pub fn weekday(date: Date) -> String {
    date.long().chars().take_while(|c| *c != ' ').collect()
}

/// `Sat 5 Dec`.
#[must_use]
pub fn short(date: Date) -> String {
    let long = date.long();
    long.rsplit_once(' ').map_or(long.as_str(), |(day, _)| day).to_owned()
}

/// The parts of a score that count for something, with a name each; what is taken off is negative.
#[must_use]
pub fn score_parts(parts: &ScoreParts) -> Vec<(&'static str, i64)> {
    let ScoreParts {
        visits,
        waiting,
        extra,
        slot_rank,
        new_volunteer,
        driving,
        load,
        change_slot,
        change_driver,
        change_time,
        drop_published,
        ..
    } = *parts;
    let rows = [
        ("visits", visits),
        ("weeks of waiting", waiting),
        ("extra points", extra),
        ("slots not a first choice", slot_rank.saturating_neg()),
        ("no usual volunteer", new_volunteer.saturating_neg()),
        ("driving", driving.saturating_neg()),
        ("volunteers' load", load.saturating_neg()),
        ("slots changed", change_slot.saturating_neg()),
        ("drivers changed", change_driver.saturating_neg()),
        ("times changed", change_time.saturating_neg()),
        ("published visits dropped", drop_published.saturating_neg()),
    ];
    rows.into_iter().filter(|(_, points)| *points != 0).collect()
}

/// How good a rota is known to be: `proven best under your rules`.
#[must_use]
pub fn quality(rota: &Rota) -> String {
    let Rota { status, score, bound, .. } = *rota;
    let Some(bound) = bound else { return "not proven".to_owned() };
    match status {
        Status::Optimal => "proven best under your rules".to_owned(),
        Status::Feasible => below(score, bound),
    }
}

/// What ended planning, where it was no proof and no gap that was asked for: a sentence.
#[must_use]
pub fn ended(rota: &Rota) -> Option<&'static str> {
    match rota.ended_by? {
        EndedBy::Proof | EndedBy::Gap => None,
        EndedBy::Time => Some("The time limit ended planning."),
        EndedBy::Work => Some("Planning ended after as much work as it was given."),
        EndedBy::Cancel => Some("Planning was stopped."),
    }
}

/// What is known of how good a rota is, in a sentence or two.
#[must_use]
pub fn proof(rota: &Rota) -> String {
    let Rota { status, score, bound, .. } = *rota;
    match (status, bound) {
        (Status::Optimal, Some(_)) => {
            "It is the best under your rules: it is proven that no valid rota of this week scores more.".to_owned()
        }
        (_, Some(bound)) => format!(
            "It is proven that no valid rota of this week scores more than {}. This one is {}.",
            grouped(bound),
            below(score, bound)
        ),
        (_, None) => "It is not proven how close this is to the best possible.".to_owned(),
    }
}

/// How far a score is from the best possible, at the most.
#[must_use]
pub fn below(score: i64, bound: i64) -> String {
    let gap = bound.saturating_sub(score).max(0);
    if score <= 0 || gap == 0 {
        return format!("at most {} points below the best possible", grouped(gap));
    }
    // Rounded up, so that it is never said to be better than it is.
    let per_mille = (i128::from(gap) * 1000 + i128::from(bound) - 1) / i128::from(bound);
    format!("at most {}.{} % below the best possible", per_mille / 10, per_mille % 10)
}

/// Why a request stays unmet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// Sentences, in the reasons' order.
    pub sentences: Vec<String>,
    /// What the rules below stand in the way of, as a sentence that ends in a colon; empty if there are none.
    pub rules_head: String,
    /// Rules that stand in the way; how often each does, or nothing where it does always.
    pub rules: Vec<(Option<u32>, String)>,
}

/// Why a request stays unmet, in words; `status` is the rota's.
#[must_use]
pub fn why(reasons: &[Reason], status: Status) -> Why {
    let mut why = Why::default();
    for reason in reasons {
        match reason {
            Reason::Blocked { rule, times } => {
                why.rules.push(((*times > 0).then_some(*times), rule.to_string()));
            }
            Reason::CostsTooMuch => why.sentences.push(
                "It could be served, but every trip that could serve it costs at least as many points as it earns."
                    .to_owned(),
            ),
            Reason::LostToCompetition { trips } => why.sentences.push(lost(*trips, status)),
        }
    }
    if reasons.is_empty() {
        why.sentences.push("Planning ended before it was clear whether it could be met.".to_owned());
    }
    if !why.rules.is_empty() {
        let counted = why.rules.iter().any(|(times, _)| times.is_some());
        let ways = if counted { ", counted for each slot and driver" } else { "" };
        why.rules_head = format!("No trip can serve it. The reasons{ways}:");
    }
    why
}

fn lost(trips: u64, status: Status) -> String {
    let could = format!("{} could serve it", count(usize::try_from(trips).unwrap_or(usize::MAX), "trip"));
    let each = if trips == 1 { "it" } else { "each" };
    match status {
        Status::Optimal => format!("{could}, but {each} would cost the rest of the rota more than it earns."),
        Status::Feasible => format!("{could}, but none fits into this rota. One might fit into a better rota."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rota(status: Status, score: i64, bound: Option<i64>) -> Rota {
        let mut rota = Rota::new(Vec::new());
        (rota.status, rota.score, rota.bound) = (status, score, bound);
        rota
    }

    #[test]
    fn numbers_are_read_by_people() {
        assert_eq!([0, 7, 999, 1000, -33300, 1234567].map(grouped), ["0", "7", "999", "1,000", "-33,300", "1,234,567"]);
        assert_eq!([0, 59, 60, 100, 440].map(duration), ["0 min", "59 min", "1 h", "1 h 40 min", "7 h 20 min"]);
        assert_eq!(
            [0, 80, 81, 100_000, 1_234_567].map(distance),
            ["0.0 miles", "0.0 miles", "0.1 miles", "62.1 miles", "767.1 miles"]
        );
        assert!(distance(u64::MAX).ends_with(" miles"));
        assert_eq!([count(1, "family"), count(2, "family")], ["1 family", "2 families"]);
        assert_eq!([count(1, "person"), count(4, "person"), count(0, "visit")], ["1 person", "4 people", "0 visits"]);
    }

    #[test]
    fn the_gap_is_never_understated() {
        let told = |score, bound| quality(&rota(Status::Feasible, score, Some(bound)));
        assert_eq!(told(9_970, 10_000), "at most 0.3 % below the best possible");
        assert_eq!(told(9_969, 10_000), "at most 0.4 % below the best possible");
        assert_eq!(told(1, i64::MAX), "at most 100.0 % below the best possible");
        assert_eq!(told(-500, 1_000), "at most 1,500 points below the best possible");
        assert_eq!(told(i64::MIN, i64::MAX), "at most 9,223,372,036,854,775,807 points below the best possible");
        assert_eq!(quality(&rota(Status::Optimal, 5, Some(5))), "proven best under your rules");
        assert_eq!(quality(&rota(Status::Feasible, 5, None)), "not proven");
    }

    #[test]
    fn a_score_tells_each_part_that_counts() {
        let mut parts = ScoreParts::default();
        (parts.visits, parts.change_time, parts.drop_published) = (10_000, 300, 5_000);
        assert_eq!(
            score_parts(&parts),
            [("visits", 10_000), ("times changed", -300), ("published visits dropped", -5_000)]
        );
        assert_eq!(score_parts(&parts).iter().map(|(_, points)| points).sum::<i64>(), parts.total());
    }

    #[test]
    fn what_is_not_proven_is_not_claimed() {
        let told = |trips, status| why(&[Reason::LostToCompetition { trips }], status).sentences.concat();
        assert_eq!(
            told(1, Status::Optimal),
            "1 trip could serve it, but it would cost the rest of the rota more than it earns."
        );
        assert_eq!(
            told(9, Status::Feasible),
            "9 trips could serve it, but none fits into this rota. One might fit into a better rota."
        );
    }
}
