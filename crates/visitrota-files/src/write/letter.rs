//! Words that are to be read as they are spelt, though they look like others.

use serde_json::{Value, json};
use visitrota_model::Problem;

use super::cells::TO_THE_LETTER;
use crate::words::Words;

/// Marks what is spelt otherwise than where it is asked for first: in sheets it would be taken for that.
pub(super) fn to_the_letter(problem: &Problem, document: &mut Value) {
    let words = Words::of(problem);
    let is_other = |word: &Value| word.as_str().is_some_and(|word| words.meant(word).is_some());
    for list in ["volunteers", "families"] {
        let people = document.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        for hold in people.filter_map(|one| one.get_mut("holds")?.as_array_mut()).flatten() {
            if hold.get("what").is_some_and(is_other) {
                hold[TO_THE_LETTER] = true.into();
            }
        }
    }
    for (list, fields) in [
        ("policy", &["driver_requires", "chaperone_requires", "child_only_requires", "family_requires"][..]),
        ("prisons", &["escort_requires", "visitor_requires"]),
        ("families", &["needs"]),
    ] {
        let items = match document.get_mut(list) {
            Some(Value::Array(items)) => items.iter_mut().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for item in items {
            for field in fields {
                let words = item.get_mut(*field).and_then(Value::as_array_mut).into_iter().flatten();
                for word in words.filter(|word| is_other(word)) {
                    *word = json!({ TO_THE_LETTER: word.take() });
                }
            }
        }
    }
}
