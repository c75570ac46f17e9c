//! Plans the week's rota of a scheme whose volunteers drive children to visit a parent in prison.
//!
//! A [`Problem`] says who can drive, who wants to visit, and when the prisons receive; [`plan`] returns the best
//! [`Rota`], with a proven bound on how good any rota could be.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
//! use visitrota::{Options, Status, load, plan};
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
//! [`generate`]. What people hold in hand, pages and sheets and letters, is made by [`report`].

mod check;
mod error;
mod options;
mod run;
mod why;

pub use check::{Checks, check};
pub use error::Error;
pub use options::{Cancel, Options};
pub use run::{
    apply, apply_within, init, load, load_rota, open, open_rota_within, open_within, plan, read_all, read_file,
    read_patch, read_rota, save, save_with_contacts, verify,
};
pub use visitrota_files::{Document, RotaDocument, disk};
pub use visitrota_generate::{Recipe, Size, generate};
pub use visitrota_model::{
    Advice, Alternative, Block, Bounds, Change, Contradiction, Dropped, Explanation, Fitting, Judgement, Limit, Moved,
    Nearest, Patch, Repair, Served, Serving, StandIn, Standby, Suggestion, Tight, TripStandby, WhyNot, WhyUnmet,
    effort, patch,
};
pub use visitrota_model::{
    Breach, Car, ChildrenAlone, Code, Date, Family, FamilyId, Finding, Hold, Hours, Instant, KeptFree, Leg, Legs,
    MadeBy, Measure, MeetingPlace, MeetingPoint, MeetingPointId, Member, Names, OddSetting, OddTrip, Oddity, Pair,
    PairRule, Pin, PlaceId, Policy, Position, Prison, PrisonId, Prisoner, PrisonerId, Problem, ProblemFormat,
    Published, ReadLimits, Reason, Request, RequestId, Restraint, Role, Rota, RotaFormat, Rule, ScoreParts, Severity,
    Slot, SlotId, SlotOption, Status, Stop, StopKind, TimeOfDay, TooLarge, Travel, TravelSource, Trip, Unmet, Verdict,
    Volunteer, VolunteerId, WallTime, Way, Week, Weights, Window, Zone, problem_schema, rota_schema,
};
pub use visitrota_model::{EndedBy, check_rota};
pub use visitrota_solver::Progress;
pub use why::{Questions, advise, contradiction, explain, fill_in_times, judge, plan_with_standby, standby};

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
pub mod report {
    pub use visitrota_report::*;
}
