//! Changes as JSON Patches (RFC 6902) of the problem document.
//!
//! A patch changes nothing but what it was made for: before anything is put in its place, what stands there is tested.

use json_patch::jsonptr::PointerBuf;
use json_patch::{AddOperation, PatchOperation, RemoveOperation, TestOperation};
use serde::Serialize;
use serde_json::{Value, json};

use crate::change::Change;
use crate::finding::{Code, Finding};
use crate::id::{PlaceId, RequestId, VolunteerId};
use crate::problem::{Hold, Problem, SlotOption, Volunteer, Window};
use crate::read::json::count_values;
use crate::read_limits::{Measure, ReadLimits};
use weight::Weights;

mod weight;

pub use json_patch::Patch;

/// A JSON Patch that makes these changes to the document of a problem.
///
/// It is for the document as it is written out, with every default, and begins, for each thing changed, with tests that
/// it stands where it stood and is as it was: against another document, one with its lists in another order, or one that
/// was changed there since, by this very patch or by hand, it fails and changes nothing. `None` if a change names
/// something that the problem does not have.
#[must_use]
pub fn patch(changes: &[Change], problem: &Problem) -> Option<Patch> {
    let Some((first, others)) = changes.split_first() else { return Some(Patch::default()) };
    let mut operations = one(first, problem)?;
    for change in others {
        // Later changes of one list build on earlier ones.
        let so_far = apply(problem, &Patch(operations.clone())).ok()?;
        operations.extend(one(change, &so_far)?);
    }
    Some(Patch(operations))
}

/// Reads a JSON Patch.
///
/// # Errors
/// That it is none, or holds more than is read.
pub fn read_patch(json: &[u8], limits: ReadLimits) -> Result<Patch, Vec<Finding>> {
    limits.hold(Measure::Bytes, json.len() as u64).map_err(|large| vec![large.finding()])?;
    count_values(json, limits).map_err(|large| vec![large.finding()])?;
    serde_json::from_slice(json).map_err(|error| {
        let message = format!("This is no JSON Patch (RFC 6902): {error}.");
        let remedy = "Give a list of operations, such as `advise --format json` has under \"patch\".";
        vec![Finding::error(Code::NotJson, "", message, remedy)]
    })
}

/// The problem after a patch of its document.
///
/// # Errors
/// What is wrong with the patch, or with the document that comes of it.
pub fn apply(problem: &Problem, patch: &Patch) -> Result<Problem, Vec<Finding>> {
    apply_within(problem, patch, ReadLimits::default())
}

/// The problem after a patch of its document, within other limits: a few operations may copy a document beyond all
/// bounds.
///
/// # Errors
/// What is wrong with the patch, or with the document that comes of it; that it makes more of it than is read.
pub fn apply_within(problem: &Problem, patch: &Patch, limits: ReadLimits) -> Result<Problem, Vec<Finding>> {
    let failed = |why: String| {
        let remedy = "Maybe the patch was made for another problem, or for this one before it was changed.";
        vec![Finding::error(Code::PatchFails, "", why, remedy)]
    };
    let mut document = written_out(problem).map_err(|error| failed(error.to_string()))?;
    let mut weights = Weights { limits, added: 0, steps: 0 };
    for (number, operation) in (1..).zip(&patch.0) {
        weights.allow(&document, number, operation)?;
        json_patch::patch(&mut document, std::slice::from_ref(operation)).map_err(|error| {
            failed(format!("The patch does not fit: operation {number} fails at \"{}\": {}.", error.path, error.kind))
        })?;
    }
    let text = serde_json::to_vec(&document).map_err(|error| failed(error.to_string()))?;
    Problem::from_json_within(&text, limits)
}

/// The document of a problem, with the empty lists and absent limits put in that it may leave out, so that a patch can
/// test them.
fn written_out(problem: &Problem) -> serde_json::Result<Value> {
    let lists: [(&str, &[&str]); 4] = [
        ("", &["pairs", "pins", "published"]),
        ("prisons", &["escort_requires"]),
        ("volunteers", &["holds"]),
        ("families", &["available", "needs"]),
    ];
    let mut document = serde_json::to_value(problem)?;
    let mut fill_in = |of: &str, name: &str, empty: &Value| {
        let objects: Vec<&mut Value> = if of.is_empty() {
            vec![&mut document]
        } else {
            document.get_mut(of).and_then(Value::as_array_mut).map(|list| list.iter_mut().collect()).unwrap_or_default()
        };
        for object in objects.into_iter().filter_map(Value::as_object_mut) {
            object.entry(name).or_insert_with(|| empty.clone());
        }
    };
    for (of, names) in lists {
        names.iter().for_each(|name| fill_in(of, name, &json!([])));
    }
    fill_in("families", "max_ride_min", &Value::Null);
    Ok(document)
}

/// What one change does to a document.
fn one(change: &Change, problem: &Problem) -> Option<Vec<PatchOperation>> {
    let mut patch = Maker { document: written_out(problem).ok()?, operations: Vec::new() };
    match change {
        Change::Widen { person, was, window } => {
            let (at, windows) = windows(problem, person)?;
            let nth = windows.iter().position(|window| window == was)?;
            patch.tests(&format!("{at}/id"))?;
            patch.tests(&format!("{at}/available/{nth}"))?;
            if window.from != was.from {
                patch.puts(&format!("{at}/available/{nth}/from"), &window.from)?;
            }
            if window.to != was.to {
                patch.puts(&format!("{at}/available/{nth}/to"), &window.to)?;
            }
        }
        Change::Free { person, window } => {
            let (at, windows) = windows(problem, person)?;
            patch.sets(&at, "available", &[windows, &[*window]].concat())?;
        }
        Change::Hold { volunteer, what, until, .. } => {
            let (at, facts) = volunteer_at(problem, volunteer)?;
            let mut holds: Vec<Hold> = facts.holds.iter().filter(|hold| hold.what != *what).cloned().collect();
            holds.push(Hold { what: what.clone(), until: Some(*until) });
            patch.sets(&at, "holds", &holds)?;
        }
        Change::Fit { volunteer, fitting, to, .. } => {
            let (at, _) = volunteer_at(problem, volunteer)?;
            patch.sets(&at, &format!("car/{}", fitting.field()), to)?;
        }
        Change::Stretch { volunteer, limit, to, .. } => {
            let (at, _) = volunteer_at(problem, volunteer)?;
            patch.sets(&at, limit.field(), to)?;
        }
        Change::Ride { family, to, .. } => patch.sets(&family_at(problem, family.as_str())?, "max_ride_min", to)?,
        Change::Share { family } => patch.sets(&family_at(problem, family.as_str())?, "shares_car", &true)?,
        Change::Tables { slot, to, .. } => {
            let at = format!("/slots/{}", problem.slots.iter().position(|other| other.id == *slot)?);
            patch.sets(&at, "tables", to)?;
        }
        Change::Admit { prison, adults, to, .. } => {
            let at = format!("/prisons/{}", problem.prisons.iter().position(|other| other.id == *prison)?);
            patch.sets(&at, if *adults { "max_adults" } else { "max_visitors" }, to)?;
        }
        Change::Ask { request, slot, rank } => {
            let nth = problem.requests.iter().position(|other| other.id == *request)?;
            let new = SlotOption { slot: slot.clone(), rank: *rank, pickup: None, dropoff: None };
            let options = [problem.requests[nth].options.as_slice(), &[new]].concat();
            patch.sets(&format!("/requests/{nth}"), "options", &options)?;
        }
        Change::Recruit { volunteer, near } => {
            let home = family_at(problem, near.as_str())?;
            ["id", "lat", "lon"].iter().try_for_each(|field| patch.tests(&format!("{home}/{field}")))?;
            if problem.volunteers.is_empty() {
                patch.tests("/volunteers")?;
                patch.puts("/volunteers", &[volunteer])?;
            } else {
                // In front: at the end, nothing could be tested that is not so when they have been added already.
                patch.tests("/volunteers/0/id")?;
                patch.puts("/volunteers/0", volunteer)?;
            }
        }
        Change::Unpin { request } => patch.unpins(problem, request)?,
    }
    Some(patch.operations)
}

/// Operations on a document that is known.
struct Maker {
    document: Value,
    operations: Vec<PatchOperation>,
}

impl Maker {
    /// That what stands there is what stands there now.
    fn tests(&mut self, path: &str) -> Option<()> {
        let value = self.document.pointer(path)?.clone();
        self.operations.push(PatchOperation::Test(TestOperation { path: pointer(path)?, value }));
        Some(())
    }

    /// Puts something there: in the place of a member of an object, in front of an element of a list.
    fn puts(&mut self, path: &str, value: &impl Serialize) -> Option<()> {
        let value = serde_json::to_value(value).ok()?;
        self.operations.push(PatchOperation::Add(AddOperation { path: pointer(path)?, value }));
        Some(())
    }

    /// Gives a member of something with an id another value.
    fn sets(&mut self, at: &str, member: &str, value: &impl Serialize) -> Option<()> {
        let path = format!("{at}/{member}");
        self.tests(&format!("{at}/id"))?;
        self.tests(&path)?;
        self.puts(&path, value)
    }

    /// Takes the pins of a request away, the last first, so that the others stay where they stand.
    fn unpins(&mut self, problem: &Problem, request: &RequestId) -> Option<()> {
        let pins = problem.pins.iter().enumerate().rev().filter(|(_, pin)| pin.request == *request);
        for (nth, _) in pins {
            let path = format!("/pins/{nth}");
            self.tests(&path)?;
            self.operations.push(PatchOperation::Remove(RemoveOperation { path: pointer(&path)? }));
        }
        Some(())
    }
}

fn pointer(path: &str) -> Option<PointerBuf> {
    PointerBuf::parse(path).ok()
}

fn volunteer_at<'a>(problem: &'a Problem, id: &VolunteerId) -> Option<(String, &'a Volunteer)> {
    let (nth, volunteer) = problem.volunteers.iter().enumerate().find(|(_, volunteer)| volunteer.id == *id)?;
    Some((format!("/volunteers/{nth}"), volunteer))
}

fn family_at(problem: &Problem, id: &str) -> Option<String> {
    Some(format!("/families/{}", problem.families.iter().position(|family| family.id.as_str() == id)?))
}

/// Where a person stands in the document, and when they are free.
fn windows<'a>(problem: &'a Problem, person: &PlaceId) -> Option<(String, &'a [Window])> {
    let id = person.as_str();
    let volunteer = problem.volunteers.iter().position(|volunteer| volunteer.id.as_str() == id);
    let family = || problem.families.iter().position(|family| family.id.as_str() == id);
    match volunteer {
        Some(nth) => Some((format!("/volunteers/{nth}"), &problem.volunteers[nth].available)),
        None => family().map(|nth| (format!("/families/{nth}"), &*problem.families[nth].available)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Fitting, Limit};
    use crate::problem::{Pin, Role};

    fn tiny() -> Problem {
        let mut tiny = Problem::from_json(include_bytes!("../../../fixtures/tiny/problem.json")).unwrap();
        let pin = |slot: &str| Pin { request: "R1".into(), slot: Some(slot.into()), driver: None, family: None };
        tiny.pins = vec![pin("sat-am"), pin("sun-pm")];
        (tiny.families[0].lat, tiny.families[0].lon) = (Some(53.1), Some(-3.0));
        tiny.volunteers[0].max_duty_min = Some(500);
        tiny
    }

    /// What somebody may have done to the problem since.
    type Edit = fn(&mut Problem);

    /// One change of each kind, and the same thing changed by hand.
    fn changes() -> Vec<(Change, Edit)> {
        let tiny = tiny();
        let was = tiny.volunteers[0].available[0];
        let window = Window { from: "2026-12-05T07:00".parse().unwrap(), to: was.to };
        let new = Volunteer { id: "new".into(), roles: vec![Role::Driver], ..tiny.volunteers[1].clone() };
        let volunteer = || "V1".into();
        vec![
            (Change::Widen { person: "V1".into(), was, window }, |problem| {
                let window = &mut problem.volunteers[0].available[0];
                window.to = window.from;
            }),
            (Change::Free { person: "V1".into(), window }, |problem| {
                problem.volunteers[0].available.pop();
            }),
            (Change::Free { person: "F1".into(), window }, |problem| {
                problem.families[0].available = problem.volunteers[0].available.clone();
            }),
            (
                Change::Hold { volunteer: volunteer(), what: "dbs".to_owned(), was: None, until: was.from.date() },
                |problem| problem.volunteers[0].holds[0].until = Some(problem.week.from),
            ),
            (Change::Fit { volunteer: volunteer(), fitting: Fitting::Infant, was: 0, to: 1 }, |problem| {
                problem.volunteers[0].car.as_mut().unwrap().infant = 2;
            }),
            (Change::Stretch { volunteer: volunteer(), limit: Limit::Trips, was: 1, to: 2 }, |problem| {
                problem.volunteers[0].max_trips = 6;
            }),
            (Change::Stretch { volunteer: volunteer(), limit: Limit::Duty, was: 500, to: 520 }, |problem| {
                problem.volunteers[0].max_duty_min = None;
            }),
            (Change::Ride { family: "F1".into(), was: 60, to: 70 }, |problem| {
                problem.families[0].max_ride_min = Some(90);
            }),
            (Change::Tables { slot: "sat-am".into(), was: 2, to: 3 }, |problem| problem.slots[0].tables = Some(6)),
            (Change::Admit { prison: "ASH".into(), adults: true, was: 3, to: 4 }, |problem| {
                problem.prisons[0].max_adults = 5;
            }),
            (Change::Ask { request: "R1".into(), slot: "sat-pm".into(), rank: 2 }, |problem| {
                problem.requests[0].options.pop();
            }),
            (Change::Share { family: "F2".into() }, |problem| problem.families[1].shares_car = true),
            (Change::Recruit { volunteer: Box::new(new), near: "F1".into() }, |problem| {
                problem.families[0].lat = Some(52.0);
            }),
            (Change::Unpin { request: "R1".into() }, |problem| problem.pins[1].driver = Some("V1".into())),
        ]
    }

    #[test]
    fn a_patch_fits_what_it_was_made_for_and_nothing_else() {
        let tiny = tiny();
        for (change, by_hand) in changes() {
            let patch = patch(std::slice::from_ref(&change), &tiny).unwrap();
            let first = serde_json::to_value(&patch.0[0]).unwrap();
            assert_eq!(first["op"], "test", "{change:?}");
            let once = apply(&tiny, &patch).unwrap();
            assert_ne!(once, tiny, "{change:?}");
            assert_eq!(apply(&once, &patch).unwrap_err()[0].code, Code::PatchFails, "{change:?} twice");
            let mut edited = tiny.clone();
            by_hand(&mut edited);
            assert_ne!(edited, tiny, "{change:?}");
            assert!(apply(&edited, &patch).is_err(), "{change:?} after the same thing was changed by hand");
        }
    }

    #[test]
    fn changes_of_one_thing_build_on_each_other() {
        let tiny = tiny();
        let more = |limit| Change::Stretch { volunteer: "V1".into(), limit, was: 1, to: 2 };
        let window = |from: &str, to: &str| Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let free = |from, to| Change::Free { person: "V1".into(), window: window(from, to) };
        let both = [
            more(Limit::Trips),
            more(Limit::TripsPerDay),
            free("2026-12-05T19:00", "2026-12-05T20:00"),
            free("2026-12-05T21:00", "2026-12-05T22:00"),
        ];
        let after = apply(&tiny, &patch(&both, &tiny).unwrap()).unwrap();
        let volunteer = &after.volunteers[0];
        assert_eq!((volunteer.max_trips, volunteer.max_trips_per_day, volunteer.available.len()), (2, 2, 4));
    }

    #[test]
    fn somebody_new_is_the_first_where_there_is_nobody() {
        let mut nobody = tiny();
        let recruit =
            |(change, _): (Change, fn(&mut Problem))| matches!(change, Change::Recruit { .. }).then_some(change);
        let change = changes().into_iter().find_map(recruit).unwrap();
        nobody.volunteers.clear();
        let patch = patch(&[change], &nobody).unwrap();
        let one = apply(&nobody, &patch).unwrap();
        assert_eq!(one.volunteers.len(), 1);
        assert!(apply(&one, &patch).is_err());
    }

    #[test]
    fn a_patch_that_would_copy_without_end_is_refused_before_it_does() {
        let tiny = tiny();
        let read =
            |operations: &[Value]| read_patch(json!(operations).to_string().as_bytes(), ReadLimits::default()).unwrap();
        let copy = |from: &str, path: &str| json!({ "op": "copy", "from": from, "path": path });
        let wide: Vec<_> = (0..64).map(|n| copy("/families", &format!("/families/0/x{n}"))).collect();
        let deep: Vec<_> =
            (0..200).map(|n| copy("/families/0", &format!("/families/0{}", "/x".repeat(n + 1)))).collect();
        let far: Vec<_> =
            (0..30).map(|n| copy("/families/0", &format!("/families/0{}", "/x".repeat(1 << n.min(6))))).collect();
        let text = json!({ "op": "add", "path": "/name", "value": "x".repeat(60_000) });
        let long: Vec<_> =
            std::iter::once(text).chain((0..5_000).map(|n| copy("/name", &format!("/names/{n}")))).collect();
        let long: Vec<_> = std::iter::once(json!({ "op": "add", "path": "/names", "value": [] })).chain(long).collect();
        for (what, operations) in [("wide", wide), ("deep", deep), ("far", far), ("long", long)] {
            let findings = apply(&tiny, &read(&operations)).unwrap_err();
            let code = if ["wide", "long"].contains(&what) { Code::TooLarge } else { Code::PatchFails };
            assert_eq!(findings[0].code, code, "{what}: {findings:?}");
            assert!(what == "far" || findings[0].path.starts_with("operation "), "{what}: {findings:?}");
        }
        let many = format!("[{}0]", "0,".repeat(2_000_001));
        assert_eq!(read_patch(many.as_bytes(), ReadLimits::default()).unwrap_err()[0].code, Code::TooLarge);
    }
}
