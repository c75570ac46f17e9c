//! One case for each thing that can be wrong with the form of a document.

use serde_json::{Value, json};

use crate::check::check;
use crate::check::testing::{Expected, GONE, base, edited, rich, same};
use crate::finding::{Code, Finding, Severity};
use crate::problem::Problem;
use crate::rota::Rota;

const ERROR: Severity = Severity::Error;

fn findings(json: &[u8]) -> Vec<Finding> {
    Problem::from_json(json).err().unwrap_or_default()
}

fn expect(edits: &[(&str, Value)], expected: &[Expected<'_>]) {
    same(&findings(edited(edits).to_string().as_bytes()), expected, edits);
}

/// Expects a finding at this path, of this message and this remedy.
fn expect_words(edit: (&str, Value), path: &str, message: &str, remedy: &str) {
    let findings = findings(edited(std::slice::from_ref(&edit)).to_string().as_bytes());
    let [finding] = &findings[..] else { panic!("{edit:?}: {findings:#?}") };
    assert_eq!((&*finding.path, &*finding.message, &*finding.remedy), (path, message, remedy));
}

#[test]
fn a_good_document_is_read() {
    let text = base().to_string();
    let problem = Problem::from_json(text.as_bytes()).unwrap();
    assert_eq!(Problem::from_json(format!("\u{feff}{text}").as_bytes()).unwrap(), problem);
    let again = serde_json::to_vec(&problem).unwrap();
    assert_eq!(Problem::from_json(&again).unwrap(), problem);
}

#[test]
fn whole_numbers_may_have_a_point() {
    let document = edited(&[("/slots/0/tables", json!(4.0)), ("/volunteers/0/max_duty_min", json!(6e2))]);
    assert_eq!(Problem::from_json(document.to_string().as_bytes()), Problem::from_json(base().to_string().as_bytes()));
}

#[test]
fn files_that_are_no_json() {
    for (file, remedy) in [
        (&b""[..], "file with a document"),
        (b" \n", "file with a document"),
        (b"{\"format\": \"visit", "cut off"),
        (b"{\"a\": 1,}", "comma before the closing"),
        (b"{\"a\": NaN}", "no NaN"),
        (b"{\"a\": -Infinity}", "no NaN"),
        (b"{\"a\": 1e999}", "that large"),
        (b"{'a': 1}", "double quotes"),
        (b"{\"a\": 1} // done", "ends before this"),
        (b"{\"a\": 1 // one\n}", "no comments"),
        (b"{\"a\": \"x\ny\"}", "line break"),
        (b"{\"a\" 1}", "missing comma"),
        (b"{\"name\": \"Ll\xf7n\"}", "UTF-8"),
        (b"\xff\xfe{\0}\0", "UTF-8"),
        (&[b'['; 1000], "too deep"),
    ] {
        let findings = findings(file);
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert_eq!((finding.code, finding.path.as_str()), (Code::NotJson, ""));
        assert!(finding.remedy.contains(remedy), "{finding}");
    }
    assert!(findings(b"{\n\"a\": 1,\n}")[0].message.contains("line 3, column 1"));
}

#[test]
fn values_of_the_wrong_form() {
    let wrong = |path| [(ERROR, Code::WrongType, path)];
    for (pointer, value, path) in [
        ("/volunteers/0/available/0/to", json!("2026-12-05T25:00"), "volunteers[0].available[0].to"),
        ("/volunteers/0/available/0/to", json!(20261205), "volunteers[0].available[0].to"),
        ("/volunteers/0/available", json!({}), "volunteers[0].available"),
        ("/volunteers/0/available/0", json!("all day"), "volunteers[0].available[0]"),
        ("/week/from", json!("1/12/2026"), "week.from"),
        ("/volunteers/0/holds/0/until", json!("2026-02-30"), "volunteers[0].holds[0].until"),
        ("/timezone", json!("London"), "timezone"),
        ("/volunteers/0/max_trips", json!("two"), "volunteers[0].max_trips"),
        ("/volunteers/0/max_trips", json!(1.5), "volunteers[0].max_trips"),
        ("/volunteers/0/roles/0", json!("pilot"), "volunteers[0].roles[0]"),
        ("/families/0/shares_car", json!("yes"), "families[0].shares_car"),
        ("/families/0/members/1/restraint", json!("rope"), "families[0].members[1].restraint"),
        ("/volunteers/0/car/seats", json!("4"), "volunteers[0].car.seats"),
        ("/volunteers/0/car", json!(4), "volunteers[0].car"),
        ("/prisons", json!({"id": "P1"}), "prisons"),
        ("/format", json!("visitrota-rota/1"), "format"),
        ("/format", json!(1), "format"),
    ] {
        expect(&[(pointer, value)], &wrong(path));
    }
    same(&findings(b"[]"), &[(ERROR, Code::WrongType, "")], &[]);
}

#[test]
fn numbers_out_of_range() {
    for (pointer, value, path) in [
        ("/volunteers/0/max_trips", json!(-1), "volunteers[0].max_trips"),
        ("/volunteers/0/max_trips", json!(1e30), "volunteers[0].max_trips"),
        ("/families/0/members/0/age", json!(300), "families[0].members[0].age"),
        ("/requests/0/extra_points", json!(3_000_000_000_u32), "requests[0].extra_points"),
    ] {
        expect(&[(pointer, value)], &[(ERROR, Code::OutOfRange, path)]);
    }
}

#[test]
fn fields_that_are_missing_or_unknown() {
    expect(&[("/week", json!(GONE))], &[(ERROR, Code::MissingField, "week")]);
    expect(&[("/slots/0/end", json!(GONE))], &[(ERROR, Code::MissingField, "slots[0].end")]);
    expect(&[("/volunteers/0/car/seats", json!(GONE))], &[(ERROR, Code::MissingField, "volunteers[0].car.seats")]);
    expect(&[("/telephone", json!("none"))], &[(ERROR, Code::UnknownField, "telephone")]);
    expect(&[("/policy/weights", json!({"visits": 1}))], &[(ERROR, Code::UnknownField, "policy.weights.visits")]);
}

#[test]
fn travel_fields_go_with_its_kind() {
    expect(
        &[("/travel", json!({"kind": "matrix", "places": [], "minutes": []}))],
        &[(ERROR, Code::MissingField, "travel.metres")],
    );
    expect(&[("/travel/url", json!("http://localhost"))], &[(ERROR, Code::FieldConflict, "travel.url")]);
    expect(&[("/travel", json!({"kind": "osrm"}))], &[(ERROR, Code::MissingField, "travel.url")]);
    expect(
        &[("/travel/kind", json!("straight-line"))],
        &[
            (ERROR, Code::MissingField, "travel.minutes_factor"),
            (ERROR, Code::MissingField, "travel.minutes_power"),
            (ERROR, Code::MissingField, "travel.km_factor"),
            (ERROR, Code::MissingField, "travel.km_power"),
        ],
    );
    expect(&[("/travel", json!({"kind": "osrm", "url": null}))], &[(ERROR, Code::MissingField, "travel.url")]);
}

#[test]
fn fields_that_stand_twice() {
    let text = base().to_string().replacen("\"tables\":4", "\"tables\":4,\"tables\":5", 1);
    same(&findings(text.as_bytes()), &[(ERROR, Code::FieldConflict, "slots[0].tables")], &[]);
}

#[test]
fn words() {
    expect_words(
        ("/volunteers/0/max_tripz", json!(2)),
        "volunteers[0].max_tripz",
        "volunteer V1: there is no field `max_tripz`.",
        "Did you mean `max_trips`?",
    );
    expect_words(
        ("/volunteers/0/roles/0", json!("Drver")),
        "volunteers[0].roles[0]",
        "volunteer V1: `roles[0]` cannot be \"Drver\".",
        "Did you mean `driver`? Known are `driver`, `chaperone`.",
    );
    expect_words(
        ("/slots/0/start", json!("2026-12-05 14:00")),
        "slots[0].start",
        "slot S1: `start` must be a date and time like 2026-12-05T08:10, and is \"2026-12-05 14:00\".",
        "Give a date and time like 2026-12-05T08:10.",
    );
    expect_words(
        ("/families/1/members/0/age", json!("1")),
        "families[1].members[0].age",
        "family F2: `age` must be a whole number from 0 to 120, and is \"1\".",
        "Write 1 without quotes.",
    );
    expect_words(
        ("/families/1/members", json!(GONE)),
        "families[1].members",
        "family F2: the field `members` is missing.",
        "Add `members`: Everyone of it who visits.",
    );
    expect_words(
        ("/timezone", json!("Europe/Lundon")),
        "timezone",
        "`timezone` must be a timezone by its IANA name, like Europe/London, and is \"Europe/Lundon\".",
        "Did you mean Europe/London?",
    );
    expect_words(
        ("/prisons/0/lat", json!("x\u{1b}[31m")),
        "prisons[0].lat",
        "prison P1: `lat` must be a number from -90 to 90, and is \"x\\u{1b}[31m\".",
        "Give a number from -90 to 90.",
    );
}

#[test]
fn everything_is_found_at_once() {
    // A misspelt field is read under the name meant, so that what depends on it is not told as well.
    expect(
        &[
            ("/volunteers/0/Car", base()["volunteers"][0]["car"].clone()),
            ("/volunteers/0/car", json!(GONE)),
            ("/requests/1/family", json!("F7")),
            ("/volunteers/1/roles/0", json!("chaperon")),
            ("/families/0/lat", json!("51.62")),
            ("/slots/1/tables", json!(-2)),
            ("/colour", json!("green")),
        ],
        &[
            (ERROR, Code::OutOfRange, "slots[1].tables"),
            (ERROR, Code::UnknownField, "volunteers[0].Car"),
            (ERROR, Code::WrongType, "volunteers[1].roles[0]"),
            (ERROR, Code::WrongType, "families[0].lat"),
            (ERROR, Code::UnknownId, "requests[1].family"),
            (ERROR, Code::UnknownField, "colour"),
        ],
    );
    expect(
        &[("/slots/0/ends", json!("2026-12-05T13:00")), ("/slots/0/end", json!(GONE))],
        &[(ERROR, Code::UnknownField, "slots[0].ends"), (ERROR, Code::ReversedTimes, "slots[0].end")],
    );
}

#[test]
fn rotas() {
    let rota =
        json!({"format": "visitrota-rota/1", "status": "optimal", "score": 0, "bound": 0, "trips": [], "own": 1});
    let read = |rota: &Value| Rota::from_json(rota.to_string().as_bytes());
    assert_eq!(read(&rota).unwrap().bound, Some(0));
    let mut wrong = rota;
    wrong["status"] = json!("best");
    wrong["unmet"] = json!([{"request": "R1", "reasons": [
        {"why": "blocked", "rule": "seats", "times": "two"}, {"why": "rain"}, {"why": "lost_to_competition"}
    ]}]);
    wrong["trips"] = json!([{"driver": "V1"}]);
    let findings = read(&wrong).unwrap_err();
    let got: Vec<_> = findings.iter().map(|f| (f.code, f.path.as_str())).collect();
    for expected in [
        (Code::WrongType, "status"),
        (Code::MissingField, "trips[0].slot"),
        (Code::MissingField, "trips[0].requests"),
        (Code::WrongType, "unmet[0].reasons[0].times"),
        (Code::WrongType, "unmet[0].reasons[1].why"),
        (Code::MissingField, "unmet[0].reasons[2].trips"),
    ] {
        assert!(got.contains(&expected), "{expected:?} not in {got:?}");
    }
}

#[test]
fn null_is_the_same_as_absent() {
    /// A document with every field that it lacks, and one that nobody knows, put in as null.
    fn with_nulls(value: &mut Value, fields: &[&str]) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| with_nulls(item, fields)),
            Value::Object(object) => {
                object.values_mut().for_each(|value| with_nulls(value, fields));
                for field in fields {
                    object.entry(*field).or_insert(Value::Null);
                }
            }
            _ => {}
        }
    }
    fn names(schema: &Value, into: &mut Vec<String>) {
        if let Some(object) = schema.as_object() {
            let properties = object.get("properties").and_then(Value::as_object);
            into.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
            object.values().for_each(|value| names(value, into));
        }
    }
    let mut known = vec!["colour".to_owned()];
    names(&crate::schema::DocumentKind::Problem.schema(), &mut known);
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    for document in [base(), rich()] {
        let mut nulls = document.clone();
        with_nulls(&mut nulls, &known);
        let read = |document: &Value| Problem::from_json(document.to_string().as_bytes());
        assert_eq!(read(&nulls), read(&document));
        assert!(read(&nulls).is_ok());
    }
    let rota = json!({
        "format": "visitrota-rota/1", "status": null, "score": null, "bound": null, "own": null, "unmet": null,
        "trips": [{
            "driver": "V1", "chaperone": null, "slot": "S1", "requests": ["R1"], "drive_min": null, "own": null,
            "stops": [{"kind": "leave", "place": "V1", "at": null, "arrive": null, "depart": null, "leg_min": null}]
        }]
    });
    let read = |rota: &Value| Rota::from_json(rota.to_string().as_bytes());
    let mut absent = rota.clone();
    super::without_nulls(&mut absent);
    assert_eq!(read(&rota), read(&absent));
    assert!(read(&rota).is_ok());
    let missing = read(&json!({"format": "visitrota-rota/1", "trips": null})).unwrap_err();
    assert_eq!(missing.iter().map(|f| (f.code, &*f.path)).collect::<Vec<_>>(), [(Code::MissingField, "trips")]);
}

#[test]
fn one_family_or_several() {
    let request = |family: Value, families: Value| {
        let request = json!({"id": "R3", "family": family, "families": families, "options": [{"slot": "S1"}]});
        ("/requests/2", request)
    };
    let (one, two, none) = (json!("F1"), json!(["F1", "F3"]), Value::Null);
    expect(&[request(one.clone(), none.clone())], &[]);
    let third = ("/families/-", json!({"id": "F3", "lat": 51.6, "lon": -3.0, "members": [{"age": 30}]}));
    expect(&[third.clone(), request(none.clone(), two.clone())], &[]);
    expect_words(
        request(one.clone(), two),
        "requests[2].family",
        "request R3: `family` does not go with what else is given.",
        "Leave one out. A request has one `family`, or the `families` of a joint visit.",
    );
    expect_words(
        request(none.clone(), none.clone()),
        "requests[2].family",
        "request R3: the field `family` is missing.",
        "Add `family`: Who asks; for several households who visit together, give `families`.",
    );
    expect_words(
        request(none.clone(), json!(["F1"])),
        "requests[2].families",
        "request R3: `families` has 1 entry, and must have 2 at least.",
        "Give 2 or more; `family` is for one household alone.",
    );
    expect(&[request(none.clone(), json!([]))], &[(ERROR, Code::WrongType, "requests[2].families")]);
    expect(&[request(none.clone(), json!("F1"))], &[(ERROR, Code::WrongType, "requests[2].families")]);
    expect(&[request(json!(["F1"]), none)], &[(ERROR, Code::WrongType, "requests[2].family")]);
    // The rest of a document is looked at all the same.
    let edits = [request(Value::Null, json!(["F1"])), ("/requests/1/family", json!("F9"))];
    expect(&edits, &[(ERROR, Code::UnknownId, "requests[1].family"), (ERROR, Code::WrongType, "requests[2].families")]);
}

#[test]
fn times_of_day() {
    let hours = |from: Value| ("/policy/volunteer_hours", json!({"from": from, "to": "24:00"}));
    expect(&[hours(json!("06:30"))], &[]);
    for wrong in [json!("6:30"), json!("24:01"), json!("06:60"), json!("06:30:00"), json!(6), json!("2026-12-05T06:30")]
    {
        expect(&[hours(wrong)], &[(ERROR, Code::WrongType, "policy.volunteer_hours.from")]);
    }
    expect_words(
        hours(json!("half past six")),
        "policy.volunteer_hours.from",
        "`from` must be a time of day like 06:30, and is \"half past six\".",
        "Give a time of day like 06:30.",
    );
    expect(
        &[("/policy/family_hours", json!({"from": "06:30"}))],
        &[(ERROR, Code::MissingField, "policy.family_hours.to")],
    );
}

/// Every value of the sound problem is changed to each of many others: reading and checking never panic, a document
/// that the schema takes can be read, and one in which the check finds no error is one that the schema takes.
#[test]
fn schema_reading_and_check_agree_on_any_document() {
    fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(fields) => fields.iter().for_each(|(k, v)| pointers(v, &format!("{at}/{k}"), all)),
            Value::Array(items) => items.iter().enumerate().for_each(|(k, v)| pointers(v, &format!("{at}/{k}"), all)),
            _ => {}
        }
    }
    let validator = super::PROBLEM.validator.as_ref().unwrap();
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(7.0),
        json!(100_000),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("F1"),
        json!("V1"),
        json!("never"),
        json!("2026-12-06"),
        json!("2026-12-06T09:00"),
        json!([]),
        json!({}),
        json!([[]]),
        json!({"id": "F1"}),
    ];
    for sound in [base(), rich()] {
        let mut all = Vec::new();
        pointers(&sound, "", &mut all);
        for (pointer, value) in all.iter().flat_map(|pointer| values.iter().map(move |value| (pointer, value))) {
            let mut document = sound.clone();
            *document.pointer_mut(pointer).unwrap() = value.clone();
            // Serde takes a list of its fields' values for an object; the schema does not.
            if value.is_array() && sound.pointer(pointer).is_some_and(Value::is_object) {
                continue;
            }
            let read = Problem::from_json(document.to_string().as_bytes());
            // Null is the same as absent.
            super::without_nulls(&mut document);
            let fits = validator.is_valid(&document);
            assert_eq!(fits, read.is_ok() && !over_limits(&read), "{pointer} = {value}: {read:#?}");
            match read {
                Ok(problem) => drop(check(&problem)),
                Err(findings) => assert!(findings.iter().any(Finding::is_error), "{pointer} = {value}"),
            }
        }
    }
}

/// Whether a document that was read goes against its schema, which knows limits that the types do not.
fn over_limits(read: &Result<Problem, Vec<Finding>>) -> bool {
    let findings = read.as_ref().map(check).unwrap_or_default();
    findings.iter().any(|finding| matches!(finding.code, Code::OutOfRange | Code::EmptyId))
}
