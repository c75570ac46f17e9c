//! Answers in words: why a visit is not met, why it is met as it is, what would help.

mod changes;

use visitrota_model::{
    Advice, Alternative, Assignment, Block, Bounds, Chaperones, Contradiction, Explanation, Judgement, Moved, Nearest,
    Problem, RequestId, Rota, Rule, Served, Serving, Standby, Suggestion, Tight, VolunteerId, WhyNot, WhyUnmet,
};

use crate::privacy::Privacy;

use super::{count, duration, grouped, listed, score_parts, short};

/// How people and places are called: an id made into what is shown of it.
pub type Calls<'a> = dyn Fn(&str) -> String + 'a;

/// An id, and the name that the problem has for it where that may be shown.
#[must_use]
pub fn called(problem: &Problem, privacy: Privacy, id: &str) -> String {
    let name = names(problem, privacy).find_map(|(other, name)| (other == id).then_some(name));
    name.map_or_else(|| id.to_owned(), |name| format!("{id} {name}"))
}

/// The ids of people, prisons and meeting points with the names that the problem has for them, as far as those may be
/// shown: who is visited only where people and prisons are.
pub(crate) fn names(problem: &Problem, privacy: Privacy) -> impl Iterator<Item = (&str, &str)> {
    let volunteers = problem.volunteers.iter().map(|volunteer| (volunteer.id.as_str(), volunteer.name.as_str()));
    let families = problem.families.iter().map(|family| (family.id.as_str(), family.name.as_str()));
    let prisons = problem.prisons.iter().map(|prison| (prison.id.as_str(), prison.name.as_str()));
    let points = problem.meeting_points.iter().map(|point| (point.id.as_str(), point.name.as_str()));
    let prisoners = problem.prisoners.iter().map(|prisoner| (prisoner.id.as_str(), prisoner.name.as_str()));
    let people = volunteers.chain(families).chain(points).filter(move |_| privacy.names);
    let visited = prisoners.filter(move |_| privacy.names && privacy.prisons);
    let all = people.chain(prisons.filter(move |_| privacy.prisons)).chain(visited);
    all.filter(|(_, name)| !name.is_empty())
}

/// Answers in words, about one problem.
pub struct Words<'a> {
    problem: &'a Problem,
    calls: &'a Calls<'a>,
}

impl std::fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("problem", &self.problem.name).finish_non_exhaustive()
    }
}

impl<'a> Words<'a> {
    /// Words about a problem, with people called like that.
    #[must_use]
    pub fn new(problem: &'a Problem, calls: &'a Calls<'a>) -> Self {
        Self { problem, calls }
    }

    fn who(&self, id: &str) -> String {
        (self.calls)(id)
    }

    /// What the nearest miss is, as a sentence.
    #[must_use]
    pub fn nearest(&self, nearest: &Nearest) -> String {
        let Nearest { changes, slot, driver, chaperone, families, .. } = nearest;
        let chaperone = chaperone.as_ref().map(|chaperone| format!(" with chaperone {}", self.who(chaperone.as_str())));
        let families: Vec<String> = families.iter().map(|family| self.who(family.as_str())).collect();
        let (whom, others) = if families.is_empty() {
            ("them".to_owned(), "")
        } else {
            (listed(&families), ", and another car the others")
        };
        format!(
            "It would be possible if {}. Then {}{} could take {whom} to slot {slot}{others}.",
            self.condition(changes),
            self.who(driver.as_str()),
            chaperone.unwrap_or_default()
        )
    }

    /// What stands in a request's way, slot by slot: a heading for each slot, and what stops whom there.
    #[must_use]
    pub fn blocks(&self, blocks: &[Block]) -> Vec<(String, Vec<String>)> {
        let mut slots: Vec<(String, Vec<String>)> = Vec::new();
        for block in blocks {
            let heading = block.slot.as_ref().map_or_else(String::new, |slot| {
                let day = self.problem.slots.iter().find(|other| other.id == *slot);
                day.map_or_else(
                    || format!("Slot {slot}:"),
                    |day| format!("Slot {slot}, {} {}:", short(day.start.date()), day.start.clock()),
                )
            });
            let line = self.block(block);
            match slots.last_mut().filter(|(last, _)| *last == heading) {
                Some((_, lines)) => lines.push(line),
                None => slots.push((heading, vec![line])),
            }
        }
        slots
    }

    fn block(&self, block: &Block) -> String {
        if block.volunteers.is_empty() {
            return block.rule.to_string();
        }
        format!("{} {} ({})", count(block.volunteers.len(), "driver"), stopped(block), self.list(&block.volunteers))
    }

    /// A few by name, the others by number.
    fn list(&self, volunteers: &[VolunteerId]) -> String {
        const NAMED: usize = 4;
        let mut named: Vec<String> =
            volunteers.iter().take(NAMED).map(|volunteer| self.who(volunteer.as_str())).collect();
        if volunteers.len() > NAMED {
            named.push(format!("{} more", volunteers.len() - NAMED));
        }
        named.join(", ")
    }

    /// A request with those who make it: `R6 of F5 Adair`.
    fn request(&self, id: &RequestId) -> String {
        let request = self.problem.requests.iter().find(|request| request.id == *id);
        let families = request.map(|request| request.families.as_slice()).unwrap_or_default();
        let families: Vec<String> = families.iter().map(|family| self.who(family.as_str())).collect();
        if families.is_empty() { id.to_string() } else { format!("{id} of {}", listed(&families)) }
    }

    /// What serving a request would mean, in sentences.
    #[must_use]
    pub fn serving(&self, serving: &Serving, explanation: &Explanation) -> String {
        match serving {
            Serving::Costs { score, lost, slot, driver, others, instead_of } => {
                let others_met: Vec<String> = instead_of.iter().map(|request| self.request(request)).collect();
                let instead = if others_met.is_empty() {
                    "and nobody would lose a visit".to_owned()
                } else {
                    format!("but then {} would not be met", listed(&others_met))
                };
                let drivers: Vec<String> =
                    std::iter::once(driver).chain(others).map(|driver| self.who(driver.as_str())).collect();
                let drivers = listed(&drivers);
                let head = format!("It could be served by {drivers} in slot {slot}, {instead}.");
                let gained = score.least.saturating_sub(explanation.score);
                if gained > 0 {
                    return format!("{head} That rota scores {} more than this one.", points(gained.into()));
                }
                if *lost == Bounds::from(0) {
                    return format!("{head} That rota is as good: it scores {} too.", grouped(score.least));
                }
                format!("{head} The best rota that serves it loses {}.", points(*lost))
            }
            Serving::Pinned { pins } => {
                let ids: Vec<&str> = pins.iter().map(|request| request.as_str()).collect();
                format!("It cannot be served while these pins stay: {}.", ids.join(", "))
            }
            Serving::Unknown => "Planning ended before it was clear what serving it would cost.".to_owned(),
        }
    }

    /// Why one request is not met, in lines; those that are indented stand below the line before.
    #[must_use]
    pub fn unmet(&self, unmet: &WhyUnmet, explanation: &Explanation) -> Vec<(usize, String)> {
        match &unmet.why {
            WhyNot::ImpossibleAlone { blocks, nearest } => {
                let mut lines =
                    vec![(0, "No trip could serve it, whatever the rest of the rota looks like.".to_owned())];
                for (heading, stopped) in self.blocks(blocks) {
                    if !heading.is_empty() {
                        lines.push((0, heading));
                    }
                    lines.extend(stopped.into_iter().map(|line| (1, line)));
                }
                lines.push((
                    0,
                    match nearest {
                        Some(nearest) => self.nearest(nearest),
                        None => "Nothing that anybody could change would make it possible.".to_owned(),
                    },
                ));
                lines
            }
            WhyNot::LostToCompetition(serving) => vec![(0, self.serving(serving, explanation))],
        }
    }

    /// Why one request is met as it is, in lines.
    #[must_use]
    pub fn served(&self, served: &Served) -> Vec<(usize, String)> {
        let adds = if served.other_trips.is_empty() { "Its trip adds" } else { "Its trips add" };
        let mut lines = vec![(0, format!("{adds} to the score:"))];
        let parts = score_parts(&served.parts);
        lines.extend(parts.into_iter().map(|(name, points)| (1, format!("{} {name}", grouped(points)))));
        if !served.tight.is_empty() {
            lines.push((0, "Used up:".to_owned()));
            lines.extend(served.tight.iter().map(|tight| (1, self.tight(tight))));
        }
        if served.locked {
            lines.push((0, "It stands as it is: it is on a locked trip.".to_owned()));
            return lines;
        }
        lines.push((0, self.alternative(&served.other_driver, "another driver")));
        lines.push((0, self.alternative(&served.other_slot, "another slot")));
        lines
    }

    fn tight(&self, tight: &Tight) -> String {
        match tight {
            Tight::Tables { slot, tables } => format!("every table of slot {slot} ({tables})"),
            Tight::Seats { seats } => format!("every seat of the car ({seats})"),
            Tight::Families { families } => format!("as many families as the driver takes ({families})"),
            Tight::Trips { volunteer, trips } => {
                format!("every trip of {} in the week ({trips})", self.who(volunteer.as_str()))
            }
            Tight::Duty { left } => format!("the driver's day, except for {}", duration(*left)),
            Tight::Window { volunteer, before, after } => format!(
                "the time of {}: {} to spare before the trip, {} after",
                self.who(volunteer.as_str()),
                duration(*before),
                duration(*after)
            ),
        }
    }

    fn alternative(&self, alternative: &Alternative, what: &str) -> String {
        match alternative {
            Alternative::Costs { driver, slot, lost, .. } => {
                let driver = self.who(driver.as_str());
                format!("With {what}, the best is {driver} in slot {slot}, which loses {}.", points(*lost))
            }
            Alternative::None => format!("It cannot be served with {what}."),
            Alternative::Unknown => format!("Planning ended before it was clear what {what} would cost."),
        }
    }

    /// A suggestion as a sentence without its gain: `If slot sat-am had 5 tables rather than 4`.
    #[must_use]
    pub fn suggestion(&self, suggestion: &Suggestion) -> String {
        format!("If {}", self.condition(&suggestion.changes))
    }

    /// What it gains: `1 visit more, 10,431 points`.
    #[must_use]
    pub fn gain(&self, suggestion: &Suggestion) -> String {
        let Suggestion { gain_points, gain_visits, .. } = suggestion;
        let visits = count(usize::try_from(gain_visits.unsigned_abs()).unwrap_or(usize::MAX), "visit");
        let points = format!("{} points", grouped(gain_points));
        match gain_visits.signum() {
            0 => format!("as many visits, {points} more"),
            1 => format!("{visits} more, {points}"),
            _ => format!("{visits} fewer, but {points} more"),
        }
    }

    /// What advice has weighed besides what it suggests.
    #[must_use]
    pub fn weighed(&self, advice: &Advice) -> String {
        let visits = count(advice.visits, "visit");
        let as_it_is = if advice.best.least == advice.best.most {
            format!("As it is, the best rota meets {visits}.")
        } else {
            format!("As it is, the best rota found before planning ended meets {visits}.")
        };
        let weighed = match (advice.weighed, advice.suggestions.len()) {
            (0, _) => String::new(),
            (weighed, 0) => format!(" Weighed {}: none would help.", count(weighed, "change")),
            (weighed, _) => format!(" Weighed {}: these help most.", count(weighed, "change")),
        };
        let left = match advice.unknown {
            0 => String::new(),
            left => format!(" Planning ended before {} could be weighed.", count(left, "more change")),
        };
        let left = if advice.weighed == 0 { left.replace("more ", "") } else { left };
        format!("{as_it_is}{weighed}{left}")
    }

    /// Why pins contradict each other, and what dropping each would allow, in lines.
    #[must_use]
    pub fn contradiction(&self, contradiction: &Contradiction) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        for (heading, stopped) in self.blocks(&contradiction.blocks) {
            lines.push((0, heading));
            lines.extend(stopped.into_iter().map(|line| (1, line)));
        }
        let hold = match (contradiction.requests.len(), contradiction.others) {
            (1, false) => "It could hold",
            (1, true) => "By itself it could hold",
            (_, false) => "They could all hold",
            (_, true) => "By themselves they could all hold",
        };
        lines.extend(
            (contradiction.ways_out.iter()).map(|way| (0, format!("{hold} if {}.", self.condition(&way.changes)))),
        );
        if contradiction.others {
            lines.push((0, "Other pins would still contradict each other.".to_owned()));
        }
        for dropped in &contradiction.dropped {
            let request = &dropped.request;
            let what = match (&dropped.score, &dropped.served) {
                (None, _) => "the remaining pins would still contradict each other".to_owned(),
                (Some(score), served) => {
                    let served = match served {
                        Some(Assignment { driver, slot, .. }) => {
                            format!("it would be served by {} in slot {slot}", self.who(driver.as_str()))
                        }
                        None => "it would not be met".to_owned(),
                    };
                    let visits = count(dropped.visits, "visit");
                    let score = if score.least == score.most {
                        format!("a score of {}", grouped(score.least))
                    } else {
                        format!("a score of at least {}", grouped(score.least))
                    };
                    format!("{served}, in a rota of {visits} and {score}")
                }
            };
            lines.push((0, format!("Without the pin of {}: {what}.", self.request(request))));
        }
        lines
    }

    /// Who could take each trip of a rota, the fragile trips first, in lines.
    #[must_use]
    pub fn standby(&self, rota: &Rota, standby: &Standby) -> Vec<(usize, String)> {
        let mut trips: Vec<_> = standby.trips.iter().collect();
        trips.sort_by_key(|trip| (trip.locked, trip.stand_ins.len(), trip.trip));
        let mut lines = Vec::new();
        for of in trips {
            let Some(trip) = rota.trips.get(of.trip) else { continue };
            let pinned = if of.pinned { " (pinned: remove the pin before anybody else can take it)" } else { "" };
            let driver = self.who(trip.driver.as_str());
            let head = format!("Trip {}, {driver} to slot {}{pinned}:", of.trip + 1, trip.slot);
            if of.locked {
                lines.push((0, format!("{head} it is locked, and stands as it is.")));
                continue;
            }
            if of.stand_ins.is_empty() {
                lines.push((0, format!("{head} nobody else could take it.")));
                continue;
            }
            lines.push((0, head));
            lines.extend(of.stand_ins.iter().map(|stand_in| {
                let who = self.who(stand_in.volunteer.as_str());
                let points = stand_in.points_lost;
                (
                    1,
                    if points < 0 {
                        format!("{who}, and the rota gains {}", self::points(points.saturating_neg().into()))
                    } else {
                        format!("{who}, for {}", self::points(points.into()))
                    },
                )
            }));
        }
        let fragile = standby.trips.iter().filter(|trip| trip.is_fragile()).count();
        let fragile = match (fragile, standby.trips.len()) {
            (0, _) => "No trip".to_owned(),
            (1, 1) => "The trip".to_owned(),
            (fragile, all) => format!("{} of {}", grouped(fragile), count(all, "trip")),
        };
        lines.push((0, format!("{fragile} would fall through if the driver fell ill.")));
        lines
    }

    /// How far a rota is from the best, and what would mend it, in lines.
    #[must_use]
    pub fn judgement(&self, score: i64, is_valid: bool, judgement: &Judgement) -> Vec<(usize, String)> {
        let best = match judgement.best {
            None => "Planning ended before anything was known about the best rota.".to_owned(),
            Some(best) if best.most <= score => "No valid rota scores more.".to_owned(),
            Some(best) if best.least == best.most => {
                let behind = points(best.least.saturating_sub(score).into());
                format!("The best rota scores {}: {behind} more.", grouped(best.least))
            }
            Some(Bounds { least, most }) => {
                format!("The best rota scores at least {} and at most {}.", grouped(least), grouped(most))
            }
        };
        let mut lines = vec![(0, best)];
        let Some(repair) = &judgement.repair else {
            lines.push((0, "Planning ended before a repair was found.".to_owned()));
            return lines;
        };
        if repair.moved.is_empty() {
            lines.push((0, "Nothing needs to be repaired.".to_owned()));
            return lines;
        }
        let kept = match repair.kept {
            1 => "1 visit as it is".to_owned(),
            kept => format!("{} as they are", count(kept, "visit")),
        };
        let score = grouped(repair.rota.score);
        let what = if is_valid { "A better rota with few changes" } else { "The cheapest repair" };
        lines.push((0, format!("{what} keeps {kept} and scores {score}:")));
        lines.extend(repair.moved.iter().map(|moved| (1, self.moved(moved))));
        lines
    }

    /// How a ride is otherwise in a repair.
    fn moved(&self, moved: &Moved) -> String {
        let place =
            |Assignment { slot, driver, .. }: &Assignment| format!("slot {slot} with {}", self.who(driver.as_str()));
        let ride = match &moved.family {
            Some(family) => format!("{} of {}", moved.request, self.who(family.as_str())),
            None => self.request(&moved.request),
        };
        let chaperone = |chaperone: &Option<VolunteerId>| match chaperone {
            Some(chaperone) => format!("chaperone {}", self.who(chaperone.as_str())),
            None => "no chaperone".to_owned(),
        };
        if let (Some(place), Some(Chaperones { was, to, .. })) = (moved.was.as_ref().map(place), &moved.chaperones) {
            return format!("{ride} stays in {place}, with {} instead of {}", chaperone(to), chaperone(was));
        }
        match (&moved.was, &moved.to) {
            (Some(was), Some(to)) if was.slot == to.slot => {
                let [before, after] = [was, to].map(|place| self.who(place.driver.as_str()));
                format!("{ride} stays in slot {}, with {after} instead of {before}", was.slot)
            }
            (Some(was), Some(to)) if was.driver == to.driver => {
                format!(
                    "{ride} stays with {}, in slot {} instead of {}",
                    self.who(was.driver.as_str()),
                    to.slot,
                    was.slot
                )
            }
            (Some(was), Some(to)) => format!("{ride} goes to {} instead of {}", place(to), place(was)),
            (Some(was), None) => format!("{ride} loses {}", place(was)),
            (None, Some(to)) => format!("{ride} is met: {}", place(to)),
            (None, None) => format!("{ride} stays unmet"),
        }
    }

    /// What an explanation rests on, in sentences.
    #[must_use]
    pub fn best(&self, explanation: &Explanation) -> String {
        let Explanation { best: Bounds { least, most }, score, .. } = *explanation;
        let best = if least == most {
            format!("It is proven that the best rota scores {}.", grouped(least))
        } else {
            format!("The best rota scores at least {} and at most {}.", grouped(least), grouped(most))
        };
        let short = least.saturating_sub(score);
        if short > 0 {
            return format!("{best} This one scores {}, {} less.", grouped(score), points(short.into()));
        }
        best
    }

    /// That a rota breaks rules; nothing if it breaks none.
    #[must_use]
    pub fn broken(&self, times: usize) -> Option<String> {
        let how_often = match times {
            0 => return None,
            1 => "a rule".to_owned(),
            times => format!("rules {} times", grouped(times)),
        };
        let lists = if times == 1 { "says which" } else { "lists them" };
        Some(format!(
            "This rota breaks {how_often}: `visitrota verify` {lists}. What follows is about the rota as it is."
        ))
    }
}

/// Points that are lost, as far as they are known.
fn points(lost: Bounds) -> String {
    let Bounds { least, most } = lost;
    let noun = if most == 1 { "point" } else { "points" };
    if least == most {
        format!("{} {noun}", grouped(most))
    } else if least == 0 {
        format!("at most {} {noun}", grouped(most))
    } else {
        format!("at least {} and at most {} {noun}", grouped(least), grouped(most))
    }
}

/// What stops drivers, as it is said of them.
fn stopped(block: &Block) -> String {
    let one = block.volunteers.len() == 1;
    let verb = |singular: &'static str, plural: &'static str| if one { singular } else { plural };
    match block.rule {
        Rule::DriverAway => format!("{} away for some of the trip", verb("is", "are")),
        Rule::Restraints => format!("{} enough child seats of one kind", verb("lacks", "lack")),
        Rule::Seats => format!("{} too few seats", verb("has", "have")),
        Rule::WheelchairSpaces => format!("{} too few wheelchair spaces", verb("has", "have")),
        Rule::DriverLacks => format!("{} a check, permission or skill on the day", verb("lacks", "lack")),
        Rule::DriverLimits => "would exceed a daily or weekly limit".to_owned(),
        Rule::FamilyLacks => "cannot, as the family lacks a consent or an entry needed on the day".to_owned(),
        Rule::VolunteerHours => "would be out before or after the scheme's hours".to_owned(),
        Rule::FamilyHours => "would call on the family before or after the scheme's hours".to_owned(),
        Rule::PrisonerVisits => "cannot, as the prisoner has no visit left in the week".to_owned(),
        Rule::Locked => "cannot, as a trip that stands as it is leaves no room".to_owned(),
        Rule::NotADriver => format!("{} not drive, or {} no car", verb("does", "do"), verb("has", "have")),
        rule => format!("cannot: {rule}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_drivers_is_said_of_one_and_of_several() {
        let told = |rule, who: &[&str]| {
            let volunteers: Vec<_> = who.iter().map(|id| VolunteerId::from(*id)).collect();
            let slot = None;
            format!("{} {}", count(volunteers.len(), "driver"), stopped(&Block::new(slot, rule, volunteers)))
        };
        assert_eq!(told(Rule::DriverAway, &["V1"]), "1 driver is away for some of the trip");
        assert_eq!(
            told(Rule::VolunteerHours, &["V1", "V2"]),
            "2 drivers would be out before or after the scheme's hours"
        );
        assert_eq!(
            told(Rule::FamilyHours, &["V1"]),
            "1 driver would call on the family before or after the scheme's hours"
        );
        assert_eq!(
            told(Rule::Locked, &["V1", "V2"]),
            "2 drivers cannot, as a trip that stands as it is leaves no room"
        );
        assert_eq!(
            told(Rule::FamilyLacks, &["V1"]),
            "1 driver cannot, as the family lacks a consent or an entry needed on the day"
        );
        assert_eq!(
            told(Rule::PrisonerVisits, &["V1"]),
            "1 driver cannot, as the prisoner has no visit left in the week"
        );
    }
}
