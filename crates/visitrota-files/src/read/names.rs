//! Who is meant where a sheet asks for an id: people write names, and drop-downs show both.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use visitrota_model::likely;

use crate::cell::plain;

/// Ids by what people write for them: a name, or an id and a name together; where several could be meant, none is.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: HashMap<String, Option<String>>,
    /// Ids with names, in their order.
    called: Vec<(String, String)>,
}

impl Names {
    /// Those of these elements.
    pub(super) fn of<'v>(items: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut names = Self::default();
        for item in items {
            let text = |field: &str| item.get(field).and_then(Value::as_str).unwrap_or_default();
            let (id, name) = (text("id"), text("name"));
            if !plain(name).is_empty() {
                names.called.push((id.to_owned(), name.to_owned()));
                for written in [name.to_owned(), format!("{id} {name}"), format!("{name} {id}")] {
                    names.ids.entry(plain(&written)).and_modify(|other| *other = None).or_insert(Some(id.to_owned()));
                }
            }
        }
        names
    }

    /// Who may be meant by part of a name, or one that is nearly theirs: the id and the name, if there is one alone.
    pub(super) fn likely(&self, text: &str) -> Option<String> {
        let words = |text: &str| text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let given = words(text);
        let has_all = |name: &str| {
            let words = words(name);
            !given.is_empty() && given.iter().all(|word| words.contains(word))
        };
        let mut fitting = self.called.iter().filter(|(_, name)| has_all(name));
        let (id, name) = match (fitting.next(), fitting.next()) {
            (Some(one), None) => one,
            (Some(_), Some(_)) => return None,
            (None, _) => {
                let near = likely(text, self.called.iter().map(|(_, name)| name.as_str()))?;
                self.called.iter().find(|(_, name)| name == near)?
            }
        };
        Some(format!("{id} {name}"))
    }

    /// All of them in words, where they are few.
    pub(super) fn few(&self) -> Option<String> {
        const FEW: usize = 4;
        let called: Vec<_> = self.called.iter().map(|(id, name)| format!("{id} {name}")).collect();
        (1..=FEW).contains(&called.len()).then(|| called.join(", "))
    }

    /// The id that a text stands for, if it stands for one.
    pub(super) fn meant(&self, text: &str) -> Option<&str> {
        self.ids.get(&plain(text))?.as_deref()
    }
}

/// Where the elements of a list name others, and those that each names.
const NAMED: &[(&str, &str, &[&str])] = &[
    ("prisoners", "prison", &["prisons"]),
    ("slots", "prison", &["prisons"]),
    ("families", "pickup", &["meeting_points"]),
    ("families", "dropoff", &["meeting_points"]),
    ("requests", "family", &["families"]),
    ("requests", "families", &["families"]),
    ("requests", "prisoner", &["prisoners"]),
    ("requests", "pickup", &["meeting_points"]),
    ("requests", "dropoff", &["meeting_points"]),
    ("pairs", "a", &["families", "volunteers", "prisoners"]),
    ("pairs", "b", &["families", "volunteers", "prisoners"]),
    ("pins", "driver", &["volunteers"]),
    ("pins", "family", &["families"]),
    ("published", "driver", &["volunteers"]),
    ("published", "chaperone", &["volunteers"]),
    ("published", "family", &["families"]),
    ("locked", "driver", &["volunteers"]),
    ("locked", "chaperone", &["volunteers"]),
];

/// Puts ids in the place of names in the elements of a list; what is an id stays, and what is neither.
pub(super) fn resolve(list: &str, items: &mut [Value], lists: &HashMap<&'static str, Vec<Value>>) {
    for (_, field, of) in NAMED.iter().filter(|(named, ..)| *named == list) {
        let others = || of.iter().filter_map(|list| lists.get(list)).flatten();
        let known: HashSet<&str> = others().filter_map(|item| item.get("id")?.as_str()).collect();
        let mut names: Option<Names> = None;
        let mut put = |value: &mut Value| {
            let Some(text) = value.as_str().filter(|text| !known.contains(text)) else { return };
            if let Some(id) = names.get_or_insert_with(|| Names::of(others())).meant(text) {
                *value = id.into();
            }
        };
        for item in items.iter_mut() {
            match item.get_mut(*field) {
                Some(Value::Array(several)) => several.iter_mut().for_each(&mut put),
                Some(one) => put(one),
                None => {}
            }
        }
    }
}
