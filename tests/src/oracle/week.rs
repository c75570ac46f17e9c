//! The best set of trips (§5 and §6 of the rules of a rota): every set is tried, but those that cannot beat the best.

use std::cmp::Reverse;

use visitrota::{PairRule, Pin, Problem, RequestId};

use super::facts::{Facts, Span};
use super::outing::Outing;

/// The score of the best rota that keeps the pins of these requests; none if there is none.
pub(super) fn best(facts: &Facts<'_>, outings: &[Outing], pinned: impl Fn(&RequestId) -> bool) -> Option<i64> {
    let pins: Vec<&Pin> = facts.problem.pins.iter().filter(|pin| pinned(&pin.request)).collect();
    let mut worth: Vec<(i64, &Outing)> = outings
        .iter()
        .filter(|outing| keeps(facts, &pins, outing))
        .map(|outing| (points(facts, outing), outing))
        .collect();
    worth.sort_by_key(|&(points, _)| Reverse(points));
    let mut by_first = vec![Vec::new(); facts.problem.requests.len()];
    for &(points, outing) in &worth {
        by_first[outing.requests[0]].push((points, outing));
    }
    let must = |request: &RequestId| pins.iter().any(|pin| pin.request == *request);
    let mut search = Search {
        facts,
        at_most: at_most(facts, &worth),
        by_first,
        must: facts.problem.requests.iter().map(|request| must(&request.id)).collect(),
        chosen: Vec::new(),
        best: None,
    };
    search.decide((1 << facts.problem.requests.len()) - 1, 0);
    search.best.map(|best| best - all_dropped(facts))
}

/// Whether a rota of this trip alone is valid, pins of other requests apart.
pub(super) fn valid_alone(facts: &Facts<'_>, outing: &Outing) -> bool {
    keeps(facts, &facts.problem.pins.iter().collect::<Vec<_>>(), outing) && fits(facts, &[], outing)
}

struct Search<'a> {
    facts: &'a Facts<'a>,
    /// For each set of requests, points that no set of trips serving only those exceeds.
    at_most: Vec<i64>,
    /// For each request, the trips of which it is the first, with their points, the best first.
    by_first: Vec<Vec<(i64, &'a Outing)>>,
    /// For each request, whether it must be served.
    must: Vec<bool>,
    chosen: Vec<&'a Outing>,
    best: Option<i64>,
}

impl<'a> Search<'a> {
    /// Decides on the first of the undecided requests (a set of bits): by which trip it is served, or by none. The
    /// other requests of that trip must be undecided too, so that every set of trips comes up once.
    fn decide(&mut self, undecided: usize, score: i64) {
        if self.cannot_win(undecided, score) {
            return;
        }
        if undecided == 0 {
            self.best = Some(score);
            return;
        }
        let request = undecided.trailing_zeros() as usize;
        for at in 0..self.by_first[request].len() {
            let (points, outing) = self.by_first[request][at];
            let served = bits(outing);
            if served & undecided != served {
                continue;
            }
            let score = score + points - load(self.facts, &self.chosen, outing);
            let undecided = undecided & !served;
            if !self.cannot_win(undecided, score) && fits(self.facts, &self.chosen, outing) {
                self.chosen.push(outing);
                self.decide(undecided, score);
                self.chosen.pop();
            }
        }
        if !self.must[request] {
            self.decide(undecided & !(1 << request), score);
        }
    }

    /// Whether nothing that is decided from here on makes a rota better than the best.
    fn cannot_win(&self, undecided: usize, score: i64) -> bool {
        self.best.is_some_and(|best| score + self.at_most[undecided] <= best)
    }
}

pub(super) fn bits(outing: &Outing) -> usize {
    outing.requests.iter().map(|request| 1 << request).sum()
}

/// For each set of requests, the most that disjoint trips earn from it, whoever drives them: nothing but the requests
/// is counted, and of the load no more than each volunteer's first step.
fn at_most(facts: &Facts<'_>, worth: &[(i64, &Outing)]) -> Vec<i64> {
    let sets = 1 << facts.problem.requests.len();
    let mut single: Vec<Option<i64>> = vec![None; sets];
    for &(points, outing) in worth {
        let points = points - load(facts, &[], outing);
        let best = &mut single[bits(outing)];
        *best = Some(best.map_or(points, |best| best.max(points)));
    }
    let mut most = vec![0; sets];
    for set in 1..sets {
        let first = 1 << set.trailing_zeros();
        let mut best = most[set & !first];
        // Every subset, from the whole downwards.
        let mut subset = set;
        while subset > 0 {
            if let Some(points) = single[subset].filter(|_| subset & first != 0) {
                best = best.max(points + most[set & !subset]);
            }
            subset = (subset - 1) & set;
        }
        most[set] = best;
    }
    most
}

/// §6: what a rota without any trip loses by the visits that were published.
pub(super) fn all_dropped(facts: &Facts<'_>) -> i64 {
    let Problem { requests, published, policy, .. } = facts.problem;
    let known = published.iter().filter(|published| requests.iter().any(|request| request.id == published.request));
    i64::from(policy.weights.drop_published) * known.count() as i64
}

/// §6 for one trip, but the load.
pub(super) fn points(facts: &Facts<'_>, outing: &Outing) -> i64 {
    let problem = facts.problem;
    let weights = &problem.policy.weights;
    let slot = &problem.slots[outing.slot].id;
    let driver = &problem.volunteers[outing.driver].id;
    let mut points = -i64::from(weights.drive_min) * outing.drive;
    for &at in &outing.requests {
        let request = &problem.requests[at];
        let rank = request.options.iter().find(|option| option.slot == *slot).map_or(0, |option| option.rank);
        points += i64::from(weights.visit);
        points += i64::from(weights.per_week_waiting) * i64::from(request.weeks_waiting.min(weights.max_weeks));
        points += i64::from(request.extra_points);
        points -= i64::from(weights.slot_rank) * i64::from(rank);
        let family = request.family.place();
        let usual = |at: usize| facts.paired(PairRule::Usual, &family, &problem.volunteers[at].id.place());
        let has_usual = (0..problem.volunteers.len()).any(usual);
        if has_usual && !usual(outing.driver) && !outing.chaperone.is_some_and(usual) {
            points -= i64::from(weights.new_volunteer);
        }
        for published in problem.published.iter().filter(|published| published.request == request.id) {
            points -= if published.slot == *slot { 0 } else { weights.change_slot.into() };
            points -= if published.driver == *driver { 0 } else { weights.change_driver.into() };
            // Taken off every rota by `all_dropped`.
            points += i64::from(weights.drop_published);
        }
    }
    points
}

/// §6: what a trip beside the chosen ones adds to the load of those who make it.
pub(super) fn load(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> i64 {
    let step = |volunteer: usize| {
        let before = chosen.iter().filter(|other| busy(other, volunteer).is_some()).count() as i64;
        i64::from(facts.problem.volunteers[volunteer].recent_trips) + before
    };
    let steps: i64 = crew(outing).map(step).sum();
    i64::from(facts.problem.policy.weights.load) * steps
}

fn crew(outing: &Outing) -> impl Iterator<Item = usize> {
    std::iter::once(outing.driver).chain(outing.chaperone)
}

/// When a volunteer is busy with a trip, if they are on it.
fn busy(outing: &Outing, volunteer: usize) -> Option<Span> {
    if outing.driver == volunteer {
        Some(outing.busy)
    } else {
        outing.escort.filter(|_| outing.chaperone == Some(volunteer))
    }
}

/// §5.4 for the requests that the trip carries.
pub(super) fn keeps(facts: &Facts<'_>, pins: &[&Pin], outing: &Outing) -> bool {
    let problem = facts.problem;
    pins.iter().filter(|pin| facts.carries(outing, &pin.request)).all(|pin| {
        pin.slot.as_ref().is_none_or(|slot| *slot == problem.slots[outing.slot].id)
            && pin.driver.as_ref().is_none_or(|driver| *driver == problem.volunteers[outing.driver].id)
    })
}

/// §5.1 to §5.3: whether a trip keeps the rules beside the chosen ones, which keep them among themselves.
pub(super) fn fits(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> bool {
    let all: Vec<&Outing> = chosen.iter().copied().chain([outing]).collect();
    let in_slot: Vec<&Outing> = all.iter().copied().filter(|other| other.slot == outing.slot).collect();
    families_fit(facts, chosen, outing)
        && slot_fits(facts, &in_slot)
        && crew(outing).all(|volunteer| volunteer_fits(facts, &all, outing, volunteer))
}

fn families_fit(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> bool {
    chosen.iter().filter(|other| facts.slots[other.slot].date == facts.slots[outing.slot].date).all(|other| {
        let family = |&request: &usize| facts.family_of[request];
        !outing.requests.iter().map(family).any(|ours| other.requests.iter().map(family).any(|theirs| ours == theirs))
    })
}

fn slot_fits(facts: &Facts<'_>, in_slot: &[&Outing]) -> bool {
    let Some(slot) = in_slot.first().map(|outing| &facts.problem.slots[outing.slot]) else { return true };
    let requests = in_slot.iter().flat_map(|outing| &outing.requests);
    let families: Vec<_> = requests.map(|&request| facts.problem.requests[request].family.place()).collect();
    slot.tables.is_none_or(|tables| families.len() <= tables as usize)
        && (1..families.len())
            .all(|at| !families[..at].iter().any(|other| facts.paired(PairRule::NeverSameSlot, &families[at], other)))
}

fn volunteer_fits(facts: &Facts<'_>, all: &[&Outing], outing: &Outing, volunteer: usize) -> bool {
    let (limits, policy) = (&facts.problem.volunteers[volunteer], &facts.problem.policy);
    let turnaround = i64::from(policy.turnaround_min);
    let theirs: Vec<&Outing> = all.iter().copied().filter(|other| busy(other, volunteer).is_some()).collect();
    let spans: Vec<Span> = theirs.iter().filter_map(|other| busy(other, volunteer)).collect();
    let overlap = |a: Span, b: Span| a.0 < b.1 + turnaround && b.0 < a.1 + turnaround;
    if (1..spans.len()).any(|at| spans[..at].iter().any(|&other| overlap(spans[at], other))) {
        return false;
    }
    let that_date = |other: &&Outing| facts.slots[other.slot].date == facts.slots[outing.slot].date;
    let driven: Vec<&Outing> = theirs.iter().copied().filter(|other| other.driver == volunteer).collect();
    let driven_that_date = || driven.iter().copied().filter(that_date);
    let duty: i64 = driven_that_date().map(|other| other.busy.1 - other.busy.0).sum();
    let driving: i64 = driven_that_date().map(|other| other.drive).sum();
    let metres: i64 = driven.iter().map(|other| other.metres).sum();
    theirs.len() <= limits.max_trips as usize
        && theirs.iter().copied().filter(that_date).count() <= limits.max_trips_per_day as usize
        && limits.max_duty_min.or(policy.max_duty_min).is_none_or(|most| duty <= most.into())
        && limits.max_driving_min.or(policy.max_driving_min).is_none_or(|most| driving <= most.into())
        && limits.max_km_week.is_none_or(|most| metres <= 1000 * i64::from(most))
}
