//! Plans the week's rota of a scheme whose volunteers drive children to visit a parent in prison.
//!
//! A [`Problem`] says who can drive, who wants to visit, and when the prisons receive; [`plan`] returns the best
//! [`Rota`], with a proven bound on how good any rota could be.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
//! use visitrota::{Options, load, plan, rota::Status};
//!
//! let problem = load(file)?;
//! let rota = plan(&problem, &Options::default())?;
//! for trip in &rota.trips {
//!     println!("{} drives to {}: {} visits", trip.driver, trip.slot, trip.requests.len());
//! }
//! println!("{} visits cannot be met", rota.unmet.len());
//! assert_eq!(rota.status, Status::Optimal);
//! # Ok(())
//! # }
//! ```
//!
//! # Where a problem comes from
//!
//! From a file: JSON, a folder of CSV files or a workbook alike, by [`load`], or by [`open`], which keeps the cells
//! that it came from; [`save`] writes it in any of these forms, and [`init`] makes a template. From JSON in memory:
//! [`Problem::from_json`] and [`Problem::from_value`] tell everything that is wrong in a document, all at once, as
//! findings that `?` makes an [`Error::Invalid`] of. From a service's own database: each part has a constructor that
//! takes what it must have, and the defaults are those of the document.
//!
//! ```
//! use visitrota::problem::{
//!     Car, Family, Hold, Member, Prison, Request, Role, Slot, SlotOption, Volunteer, Week, Window,
//! };
//! use visitrota::{Options, Problem, plan};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut problem = Problem::new(Week::new("2026-12-05".parse()?, "2026-12-06".parse()?));
//!
//! let mut prison = Prison::new("ashdown");
//! prison.postcode = Some("GL12 8DB".to_owned());
//! problem.prisons = vec![prison];
//! problem.slots = vec![Slot::new("sat", "ashdown", "2026-12-05T14:00".parse()?, "2026-12-05T16:00".parse()?)];
//!
//! let mut driver = Volunteer::new("V1", [Role::Driver]);
//! driver.postcode = Some("NP20 4EA".to_owned());
//! driver.car = Some(Car::new(4));
//! driver.available = vec![Window::new("2026-12-05T08:00".parse()?, "2026-12-05T20:00".parse()?)];
//! driver.holds = ["dbs", "insurance", "licence"].map(Hold::new).to_vec();
//! problem.volunteers = vec![driver];
//!
//! let mut family = Family::new("F1", [Member::new(61), Member::new(12)]);
//! family.postcode = Some("NP20 3DD".to_owned());
//! problem.families = vec![family];
//! problem.requests = vec![Request::new("R1", "F1", [SlotOption::new("sat", 0)])];
//!
//! let rota = plan(&problem, &Options::default())?;
//! assert_eq!(rota.trips[0].driver.as_str(), "V1");
//! assert!(rota.unmet.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # The verbs
//!
//! | verb | answers | costs |
//! |---|---|---|
//! | [`check`] | everything wrong or odd in a problem | milliseconds; with the planner's part, seconds for thousands of families |
//! | [`plan`] | the best rota, with its bound | a fraction of a second for a scheme, seconds for a region, minutes for a country |
//! | [`verify`] | which rules a rota breaks, and its score | milliseconds |
//! | [`explain`] | why each visit is not met, or is as it is | some plans of the same problem |
//! | [`advise`] | which single changes would help most | some hundred plans from a warm start |
//! | [`standby`], [`plan_with_standby`] | who else could take each trip | milliseconds; a plan for each day |
//! | [`judge`], [`fill_in_times`] | a rota made by hand: its times, how far from the best, its cheapest repair | two plans; milliseconds |
//! | [`contradiction`] | why pins cannot all hold | some plans |
//! | [`apply`], [`patch()`] | the problem after a change; a change as a JSON Patch | milliseconds |
//! | [`report::files`] | pages, sheets, letters and calendars, as data | tens of milliseconds |
//! | [`generate()`] | a problem of invented people, of any size | milliseconds |
//!
//! What takes long takes [`Options`]: limits of time and work, threads, progress, better rotas as they are found, and
//! cancelling, which acts within 0.2 s. Whatever ends a plan, the rota says so, and its bound holds; where there is no
//! rota yet, that is [`Error::Stopped`]. The same problem, seed and options give the same rota, however many threads.
//!
//! # Features
//!
//! `files`, `generate`, `report` and `schema` are on by default, and planning and verifying need none of them. One of
//! `highs` (the default, built with a C++ compiler) and `microlp` (Rust alone, for small schemes) must be on. With
//! `microlp` alone a plan is one program over all trips, which heeds a time limit and little else: see [`Options`].

mod check;
mod error;
mod options;
#[cfg(feature = "files")]
mod reading;
mod run;
mod threads;
mod why;

pub use check::{Checks, check};
pub use error::Error;
pub use options::{Cancel, Options};
#[cfg(feature = "files")]
pub use reading::{init, load, load_rota, open, read_rota, save};
pub use run::{apply, apply_within, plan, read_patch, verify};
#[cfg(feature = "generate")]
pub use visitrota_generate::generate;
pub use visitrota_model::{Finding, Problem, Rota, check_rota, patch};
pub use why::{Questions, advise, contradiction, explain, fill_in_times, judge, plan_with_standby, standby};

/// The problem document: one week of one scheme, with everybody in it.
pub mod problem {
    pub use visitrota_model::{
        Car, ChildrenAlone, Date, Family, FamilyId, Hold, Hours, Instant, Leg, Legs, Measure, MeetingPlace,
        MeetingPoint, MeetingPointId, Member, Names, Observance, Pair, PairRule, Patch, Pin, PlaceId, Policy, Position,
        Prison, PrisonId, Prisoner, PrisonerId, Problem, ProblemFormat, Published, ReadLimits, Request, RequestId,
        Restraint, Role, Slot, SlotId, SlotOption, TimeError, TimeOfDay, TooLarge, Travel, TravelSource, Volunteer,
        VolunteerId, WallTime, Way, Week, Weights, Window, Zone,
    };
}

/// The rota document: who drives whom, when, and which visits are not met.
pub mod rota {
    pub use visitrota_model::{
        EndedBy, KeptFree, MadeBy, OddSetting, OddTrip, Oddity, Reason, Rota, RotaFormat, Rule, ScoreParts, Status,
        Stop, StopKind, Trip, Unmet,
    };
}

/// What the verbs answer: findings, a verdict on a rota, why and why not, what would help, and who could stand in.
///
/// Each serializes into the document that the program prints for it, and is read back from it, but for what the message
/// of a finding [mentions](Finding::mentions): people's names stand in no document. [`schema`]
/// has their schemas; `report::answers` fills in the words and names that the documents may have.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, advise, answers::Advice, load};
///
/// let advice = advise(&load(file)?, 3, &Options::default())?;
/// let json = serde_json::to_string(&advice)?;
/// assert_eq!(serde_json::from_str::<Advice>(&json)?, advice);
/// # Ok(())
/// # }
/// ```
pub mod answers {
    pub use visitrota_model::{
        Advice, Alternative, Assignment, Block, Bounds, Breach, Change, Chaperones, Clause, Code, Contradiction,
        Dropped, Explanation, Finding, FindingList, Fitting, Judgement, Limit, Mention, Moved, NamesById, Nearest,
        Progress, Repair, Served, Serving, Severity, StandIn, Standby, Suggestion, Tight, TripStandby, Verdict,
        Verification, WayOut, WhyNot, WhyUnmet, effort,
    };
}

/// Problems and rotas as people keep them: files, folders and workbooks, and the cells that everything came from.
#[cfg(feature = "files")]
pub mod files {
    pub use crate::reading::{open_rota_within, open_within, read_all, read_file, save_with_contacts};
    pub use visitrota_files::{Document, RotaDocument, disk};
    pub use visitrota_model::{Contact, Language};
}

/// Problems of invented people, of any size: how they are made.
#[cfg(feature = "generate")]
pub mod generate {
    pub use visitrota_generate::{Recipe, Size};
}

/// JSON Schemas of the documents.
///
/// ```
/// use visitrota::schema::DocumentKind;
/// assert_eq!(DocumentKind::Explanation.schema()["title"], "Explanation");
/// ```
pub mod schema {
    pub use visitrota_model::DocumentKind;
}

/// Where postcodes are, roughly, and whose the table is that knows it.
pub mod postcodes {
    pub use visitrota_postcodes::*;
}

/// What people hold in hand of a rota: files as data, to be written wherever they belong.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, load, plan, report};
///
/// let problem = load(file)?;
/// let rota = plan(&problem, &Options::default())?;
/// for file in report::files(&problem, &rota, &report::Options::default())? {
///     println!("{}: {} bytes", file.name, file.bytes.len());
/// }
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "report")]
pub mod report {
    pub use visitrota_report::*;
}
