//! How findings count and list things.

use std::fmt::Display;

/// `V01, V02 and V03`, or the first few of many.
pub(super) fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    const MOST: usize = 5;
    let all: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) if all.len() <= MOST => format!("{} and {last}", rest.join(", ")),
        Some(_) => {
            let first: Vec<_> = all.iter().take(MOST - 1).cloned().collect();
            format!("{} and {} more", first.join(", "), all.len() - first.len())
        }
    }
}

/// `1 seat`, `2 seats`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
