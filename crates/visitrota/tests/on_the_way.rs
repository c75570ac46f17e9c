//! What can be seen and said while a plan is made: better rotas as they are found, a rota to begin with, and the caller
//! who is asked whether to stop.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use visitrota::answers::Code;
use visitrota::generate::{Recipe, Size};
use visitrota::rota::{EndedBy, Status};
use visitrota::{Checks, Error, Options, Problem, Rota, check, generate, load, plan, plan_with_standby, verify};

fn region() -> Problem {
    generate(&Recipe::from(Size::Region).families(60).volunteers(24).seed(5))
}

/// Every better rota that was shown, and when.
type Shown = Arc<Mutex<Vec<(Instant, Rota)>>>;

/// Options that take the long way even for few trips, and a list of every better rota that is shown.
fn watched(every: Duration) -> (Options, Shown) {
    let shown = Shown::default();
    let list = Arc::clone(&shown);
    let options = Options::default().few_trips(0).on_rota(every, move |rota| {
        list.lock().unwrap().push((Instant::now(), rota.clone()));
    });
    (options, shown)
}

#[test]
fn better_rotas_are_shown_as_they_are_found() {
    let problem = region();
    let (options, shown) = watched(Duration::ZERO);
    let best = plan(&problem, &options).unwrap();
    let shown = shown.lock().unwrap();
    assert!(shown.len() > 1, "{} rotas were shown", shown.len());
    assert!(shown.is_sorted_by(|(_, worse), (_, better)| worse.score < better.score));
    for (_, rota) in shown.iter() {
        assert!(rota.bound.unwrap() >= best.score && rota.score <= best.score);
        assert_eq!(rota.ended_by, None);
        let verdict = verify(&problem, rota).unwrap();
        assert_eq!((verdict.broken, verdict.score.total()), (vec![], rota.score));
    }
}

#[test]
fn better_rotas_are_shown_no_more_often_than_asked() {
    let every = Duration::from_millis(150);
    let (options, shown) = watched(every);
    plan(&region(), &options).unwrap();
    let shown = shown.lock().unwrap();
    assert!(!shown.is_empty());
    // The moment noted is a little after the one that counts.
    assert!(shown.windows(2).all(|two| two[1].0 - two[0].0 > every / 2), "{shown:?}");
}

#[test]
fn what_is_valid_of_a_rota_is_where_a_plan_begins() {
    let mut problem = region();
    let best = plan(&problem, &Options::default()).unwrap();
    // Nothing is left to do but to begin.
    let work = |options: Options| options.few_trips(0).work_limit(1);
    let begun = plan(&problem, &work(Options::default().start_from(&best))).unwrap();
    assert_eq!((begun.score, begun.ended_by), (best.score, Some(EndedBy::Work)));

    let gone = best.trips[0].requests[0].clone();
    problem.requests.retain(|request| request.id != gone);
    let ill = best.trips[1].driver.clone();
    problem.volunteers.iter_mut().filter(|other| other.id == ill).for_each(|driver| driver.available.clear());
    let begun = plan(&problem, &work(Options::default().start_from(&best))).unwrap();
    assert!(verify(&problem, &begun).unwrap().broken.is_empty());
    let driven = |rota: &Rota| rota.trips.iter().filter(|trip| trip.driver == ill).count();
    assert_eq!(begun.trips.len(), best.trips.len() - driven(&best) - usize::from(best.trips[0].requests.len() == 1));
    assert_eq!(driven(&begun), 0);
}

#[test]
fn a_rota_to_begin_with_proves_nothing() {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/south-wales/");
    let problem = load(format!("{fixture}problem.json")).unwrap();
    let best = plan(&problem, &Options::default()).unwrap();
    let mut other = load(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json")).unwrap();
    let strange = plan(&other, &Options::default()).unwrap();
    let with_standby = plan_with_standby(&problem, &Options::default()).unwrap();
    let mut half = best.clone();
    half.trips.truncate(half.trips.len() / 2);
    let mut doubled = best.clone();
    doubled.trips.extend(best.trips.clone());
    for start in [&best, &strange, &half, &doubled, &Rota::new(Vec::new())] {
        for few_trips in [0, 2_000] {
            for threads in [1, 2].map(|threads| NonZeroUsize::new(threads).unwrap()) {
                let options = Options::default().few_trips(few_trips).threads(threads).start_from(start);
                let rota = plan(&problem, &options).unwrap();
                assert_eq!((rota.score, rota.status), (best.score, Status::Optimal));
            }
        }
        let rota = plan_with_standby(&problem, &Options::default().start_from(start)).unwrap();
        assert_eq!(rota.kept_free.len(), with_standby.kept_free.len());
    }
    other.requests.truncate(1);
    other.pins.clear();
    other.published.clear();
    assert_eq!(plan(&other, &Options::default().start_from(&best)).unwrap().status, Status::Optimal);
}

#[test]
fn the_caller_is_asked_on_its_own_thread_whether_to_stop() {
    let asked_on = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked_on);
    let begun = Instant::now();
    let options = Options::default().few_trips(0).stop_when(move || {
        noted.lock().unwrap().push(std::thread::current().id());
        begun.elapsed() > Duration::from_millis(300)
    });
    let problem = generate(&Recipe::from(Size::Region).families(600).volunteers(200));
    match plan(&problem, &options) {
        Ok(rota) => assert_eq!(rota.ended_by, Some(EndedBy::Cancel)),
        Err(error) => assert!(matches!(error, Error::Stopped { .. }), "{error}"),
    }
    let asked_on = asked_on.lock().unwrap().clone();
    assert!(asked_on.len() > 3 && asked_on.iter().all(|thread| *thread == std::thread::current().id()));
    // It was cancelled, and stays so.
    assert!(matches!(plan(&problem, &options), Err(Error::Stopped { .. })));
    let never = Options::default().stop_when(|| false);
    assert_eq!(plan(&region(), &never).unwrap().ended_by, Some(EndedBy::Proof));
}

#[test]
fn a_check_asks_the_caller_too() {
    let found = check(&region(), &Checks::planned(&Options::default().stop_when(|| true)));
    assert!(found.iter().any(|finding| finding.code == Code::CheckEnded), "{found:?}");
}
