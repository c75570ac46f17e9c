//! Documents and answers as JSON: what is written is read back as it was, and is what the schemas say.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use visitrota::answers::{
    Advice, Contradiction, Explanation, FindingList, Judgement, Progress, Standby, Verdict, Verification,
};
use visitrota::report::{Privacy, answers};
use visitrota::schema::DocumentKind;
use visitrota::{
    Checks, Error, Options, Problem, Questions, Rota, advise, check, contradiction, explain, judge, load, plan,
    standby, verify,
};

/// The problems of every fixture.
fn problems() -> Vec<Problem> {
    let fixtures = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"));
    let week = |name| fixtures.join(name).join("problem.json");
    let regressions = fixtures.join("regressions").read_dir().unwrap().map(|file| file.unwrap().path());
    let all = ["after-school", "clock-change", "south-wales", "tiny"].map(week).into_iter().chain(regressions);
    all.map(|file| load(file).unwrap()).collect()
}

/// Writes a document, holds it against its schema, and reads it back, as it is and with a null for every field that may
/// be left out.
#[track_caller]
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(kind: DocumentKind, document: &T) {
    let json = serde_json::to_value(document).unwrap();
    let schema = kind.schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {json}");
    let read: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(&read, document);
    // Whole documents have readers of their own, which see to nulls.
    if ![DocumentKind::Problem, DocumentKind::Rota].contains(&kind) {
        let mut nulls = json;
        fill_with_nulls(&schema, &mut nulls);
        assert_eq!(&serde_json::from_value::<T>(nulls).unwrap(), document);
    }
}

/// Puts a null wherever the schema of the document itself has a field that is not there and need not be.
fn fill_with_nulls(schema: &Value, document: &mut Value) {
    let (Some(fields), Some(document)) = (schema["properties"].as_object(), document.as_object_mut()) else { return };
    for name in fields.keys() {
        document.entry(name).or_insert(Value::Null);
    }
}

#[test]
fn every_fixtures_documents_are_read_as_they_were_written() {
    let options = Options::default();
    for problem in problems() {
        round_trip(DocumentKind::Problem, &problem);
        let rota = match plan(&problem, &options) {
            Ok(rota) => rota,
            Err(Error::ImpossiblePins { requests }) => {
                let answer = contradiction(&problem, &requests, &options).unwrap();
                round_trip(DocumentKind::Contradiction, &answers::contradiction(&problem, answer, Privacy::ALL));
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        round_trip(DocumentKind::Rota, &rota);
        let all = Questions { requests: problem.requests.iter().map(|request| request.id.clone()).collect() };
        let asked = if problem.requests.len() > 20 { Questions::default() } else { all };
        let answer = explain(&problem, &rota, &asked, &options).unwrap();
        round_trip(DocumentKind::Explanation, &answer);
        round_trip(DocumentKind::Explanation, &answers::explanation(&problem, answer, Privacy::ALL));
        let answer = advise(&problem, 5, &options).unwrap();
        round_trip(DocumentKind::Advice, &answer);
        round_trip(DocumentKind::Advice, &answers::advice(&problem, answer, Privacy::ALL));
        let answer = standby(&problem, &rota, &options).unwrap();
        round_trip(DocumentKind::Standby, &answers::standby(&problem, answer, Privacy::ALL));
        round_trip(DocumentKind::Verdict, &Verification::new(verify(&problem, &rota).unwrap(), None));
        // Somebody has crossed out the first trip, and given the last to the first volunteer.
        let mut spoilt = rota;
        spoilt.trips.truncate(spoilt.trips.len().max(1) - 1);
        spoilt.trips.iter_mut().rev().take(1).for_each(|trip| trip.driver = problem.volunteers[0].id.clone());
        let (verdict, judged) = (verify(&problem, &spoilt).unwrap(), judge(&problem, &spoilt, &options).unwrap());
        round_trip(DocumentKind::Judgement, &judged);
        let document = Verification::new(verdict.clone(), Some(judged.clone()));
        let document = answers::verification(&problem, document, Privacy::ALL);
        round_trip(DocumentKind::Verdict, &document);
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(serde_json::from_value::<Verdict>(json.clone()).unwrap(), verdict);
        assert_eq!(serde_json::from_value::<Judgement>(json).unwrap(), judged);
    }
}

#[test]
fn answers_that_are_not_known_are_read_as_they_were_written() {
    let problem = problems().into_iter().find(|problem| problem.requests.len() > 20).unwrap();
    let rota = plan(&problem, &Options::default()).unwrap();
    let hurried = Options::default().time_limit(Duration::from_millis(1));
    let requests = problem.requests.iter().map(|request| request.id.clone()).collect();
    if let Ok(answer) = explain(&problem, &rota, &Questions { requests }, &hurried) {
        round_trip(DocumentKind::Explanation, &answer);
    }
    if let Ok(answer) = advise(&problem, 5, &hurried) {
        round_trip(DocumentKind::Advice, &answer);
    }
    let nothing = Judgement::new(None, None);
    round_trip(DocumentKind::Judgement, &nothing);
    let json = serde_json::to_value(Verification::new(verify(&problem, &rota).unwrap(), Some(nothing))).unwrap();
    assert_eq!((&json["best"], &json["repair"]), (&Value::Null, &Value::Null));
    assert_eq!(serde_json::from_value::<Verification>(json).unwrap().judgement, None);
}

#[test]
fn findings_are_read_but_for_what_their_messages_name() {
    let mut problem = problems().remove(3);
    problem.requests[0].families[0] = "F99".into();
    problem.volunteers[0].available.clear();
    let found = FindingList::from(check(&problem, &Checks::default()));
    assert!(found.findings.len() > 1);
    let json = serde_json::to_string(&found).unwrap();
    let read: FindingList = serde_json::from_str(&json).unwrap();
    round_trip(DocumentKind::Findings, &read);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}

#[test]
fn progress_is_read_as_it_was_written() {
    for progress in
        [Progress::Trips, Progress::Rota { score: -3, bound: 7, trips: 2 }, Progress::Answers { done: 1, of: 4 }]
    {
        round_trip(DocumentKind::Progress, &progress);
    }
    let json = serde_json::to_value(Progress::Answers { done: 1, of: 4 }).unwrap();
    assert_eq!(json, serde_json::json!({ "progress": "answers", "done": 1, "of": 4 }));
}

/// The types that are read here are those that the library hands out.
const _: fn() = || {
    fn is_a_document<T: Serialize + DeserializeOwned>() {}
    is_a_document::<(Problem, Rota, Explanation, Advice, Standby, Verification, Judgement, Contradiction)>();
};
