//! How whatever takes long ends: soon after it is cancelled or its time is up, with what is known by then, and with no
//! thread left behind. One test, since it counts the threads of the process.

use std::time::{Duration, Instant};

use visitrota::{
    Cancel, Checks, Error, Options, Problem, Questions, Rota, advise,
    answers::Code,
    check, contradiction, explain, fill_in_times, generate,
    generate::{Recipe, Size},
    judge, plan, plan_with_standby,
    rota::{EndedBy, Status},
    standby, verify,
};

/// How long anything may go on: five times what is promised, since this may be a build for debugging on a busy machine.
const LATE: Duration = Duration::from_secs(1);

/// An answer, of which only counts whether there was one.
type Answer = Result<(), Error>;

/// What takes long, by name, asked of a problem and a rota of it.
type Verb = (&'static str, fn(&Problem, &Rota, &Options) -> Answer);

const VERBS: [Verb; 8] = [
    ("plan", |problem, _, options| plan(problem, options).map(drop)),
    ("plan_with_standby", |problem, _, options| plan_with_standby(problem, options).map(drop)),
    ("explain", |problem, rota, options| explain(problem, rota, &Questions::default(), options).map(drop)),
    ("advise", |problem, _, options| advise(problem, 3, options).map(drop)),
    ("standby", |problem, rota, options| standby(problem, rota, options).map(drop)),
    ("judge", |problem, rota, options| judge(problem, rota, options).map(drop)),
    ("contradiction", |problem, _, options| contradiction(problem, &[], options).map(drop)),
    ("fill_in_times", |problem, rota, options| fill_in_times(problem, &without_times(rota), options).map(drop)),
];

fn without_times(rota: &Rota) -> Rota {
    let mut rota = rota.clone();
    rota.trips.iter_mut().for_each(|trip| trip.stops.clear());
    rota
}

#[test]
fn whatever_takes_long_ends_when_it_is_told() {
    let region = generate(&Recipe::from(Size::Region));
    let limit = Options::default().time_limit(Duration::from_secs(20)).gap(0.02);
    let rota = plan(&region, &limit).expect("a rota");
    let threads = threads();
    for (name, ask) in VERBS {
        for moment in [2, 50, 400, 1_500].map(Duration::from_millis) {
            let options = Options::default().time_limit(moment);
            let overdue = late(moment, || ask(&region, &rota, &options));
            assert!(overdue < LATE, "{name} with a limit of {moment:?} was {overdue:?} late");
            let options = Options::default();
            let cancel = options.cancel();
            let overdue = std::thread::scope(|scope| {
                scope.spawn(move || {
                    std::thread::sleep(moment);
                    cancel.cancel();
                });
                late(moment, || ask(&region, &rota, &options))
            });
            assert!(overdue < LATE, "{name} cancelled after {moment:?} was {overdue:?} late");
            assert!(
                matches!(ask(&region, &rota, &options), Err(Error::Stopped { .. })),
                "{name} was cancelled already"
            );
        }
    }
    assert_eq!(self::threads(), threads, "threads were left behind");
    a_check_ends_with_what_it_found(&region);
    a_rota_says_what_ended_it(&region);
    an_empty_rota_is_only_returned_where_it_is_best(&region, &rota);
    a_clone_has_a_flag_of_its_own(&region);
}

/// How long something took beyond a moment.
fn late(moment: Duration, ask: impl FnOnce() -> Answer) -> Duration {
    let begun = Instant::now();
    match ask() {
        Ok(()) | Err(Error::Stopped { .. }) => begun.elapsed().saturating_sub(moment),
        Err(other) => panic!("{other}"),
    }
}

/// How many threads the process has, where that is known. Those that a joined pool had are gone a moment later.
fn threads() -> usize {
    std::thread::sleep(Duration::from_millis(100));
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

fn a_check_ends_with_what_it_found(region: &Problem) {
    let options = Options::default();
    options.cancel().cancel();
    let begun = Instant::now();
    let ended = check(region, &Checks::planned(&options));
    assert!(begun.elapsed() < LATE, "{:?}", begun.elapsed());
    assert!(ended.iter().any(|finding| finding.code == Code::CheckEnded), "{ended:?}");
    let whole = check(region, &Checks::default());
    assert!(whole.iter().all(|finding| finding.code != Code::CheckEnded), "{whole:?}");
    for finding in check(region, &Checks::document()) {
        assert!(whole.contains(&finding) && ended.contains(&finding), "{finding:?}");
    }
}

fn a_rota_says_what_ended_it(region: &Problem) {
    let scheme = generate(&Recipe::from(Size::Scheme));
    let large = generate(&Recipe::from(Size::Region).families(800).volunteers(500));
    let planned = |problem: &Problem, options: &Options| {
        let rota = plan(problem, options).expect("a rota");
        assert_eq!(rota.ended_by == Some(EndedBy::Proof), rota.status == Status::Optimal);
        assert_eq!(verify(problem, &rota).expect("a sound problem").broken, []);
        rota.ended_by
    };
    assert_eq!(planned(&scheme, &Options::default()), Some(EndedBy::Proof));
    assert_eq!(planned(region, &Options::default().gap(0.05)), Some(EndedBy::Gap));
    assert_eq!(planned(&large, &Options::default().work_limit(300_000)), Some(EndedBy::Work));
    assert_eq!(planned(&large, &Options::default().time_limit(Duration::from_secs(6))), Some(EndedBy::Time));
    let options = Options::default();
    let cancel = options.cancel();
    let cancelled = std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(Duration::from_secs(6));
            cancel.cancel();
        });
        planned(&large, &options)
    });
    assert_eq!(cancelled, Some(EndedBy::Cancel));
}

fn an_empty_rota_is_only_returned_where_it_is_best(region: &Problem, rota: &Rota) {
    for options in [Options::default().time_limit(Duration::ZERO), Options::default().work_limit(0)] {
        match plan(region, &options) {
            Err(Error::Stopped { bound }) => assert!(bound >= rota.score, "a bound of {bound} for {}", rota.score),
            Ok(rota) => assert!(!rota.trips.is_empty(), "an empty rota, ended by {:?}", rota.ended_by),
            Err(other) => panic!("{other}"),
        }
    }
    let mut nobody = region.clone();
    nobody.volunteers.iter_mut().for_each(|volunteer| volunteer.available.clear());
    let empty = plan(&nobody, &Options::default()).expect("an empty rota, which is best");
    assert_eq!((empty.trips.len(), empty.ended_by), (0, Some(EndedBy::Proof)));
}

fn a_clone_has_a_flag_of_its_own(region: &Problem) {
    let cancel = Cancel::new();
    let options = Options::default().gap(0.5).cancel_with(cancel.clone());
    let own = options.clone();
    cancel.cancel();
    assert!(options.cancel().is_cancelled() && !own.cancel().is_cancelled());
    assert!(matches!(plan(region, &options), Err(Error::Stopped { .. })));
    assert!(plan(region, &own).is_ok());
}
