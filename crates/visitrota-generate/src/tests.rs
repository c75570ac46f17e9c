//! Generated problems from outside.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Code, Finding, PairRule, Problem, Role, Slot, check};

use crate::{Recipe, Size, generate};

const SIZES: [Size; 4] = [Size::Tiny, Size::Scheme, Size::Region, Size::National];

fn counts(problem: &Problem) -> [usize; 3] {
    [problem.families.len(), problem.volunteers.len(), problem.prisons.len()]
}

fn document(problem: &Problem) -> String {
    serde_json::to_string(problem).expect("JSON")
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn a_recipe_gives_the_same_document_for_ever() {
    let recipe = Recipe::from(Size::Tiny).families(8).minibuses(1).prisons(2).seed(3);
    let problem = generate(&recipe);
    assert_eq!(problem, generate(&recipe));
    assert_eq!(problem.name, "generated: families 8, volunteers 10, prisons 2, minibuses 1, seed 3");
    // Whoever measures relies on it: a change here is one for the changelog.
    assert_eq!(format!("{:016x}", hash(&document(&problem))), "05279d815ad4ebe2");
    assert_ne!(problem.families, generate(&recipe.clone().seed(4)).families);
}

#[test]
fn a_rich_recipe_likewise() {
    let recipe = Recipe::from(Size::Tiny).families(8).minibuses(1).prisons(2).seed(3).rich();
    let problem = generate(&recipe);
    assert_eq!(problem.name, "generated: families 8, volunteers 10, prisons 2, minibuses 1, rich, seed 3");
    assert_eq!(format!("{:016x}", hash(&document(&problem))), "b74e3970889d3b01");
    let plain = generate(&Recipe::from(Size::Region).seed(5));
    let rich = generate(&Recipe::from(Size::Region).seed(5).rich());
    assert_eq!((plain.volunteers, plain.slots), (rich.volunteers, rich.slots));
    let members =
        |problem: &[visitrota_model::Family]| problem.iter().map(|one| one.members.clone()).collect::<Vec<_>>();
    assert_eq!(members(&plain.families), members(&rich.families));
}

#[test]
fn a_rich_problem_has_a_share_of_everything() {
    let problem = generate(&Recipe::from(Size::Region).rich());
    let Problem { policy, prisons, meeting_points, prisoners, families, requests, pairs, .. } = &problem;
    assert!(policy.volunteer_hours.is_some() && policy.family_hours.is_some() && policy.chaperone_throughout);
    assert!(prisons.iter().any(|prison| !prison.visitor_requires.is_empty()));
    assert!(meeting_points.len() > 20 && prisoners.len() > 80, "{} {}", meeting_points.len(), prisoners.len());
    for visits in [None, Some(1), Some(2)] {
        assert!(prisoners.iter().filter(|prisoner| prisoner.visits == visits).count() > 5, "{visits:?}");
    }
    for households in 1..=3 {
        let joint = requests.iter().filter(|request| request.families.len() == households);
        assert!(joint.clone().count() >= 2, "{households}: {}", joint.count());
    }
    let joint: Vec<_> = requests.iter().filter(|request| request.is_joint()).collect();
    assert!(joint.iter().all(|request| request.prisoner.is_some()));
    let apart = pairs.iter().filter(|pair| pair.rule == PairRule::NeverSameSlot);
    assert!(apart.filter(|pair| pair.a.as_str().starts_with("PR")).count() > 2);
    assert!(families.iter().filter(|family| family.pickup.is_some()).count() > 10);
    assert!(requests.iter().any(|request| request.pickup.is_some()));
    assert!(requests.iter().flat_map(|request| &request.options).any(|option| option.dropoff.is_some()));
    let runs_out = |hold: &visitrota_model::Hold| hold.until.is_some_and(|until| problem.week.contains(until));
    assert!(families.iter().any(|family| family.holds.iter().any(runs_out)));
    let asking: BTreeSet<_> = requests.iter().flat_map(|request| &request.families).collect();
    assert_eq!(asking.len(), families.len(), "nobody is left out");
}

#[test]
fn whoever_visits_together_visits_one_prisoner_at_one_prison() {
    for seed in 0..20 {
        let problem = generate(&Recipe::from(Size::Region).seed(seed).rich());
        for request in &problem.requests {
            let distinct: BTreeSet<_> = request.families.iter().collect();
            assert_eq!(distinct.len(), request.families.len(), "{}", request.id);
            assert!(!request.options.is_empty(), "{}", request.id);
            let prison = request.prisoner.as_ref().map(|id| {
                let prisoner = problem.prisoners.iter().find(|prisoner| prisoner.id == *id).expect("a prisoner");
                prisoner.prison.as_str()
            });
            let there = |slot: &str| prison.is_none_or(|prison| slot.starts_with(&format!("{prison}-")));
            assert!(request.options.iter().all(|option| there(option.slot.as_str())), "{}", request.id);
        }
    }
}

#[test]
fn nothing_is_wrong_with_a_rich_one() {
    let recipes = SIZES[..3].iter().map(|size| Recipe::from(*size).rich());
    for recipe in recipes.chain([Recipe::from(Size::Scheme).prisons(40).minibuses(50).rich()]) {
        for seed in 0..40 {
            let recipe = recipe.clone().seed(seed);
            let problem = generate(&recipe);
            let findings = check(&problem);
            assert_eq!(findings.iter().find(|finding| finding.is_error()), None, "{recipe}");
            let people = problem.families.len() + problem.volunteers.len();
            assert!(findings.len() <= 4 + people / 10, "{recipe}: {} warnings", findings.len());
            assert_eq!(Problem::from_json(document(&problem).as_bytes()), Ok(problem), "{recipe}");
        }
    }
}

#[test]
fn a_document_is_read_as_it_was_written() {
    let problem = generate(&Recipe::from(Size::Region).minibuses(5));
    assert_eq!(Problem::from_json(document(&problem).as_bytes()), Ok(problem));
}

#[test]
fn sizes_are_kept() {
    let all = SIZES.map(|size| counts(&generate(&size.into())));
    assert_eq!(all, [[10, 10, 1], [24, 20, 1], [150, 100, 4], [3_000, 2_200, 86]]);
    let own = Recipe::from(Size::Region).families(7).volunteers(30).prisons(3);
    assert_eq!(counts(&generate(&own)), [7, 30, 3]);
    assert_eq!(counts(&generate(&Recipe::from(Size::Tiny).families(0).volunteers(0).prisons(0))), [1, 1, 1]);
}

#[test]
fn more_of_one_kind_changes_no_other() {
    let few = generate(&Recipe::from(Size::Region));
    let many = generate(&Recipe::from(Size::Region).volunteers(200));
    assert_eq!((&few.families, &few.requests, &few.slots), (&many.families, &many.requests, &many.slots));
    assert_eq!(few.volunteers, many.volunteers[..100]);
}

#[test]
fn nothing_is_wrong_with_any() {
    let recipes = SIZES[..3].iter().map(|size| Recipe::from(*size));
    let odd = [
        Recipe::from(Size::Tiny).families(1).volunteers(1),
        Recipe::from(Size::Scheme).prisons(40).minibuses(50),
        Recipe::from(Size::Region).prisons(1).minibuses(9),
    ];
    for recipe in recipes.chain(odd) {
        for seed in 0..40 {
            sound(&recipe.clone().seed(seed));
        }
    }
    sound(&Recipe::from(Size::National));
    sound(&Recipe::from(Size::National).families(20_000).volunteers(12_000).minibuses(500));
}

/// Finds no error, and few warnings, all of them of what happens in life; or of a home in the sea, since recipes know no
/// coast.
fn sound(recipe: &Recipe) {
    use Code::{FarAway, FitsNoCar, NobodyCanServe, NobodyHolds, OverVisitorsCap, PermissionRunsOut};
    let problem = generate(recipe);
    let findings = check(&problem);
    let odd = |finding: &&Finding| {
        let usual = [FarAway, FitsNoCar, NobodyCanServe, NobodyHolds, OverVisitorsCap, PermissionRunsOut];
        finding.is_error() || !usual.contains(&finding.code)
    };
    assert_eq!(findings.iter().find(odd), None, "{recipe}");
    let people = problem.families.len() + problem.volunteers.len();
    assert!(findings.len() <= 3 + people / 20, "{recipe}: {} warnings", findings.len());
}

#[test]
fn minibuses_are_as_many_as_were_asked_for() {
    for (minibuses, expected) in [(0, 0), (1, 1), (7, 7), (100, 100), (1_000, 100)] {
        let problem = generate(&Recipe::from(Size::Region).minibuses(minibuses));
        let drivers = problem.volunteers.iter().filter(|volunteer| {
            volunteer.roles.contains(&Role::Driver)
                && volunteer.max_families == 6
                && volunteer.drives().is_some_and(|car| car.seats == 15)
        });
        assert_eq!(drivers.count(), expected);
    }
}

#[test]
fn a_request_asks_for_slots_of_one_prison_on_days_of_its_own() {
    let problem = generate(&Recipe::from(Size::National));
    let slots: BTreeMap<_, &Slot> = problem.slots.iter().map(|slot| (&slot.id, slot)).collect();
    let mut dates: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for request in &problem.requests {
        let asked: Vec<_> = request.options.iter().map(|option| slots[&option.slot]).collect();
        assert!(asked.iter().all(|slot| slot.prison == asked[0].prison), "{}", request.id);
        let own: BTreeSet<_> = asked.iter().map(|slot| slot.start.date()).collect();
        let earlier = dates.entry(&request.families).or_default();
        assert!(earlier.is_disjoint(&own), "{}", request.id);
        earlier.extend(own);
    }
    assert!(problem.requests.len() > problem.families.len() + 50, "some ask twice");
}

#[test]
fn most_families_live_within_two_hours() {
    let problem = generate(&Recipe::from(Size::National));
    let prisons: BTreeMap<_, _> =
        problem.prisons.iter().map(|prison| (prison.id.as_str(), (prison.lat, prison.lon))).collect();
    let slots: BTreeMap<_, _> = problem.slots.iter().map(|slot| (&slot.id, slot.prison.as_str())).collect();
    let families: BTreeMap<_, _> =
        problem.families.iter().map(|family| (&family.id, (family.lat, family.lon))).collect();
    let mut minutes: Vec<f64> = problem
        .requests
        .iter()
        .map(|request| {
            let (home, gate) = (families[&request.families[0]], prisons[slots[&request.options[0].slot]]);
            let degrees = |one: Option<f64>, other: Option<f64>| one.expect("given") - other.expect("given");
            let (north, east) = (degrees(home.0, gate.0), degrees(home.1, gate.1));
            let km = 111.2 * north.hypot(east * home.0.expect("given").to_radians().cos());
            3.02 * km.powf(0.775)
        })
        .collect();
    minutes.sort_by(f64::total_cmp);
    let quantile = |per_cent: usize| minutes[minutes.len() * per_cent / 100];
    assert!((60.0..90.0).contains(&quantile(50)), "{}", quantile(50));
    assert!(quantile(95) < 125.0, "{}", quantile(95));
}
