//! Where a family is met, as it stands in a cell: `home`, or the id of a meeting point.

use visitrota_model::MeetingPlace;

use crate::cell::{item, plain, quoted, quoted_if_odd};

/// Whether a text means a family's home, however it is written.
pub(crate) fn is_home(text: &str) -> bool {
    ["home", "athome"].contains(&plain(text).as_str())
}

/// The meeting place that a text means.
pub(crate) fn read(text: &str) -> String {
    if is_home(text) { MeetingPlace::HOME.to_owned() } else { text.to_owned() }
}

/// A meeting place as it fills a cell. An id that would be taken for somebody's home stands in quotes.
pub(crate) fn written(place: &str) -> String {
    if is_home(place) && place != MeetingPlace::HOME { quoted(place) } else { quoted_if_odd(place) }
}

/// A meeting place among words in an item of a list: without a sign that parts the items, and without `end` words
/// unless in quotes.
pub(crate) fn written_among(place: &str, ends: &[&str]) -> String {
    let ends_there = |word: &str| ends.contains(&plain(word).as_str());
    let plain_words = place.split_whitespace().eq(place.split(' ')) && !place.split(' ').any(ends_there);
    if place == MeetingPlace::HOME || plain_words && !is_home(place) && item(place) == place {
        return place.to_owned();
    }
    quoted_among(place)
}

/// A meeting place in quotes, without a sign that parts the items of a list.
pub(crate) fn quoted_among(place: &str) -> String {
    let mut escaped = String::new();
    for c in quoted(place).chars() {
        match c {
            ',' | ';' | '(' | ')' => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}
