//! A week built in code and planned: what a service does that keeps its people in a database of its own.
//!
//! `cargo run --package visitrota --example week`
#![allow(clippy::print_stdout, reason = "it shows what it made")]

use std::error::Error;
use std::time::Duration;

use visitrota::problem::{Car, Family, Hold, Member, Prison, Request, Role, Slot, SlotOption, Volunteer, Week, Window};
use visitrota::{Checks, Options, Problem, check, plan, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let problem = week()?;
    for finding in check(&problem, &Checks::default()) {
        println!("{finding}");
    }
    let rota = plan(&problem, &Options::default().time_limit(Duration::from_secs(10)))?;
    for trip in &rota.trips {
        println!("{} drives to {}:", trip.driver, trip.slot);
        for stop in &trip.stops {
            let times = [stop.arrive, stop.depart].into_iter().flatten().map(|time| time.clock());
            println!("  {} {:?} at {}", times.collect::<Vec<_>>().join(" to "), stop.kind, stop.place);
        }
    }
    println!("{} points, {:?}; {} visits cannot be met", rota.score, rota.status, rota.unmet.len());
    assert!(verify(&problem, &rota)?.broken.is_empty());
    Ok(())
}

/// Two families, one prison, one Saturday, and a driver with a chaperone.
fn week() -> Result<Problem, Box<dyn Error>> {
    let mut problem = Problem::new(Week::new("2026-12-05".parse()?, "2026-12-06".parse()?));
    problem.name = "An invented Saturday".to_owned();

    let mut prison = Prison::new("ashdown");
    prison.postcode = Some("GL12 8DB".to_owned());
    problem.prisons.push(prison);
    let (start, end) = ("2026-12-05T14:00".parse()?, "2026-12-05T16:00".parse()?);
    problem.slots.push(Slot::new("sat", "ashdown", start, end));

    let day = Window::new("2026-12-05T08:00".parse()?, "2026-12-05T20:00".parse()?);
    let checks = ["dbs", "insurance", "licence"].map(Hold::new);
    let mut driver = Volunteer::new("V1", [Role::Driver]);
    driver.postcode = Some("NP20 4EA".to_owned());
    driver.car = Some(Car::new(4));
    driver.available = vec![day];
    driver.holds = checks.to_vec();
    let mut chaperone = Volunteer::new("V2", [Role::Chaperone]);
    chaperone.postcode = Some("NP19 8BY".to_owned());
    chaperone.available = vec![day];
    chaperone.holds = vec![Hold::new("dbs")];
    problem.volunteers = vec![driver, chaperone];

    let mut with_grandmother = Family::new("F1", [Member::new(61), Member::new(12)]);
    with_grandmother.postcode = Some("NP20 3DD".to_owned());
    with_grandmother.shares_car = true;
    let mut alone = Family::new("F2", [Member::new(13)]);
    alone.postcode = Some("NP18 3QT".to_owned());
    alone.shares_car = true;
    problem.families = vec![with_grandmother, alone];
    problem.requests = vec![
        Request::new("R1", "F1", [SlotOption::new("sat", 0)]),
        Request::new("R2", "F2", [SlotOption::new("sat", 0)]),
    ];
    Ok(problem)
}
