//! Changes as JSON Patches (RFC 6902) of the problem document.
//!
//! A patch changes nothing but what it was made for: before anything is put in its place, what stands there is tested.

use json_patch::jsonptr::PointerBuf;
use json_patch::{AddOperation, PatchOperation, RemoveOperation, TestOperation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::change::{Change, Limit};
use crate::finding::{Code, Finding};
use crate::id::{FamilyId, PlaceId, RequestId, VolunteerId};
use crate::problem::{Hold, Pin, Problem, SlotOption, Volunteer, Way, Window};
use crate::read::json::count_values;
use crate::read_limits::{Measure, ReadLimits};
use crate::time::Date;
use weight::Weights;

mod weight;

/// A JSON Patch (RFC 6902) of a problem document: what [`patch`](patch()) makes, [`read_patch`] reads and [`apply`]
/// applies. As a document it is the list of its operations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Patch {
    #[schemars(with = "Vec<Operation>")]
    operations: json_patch::Patch,
}

/// One operation, as RFC 6902 has it.
#[derive(JsonSchema)]
#[serde(tag = "op", rename_all = "lowercase")]
#[expect(dead_code, reason = "for the schema alone")]
enum Operation {
    /// Puts a value there: in the place of a member of an object, in front of an element of a list.
    #[schemars(title = "Add")]
    Add {
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
        /// What.
        value: Value,
    },
    /// Takes away what is there.
    #[schemars(title = "Remove")]
    Remove {
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
    },
    /// Puts another value in the place of what is there.
    #[schemars(title = "Replace")]
    Replace {
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
        /// What.
        value: Value,
    },
    /// Moves what is elsewhere there.
    #[schemars(title = "Move")]
    Move {
        /// From where, as a JSON Pointer (RFC 6901).
        from: String,
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
    },
    /// Puts a copy of what is elsewhere there.
    #[schemars(title = "Copy")]
    Copy {
        /// From where, as a JSON Pointer (RFC 6901).
        from: String,
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
    },
    /// Fails, and the whole patch with it, unless this value is there.
    #[schemars(title = "Test")]
    Test {
        /// Where, as a JSON Pointer (RFC 6901).
        path: String,
        /// What.
        value: Value,
    },
}

impl Patch {
    /// How many operations it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.operations.0.len()
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.0.is_empty()
    }

    fn of(operations: Vec<PatchOperation>) -> Self {
        Self { operations: json_patch::Patch(operations) }
    }
}

/// A JSON Patch that makes these changes to the document of a problem.
///
/// It is for the document as it is written out, with every default, and begins, for each thing changed, with tests that
/// it stands where it stood and is as it was: against another document, one with its lists in another order, or one
/// that was changed there since, by this very patch or by hand, it fails and changes nothing. `None` if a change names
/// something that the problem does not have.
///
/// ```
/// use visitrota_model::{Car, Change, Fitting, Problem, Role, Volunteer, Week, apply, patch};
///
/// let mut problem = Problem::new(Week::new("2026-12-05".parse()?, "2026-12-06".parse()?));
/// let mut driver = Volunteer::new("V1", [Role::Driver]);
/// driver.car = Some(Car::new(4));
/// problem.volunteers = vec![driver];
/// let roomier = Change::Fit { volunteer: "V1".into(), fitting: Fitting::Booster, was: 0, to: 1 };
/// let patch = patch(&[roomier], &problem).ok_or("there is no such volunteer")?;
/// assert_eq!(apply(&problem, &patch).map(|changed| changed.volunteers[0].car.map(|car| car.booster)), Ok(Some(1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn patch(changes: &[Change], problem: &Problem) -> Option<Patch> {
    let Some((first, others)) = changes.split_first() else { return Some(Patch::default()) };
    let mut operations = one(first, problem)?;
    for change in others {
        // Later changes of one list build on earlier ones.
        let so_far = apply(problem, &Patch::of(operations.clone())).ok()?;
        operations.extend(one(change, &so_far)?);
    }
    Some(Patch::of(operations))
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
    for (number, operation) in (1..).zip(&patch.operations.0) {
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
        ("families", &["available", "needs", "holds"]),
    ];
    let met = [Way::Out, Way::Back].map(Way::field);
    // Where the scheme's own limits hold, and homes are where families are met.
    let limits: [(&str, &[&str]); 3] = [
        ("volunteers", &[Limit::Duty.field(), Limit::Driving.field()]),
        ("families", &["max_ride_min"]),
        ("requests", &met),
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
    for (of, names) in limits {
        names.iter().for_each(|name| fill_in(of, name, &Value::Null));
    }
    let requests = document.get_mut("requests").and_then(Value::as_array_mut).into_iter().flatten();
    let options = requests.filter_map(|request| request.get_mut("options")?.as_array_mut()).flatten();
    for option in options.filter_map(Value::as_object_mut) {
        for name in met {
            option.entry(name).or_insert(Value::Null);
        }
    }
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
            patch.sets(&at, "holds", &renewed(&facts.holds, what, *until))?;
        }
        Change::Consent { family, what, until, .. } => {
            let nth = problem.families.iter().position(|other| other.id == *family)?;
            let held = &problem.families.get(nth)?.holds;
            patch.sets(&format!("/families/{nth}"), "holds", &renewed(held, what, *until))?;
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
        Change::Visits { prisoner, to, .. } => {
            let at = format!("/prisoners/{}", problem.prisoners.iter().position(|other| other.id == *prisoner)?);
            patch.sets(&at, "visits", to)?;
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
        Change::Meet { request, slot, way, at } => {
            let nth = problem.requests.iter().position(|other| other.id == *request)?;
            let options = &problem.requests.get(nth)?.options;
            match slot {
                None => patch.sets(&format!("/requests/{nth}"), way.field(), at)?,
                Some(slot) => {
                    let option = options.iter().position(|option| option.slot == *slot)?;
                    patch.tests(&format!("/requests/{nth}/id"))?;
                    let path = format!("/requests/{nth}/options/{option}");
                    patch.tests(&format!("{path}/slot"))?;
                    patch.tests(&format!("{path}/{}", way.field()))?;
                    patch.puts(&format!("{path}/{}", way.field()), at)?;
                }
            }
        }
        Change::Hours { families, to, .. } => {
            let path = format!("/policy/{}", if *families { "family_hours" } else { "volunteer_hours" });
            patch.tests(&path)?;
            patch.puts(&path, to)?;
        }
        Change::Without { request, family } => patch.leaves_out(problem, request, family)?,
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
        Change::Unpin { request } => patch.unpins(problem, |pin| pin.request == *request)?,
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

    /// Takes a family out of a joint request, with the pins that give it a driver. None where it is none of it, or a
    /// locked trip carries it.
    fn leaves_out(&mut self, problem: &Problem, request: &RequestId, family: &FamilyId) -> Option<()> {
        let nth = problem.requests.iter().position(|other| other.id == *request)?;
        let families = &problem.requests.get(nth)?.families;
        let others: Vec<_> = families.iter().filter(|other| *other != family).collect();
        let locked = problem.locked.iter().filter(|trip| trip.requests.contains(request));
        let rides = locked.flat_map(|trip| &trip.stops).any(|stop| stop.place == family.place());
        if rides || others.is_empty() || others.len() == families.len() {
            return None;
        }
        let at = format!("/requests/{nth}");
        if let [only] = others.as_slice() {
            let path = format!("{at}/families");
            self.tests(&format!("{at}/id"))?;
            self.tests(&path)?;
            self.operations.push(PatchOperation::Remove(RemoveOperation { path: pointer(&path)? }));
            self.puts(&format!("{at}/family"), only)?;
        } else {
            self.sets(&at, "families", &others)?;
        }
        self.unpins(problem, |pin| pin.request == *request && pin.family.as_ref() == Some(family))
    }

    /// Takes pins away, the last first, so that the others stay where they stand.
    fn unpins(&mut self, problem: &Problem, which: impl Fn(&Pin) -> bool) -> Option<()> {
        let pins = problem.pins.iter().enumerate().rev().filter(|(_, pin)| which(pin));
        for (nth, _) in pins {
            let path = format!("/pins/{nth}");
            self.tests(&path)?;
            self.operations.push(PatchOperation::Remove(RemoveOperation { path: pointer(&path)? }));
        }
        Some(())
    }
}

/// What somebody holds, with one thing renewed.
fn renewed(holds: &[Hold], what: &str, until: Date) -> Vec<Hold> {
    let others = holds.iter().filter(|hold| hold.what != what).cloned();
    others.chain([Hold { what: what.to_owned(), until: Some(until) }]).collect()
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
mod tests;
