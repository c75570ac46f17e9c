//! What a rota is worth (§6 of the rules of a rota).

use visitrota::{
    Problem,
    problem::{PairRule, Request},
};

use super::facts::Facts;
use super::outing::Outing;
use super::rides::{Crew, Told};

/// What a rota of nothing but the locked trips is worth, those who make them counted.
pub(super) fn given(facts: &Facts<'_>) -> i64 {
    let weights = &facts.problem.policy.weights;
    let mut points = 0;
    for (at, outing) in facts.locked.iter().enumerate() {
        let before: Vec<&Outing> = facts.locked[..at].iter().collect();
        points += of_trip(facts, outing) - load(facts, &before, outing);
    }
    for request in 0..facts.problem.requests.len() {
        let locked = facts.locked.iter().find(|outing| carries(facts, outing, request));
        points += locked.map_or(0, |outing| visit(facts, &facts.problem.requests[request], outing.slot));
        for ride in facts.rides_of(request) {
            let told = facts.rides[ride].told.len() as i64;
            let rides = facts.locked.iter().any(|outing| outing.rides.contains(&ride));
            points -= match locked {
                None => told * i64::from(weights.drop_published),
                Some(_) if rides => 0,
                // The family stays behind.
                Some(_) => told * behind(facts),
            };
        }
    }
    points
}

/// What a trip adds, but for the load of those who make it.
pub(super) fn points(facts: &Facts<'_>, outing: &Outing) -> i64 {
    let mut points = of_trip(facts, outing);
    for &ride in &outing.rides {
        let locked = facts.locked.iter().any(|other| carries(facts, other, facts.rides[ride].request));
        let told = facts.rides[ride].told.len() as i64;
        // Taken off by `given`.
        if locked {
            points += told * behind(facts);
        } else {
            points += told * i64::from(facts.problem.policy.weights.drop_published);
        }
        // The others of the request are in the rota too, or it is not valid.
        if !locked && facts.rides[ride].first {
            points += visit(facts, facts.request_of(ride), outing.slot);
        }
    }
    points
}

/// What an entry costs whose family stays behind while its request is served.
fn behind(facts: &Facts<'_>) -> i64 {
    let weights = &facts.problem.policy.weights;
    i64::from(weights.change_slot) + i64::from(weights.change_driver)
}

fn carries(facts: &Facts<'_>, outing: &Outing, request: usize) -> bool {
    outing.rides.iter().any(|&ride| facts.rides[ride].request == request)
}

/// What a request served in a slot is worth.
fn visit(facts: &Facts<'_>, request: &Request, slot: usize) -> i64 {
    let Problem { slots, policy, .. } = facts.problem;
    let weights = &policy.weights;
    let rank = request.options.iter().find(|option| option.slot == slots[slot].id).map_or(0, |option| option.rank);
    i64::from(weights.visit)
        + i64::from(weights.per_week_waiting) * i64::from(request.weeks_waiting.min(weights.max_weeks))
        + i64::from(request.extra_points)
        - i64::from(weights.slot_rank) * i64::from(rank)
}

/// What is counted for each trip and each family in it: negative, if anything.
fn of_trip(facts: &Facts<'_>, outing: &Outing) -> i64 {
    let Problem { volunteers, policy, .. } = facts.problem;
    let weights = &policy.weights;
    let crew = Crew { driver: outing.driver, chaperone: outing.chaperone, slot: outing.slot };
    let mut points = -i64::from(weights.drive_min) * outing.drive;
    points -= i64::from(weights.change_time) * outing.late as i64;
    for &ride in &outing.rides {
        let family = facts.family_of(ride).id.as_str();
        let usual = |at: usize| facts.paired(PairRule::Usual, family, volunteers[at].id.as_str());
        let has_usual = (0..volunteers.len()).any(usual);
        if has_usual && !usual(outing.driver) && !outing.chaperone.is_some_and(usual) {
            points -= i64::from(weights.new_volunteer);
        }
        let changes = |told: &Told<'_>| {
            let (slot, driver) = facts.differs(told, crew);
            i64::from(slot) * i64::from(weights.change_slot) + i64::from(driver) * i64::from(weights.change_driver)
        };
        points -= facts.rides[ride].told.iter().map(changes).sum::<i64>();
    }
    points
}

/// What a trip beside the chosen ones adds to the load of those who make it.
pub(super) fn load(facts: &Facts<'_>, chosen: &[&Outing], outing: &Outing) -> i64 {
    let step = |volunteer: usize| {
        let before = chosen.iter().filter(|other| other.crew().any(|who| who == volunteer)).count() as i64;
        i64::from(facts.problem.volunteers[volunteer].recent_trips) + before
    };
    i64::from(facts.problem.policy.weights.load) * outing.crew().map(step).sum::<i64>()
}
