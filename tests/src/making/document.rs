//! Documents of problems in the making, as JSON.

use serde_json::Value;

/// The elements of one of the document's lists.
pub(super) fn list<'a>(document: &'a mut Value, field: &str) -> &'a mut Vec<Value> {
    document[field].as_array_mut().expect("a list")
}

/// The families of a request.
pub(super) fn families_of(request: &Value) -> Vec<String> {
    let several = request["families"].as_array().into_iter().flatten();
    let all = several.chain(request.get("family"));
    all.map(|family| family.as_str().expect("an id").to_owned()).collect()
}

/// A time so many minutes later, on the same date.
pub(super) fn later(time: &Value, minutes: i64) -> Value {
    let (date, clock) = time.as_str().and_then(|text| text.split_once('T')).expect("a time");
    let (hour, minute) = clock.split_once(':').expect("a time of day");
    let number = |text: &str| text.parse::<i64>().expect("a number");
    let moved = (60 * number(hour) + number(minute) + minutes).clamp(0, 1439);
    format!("{date}T{:02}:{:02}", moved / 60, moved % 60).into()
}

/// The time of day of a time, so many minutes later.
pub(super) fn time_of_day(time: &Value, minutes: i64) -> Value {
    later(time, minutes).as_str().and_then(|text| text.get(11..)).expect("a time").into()
}
