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
//! A problem is read from JSON, from a folder of CSV files or from a workbook alike; [`open`] keeps the cells that it
//! came from, [`save`] writes it in any of these forms, and [`init`] makes a template.
//!
//! Long plans can be watched, limited and cancelled: see [`Options`]. A rota from anywhere is held against the rules by
//! [`verify`]; a problem's faults are listed by [`check`]. Problems of invented people, of any size, are made by
//! [`generate()`]. What people hold in hand, pages and sheets and letters, is made by [`report`].

mod check;
mod error;
mod options;
#[cfg(feature = "files")]
mod reading;
mod run;
mod why;

pub use check::{check, check_draft};
pub use error::Error;
pub use options::{Cancel, Options};
#[cfg(feature = "files")]
pub use reading::{init, load, load_rota, open, read_rota, save};
pub use run::{apply, apply_within, plan, read_patch, verify};
#[cfg(feature = "generate")]
pub use visitrota_generate::generate;
pub use visitrota_model::{Finding, Problem, Rota, check as check_document, check_rota, check_week, patch};
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
        KeptFree, MadeBy, OddSetting, OddTrip, Oddity, Reason, Rota, RotaFormat, Rule, ScoreParts, Status, Stop,
        StopKind, Trip, Unmet,
    };
}

/// What the verbs answer: findings, a verdict on a rota, why and why not, what would help, and who could stand in.
pub mod answers {
    pub use visitrota_model::{
        Advice, Alternative, Block, Bounds, Breach, Change, Clause, Code, Contradiction, Dropped, Explanation, Finding,
        Fitting, Judgement, Limit, Mention, Moved, Nearest, Repair, Served, Serving, Severity, StandIn, Standby,
        Suggestion, Tight, TripStandby, Verdict, WhyNot, WhyUnmet, effort,
    };
    pub use visitrota_solver::Progress;
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
pub mod schema {
    pub use visitrota_model::{problem_schema, rota_schema};
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
