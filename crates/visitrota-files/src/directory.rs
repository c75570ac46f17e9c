//! Who and what has which name, so that a name does where an id is asked for.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Code, Problem, likely};

use crate::cell::tidy;
use crate::compose::composed;
use crate::fault::Fault;

/// The ids of a sheet's rows, with the names that people know them by.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// What a row is: a volunteer, a family.
    noun: &'static str,
    /// By id. A request goes by the names and ids of its families.
    names: BTreeMap<String, BTreeSet<String>>,
    /// The ids of each name, as it is compared.
    ids: BTreeMap<String, BTreeSet<String>>,
}

/// What a text means where an id is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// Nothing that is known.
    Unknown,
    /// This id.
    Id(String),
    /// What is wrong with it, and the id that it may be taken for in the meantime.
    Wrong(Fault, String),
}

impl Listed {
    pub(crate) fn new(noun: &'static str) -> Self {
        Self { noun, ..Self::default() }
    }

    /// Adds an id, with a name if it has one.
    pub(crate) fn add(&mut self, id: &str, name: &str) {
        let names = self.names.entry(id.to_owned()).or_default();
        if names.insert(name.to_owned()) {
            for known in [folded(name), short(name)].into_iter().filter(|name| !name.is_empty()) {
                self.ids.entry(known).or_default().insert(id.to_owned());
            }
        }
    }

    /// The volunteers of a problem.
    pub(crate) fn volunteers(problem: &Problem) -> Self {
        let mut volunteers = Self::new("volunteer");
        problem.volunteers.iter().for_each(|volunteer| volunteers.add(volunteer.id.as_str(), &volunteer.name));
        volunteers
    }

    /// The families of a problem.
    pub(crate) fn families(problem: &Problem) -> Self {
        let mut families = Self::new("family");
        problem.families.iter().for_each(|family| families.add(family.id.as_str(), &family.name));
        families
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.names.contains_key(id)
    }

    /// The names that go with an id.
    pub(crate) fn names_of(&self, id: &str) -> impl Iterator<Item = &str> {
        self.names.get(id).into_iter().flatten().map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Ids with their names, where they have one.
    pub(crate) fn called_first(&self) -> impl Iterator<Item = String> {
        let first = |id: &String| self.names_of(id).next().map(|name| format!("{id} {name}"));
        self.names.keys().filter_map(first)
    }

    /// Whether an id goes by a name.
    pub(crate) fn is_called(&self, id: &str, name: &str) -> bool {
        [folded(name), short(name)].iter().any(|name| self.ids.get(name).is_some_and(|ids| ids.contains(id)))
    }

    /// The ids that go by a name.
    pub(crate) fn called(&self, name: &str) -> BTreeSet<&str> {
        let known = [folded(name), short(name)];
        known.iter().filter_map(|name| self.ids.get(name)).flatten().map(String::as_str).collect()
    }
}

/// What a text means, where an id of one of these lists is asked for: an id, a name that only one goes by, or both
/// together, as `V1 Ann Fellgate` or `Ann Fellgate (V1)`.
pub(crate) fn meant(lists: &[&Listed], text: &str) -> Meant {
    if lists.iter().any(|list| list.has(text)) {
        return Meant::Id(text.to_owned());
    }
    if let Some(meant) = both(lists, text) {
        return meant;
    }
    let called: BTreeSet<&str> = lists.iter().flat_map(|list| list.called(text)).collect();
    let mut ids = called.iter().copied();
    match (ids.next(), ids.next()) {
        (Some(only), None) => Meant::Id(only.to_owned()),
        (Some(first), Some(_)) => {
            let all: Vec<&str> = called.iter().copied().collect();
            let message = format!("{text} may be any of {}.", all.join(", "));
            let remedy = format!("Give the id, or the id and the name: {first} {text}.");
            Meant::Wrong(Fault::new(Code::UnknownId, message, remedy), first.to_owned())
        }
        (None, _) => Meant::Unknown,
    }
}

/// What a text means that begins with an id, or ends in one in brackets.
fn both(lists: &[&Listed], text: &str) -> Option<Meant> {
    let ended = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(name, id)| (id, name));
    let begun = text.match_indices(' ').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at..)?)));
    let parts = begun.chain(ended).map(|(id, name)| (id.trim_matches([' ', ':', ',', '-']), name.trim()));
    let known: Vec<(&str, &str, &Listed)> =
        parts.filter_map(|(id, name)| lists.iter().find(|list| list.has(id)).map(|list| (id, name, *list))).collect();
    if let Some((id, ..)) = known.iter().find(|(id, name, list)| list.is_called(id, name)) {
        return Some(Meant::Id((*id).to_owned()));
    }
    // The id is one's and the name is another's: one of the two was typed over.
    known.into_iter().find_map(|(id, name, list)| {
        let others: BTreeSet<&str> = lists.iter().flat_map(|list| list.called(name)).collect();
        let other = others.into_iter().next()?;
        let own = list.names_of(id).next().map(|own| format!(", who is {own}")).unwrap_or_default();
        let message = format!("{id}{own}, and {name} are not the same {}.", list.noun);
        let remedy = format!("Give {id} alone, or {other} {name}.");
        Some(Meant::Wrong(Fault::new(Code::FieldConflict, message, remedy), id.to_owned()))
    })
}

/// What is wrong with a text that nothing goes by, and the id that was likely meant: that of a name which is misspelt,
/// or lacks a word.
pub(crate) fn nearly(lists: &[&Listed], text: &str) -> Option<(Fault, String)> {
    if likely(text, lists.iter().flat_map(|list| list.names.keys().map(String::as_str))).is_some() {
        // More like an id.
        return None;
    }
    let ids = lists.iter().flat_map(|list| list.names.keys().map(move |id| (*list, id.as_str())));
    let names: Vec<(&str, &str, &str)> =
        ids.flat_map(|(list, id)| list.names_of(id).map(move |name| (list.noun, id, name))).collect();
    let words: Vec<String> = folded(text).split(' ').map(str::to_owned).collect();
    let has_words = |name: &str| {
        let name = folded(name);
        words.iter().all(|word| word.chars().count() > 1 && name.split(' ').any(|own| own == *word))
    };
    const MOST_TOLD: usize = 3;
    let mut near: Vec<_> = names.iter().filter(|(_, _, name)| has_words(name)).take(MOST_TOLD).collect();
    if near.is_empty() {
        let like = likely(text, names.iter().map(|(_, _, name)| *name))?;
        near = names.iter().find(|(_, _, name)| *name == like).into_iter().collect();
    }
    let (noun, first, _) = *near.first()?;
    let all: Vec<_> = near.iter().map(|(_, id, name)| format!("{id} {name}")).collect();
    let message = format!("There is no {noun} called {text}.");
    let remedy = format!("Did you mean {}?", all.join(" or "));
    Some((Fault::new(Code::UnknownId, message, remedy), (*first).to_owned()))
}

/// A name as it is compared: its words without case, and whether their accents are letters of their own or not.
fn folded(name: &str) -> String {
    let words = composed(&tidy(name)).to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A name without what is often left out of it: `HMP` before a prison's, `family` after a household's.
fn short(name: &str) -> String {
    let name = folded(name);
    let head = ["hmp yoi ", "hmyoi ", "hmp ", "yoi ", "the "].iter().find_map(|head| name.strip_prefix(head));
    let name = head.unwrap_or(&name);
    name.strip_suffix(" family").unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> [Listed; 2] {
        let mut volunteers = Listed::new("volunteer");
        for (id, name) in [("V1", "Ann Fellgate"), ("V2", "Siân Okesby"), ("V3", "Ann Marie Lindow"), ("V4", "")] {
            volunteers.add(id, name);
        }
        let mut families = Listed::new("family");
        for (id, name) in [("F1", "Adair"), ("F2", "Corrin"), ("F12", "Corrin"), ("F3", "Siân Okesby")] {
            families.add(id, name);
        }
        [volunteers, families]
    }

    fn of(text: &str) -> Meant {
        let [volunteers, families] = people();
        let lists = [&volunteers, &families];
        match meant(&lists, text) {
            Meant::Unknown => nearly(&lists, text).map_or(Meant::Unknown, |(fault, id)| Meant::Wrong(fault, id)),
            meant => meant,
        }
    }

    #[test]
    fn one_goes_by_a_name() {
        for text in ["V9", "nobody", "", " ", "("] {
            assert_eq!(of(text), Meant::Unknown, "{text}");
        }
        for (text, id) in [
            ("V1", "V1"),
            ("V4", "V4"),
            ("Ann Fellgate", "V1"),
            ("ann  FELLGATE", "V1"),
            ("V1 Ann Fellgate", "V1"),
            ("Ann Fellgate (V1)", "V1"),
            ("V1 - Ann Fellgate", "V1"),
            ("V1: (ann-fellgate)", "V1"),
            ("The Adair family", "F1"),
            ("F2 Corrin", "F2"),
            ("V2 Sia\u{302}n Okesby", "V2"),
        ] {
            assert_eq!(of(text), Meant::Id(id.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_may_be_several_or_nobody_is_asked_about() {
        for (text, id, says) in [
            ("Corrin", "F12", "any of F12, F2"),
            ("Siân Okesby", "F3", "any of F3, V2"),
            ("V1 Adair", "V1", "not the same volunteer"),
            ("Ann Felgate", "V1", "Did you mean V1 Ann Fellgate?"),
            ("Lindow", "V3", "Did you mean V3 Ann Marie Lindow?"),
            ("Ann", "V1", "Did you mean V1 Ann Fellgate or V3 Ann Marie Lindow?"),
        ] {
            let Meant::Wrong(fault, meanwhile) = of(text) else { panic!("{text}") };
            assert_eq!(meanwhile, id, "{text}");
            let told = format!("{} {}", fault.message, fault.remedy);
            assert!(told.contains(says), "{told}");
        }
    }

    #[test]
    fn prisons_go_without_what_all_of_them_have() {
        let mut prisons = Listed::new("prison");
        prisons.add("EWI", "HMP Eastwood Park");
        for text in ["Eastwood Park", "HMP Eastwood Park", "eastwood park", "EWI Eastwood Park"] {
            assert_eq!(meant(&[&prisons], text), Meant::Id("EWI".to_owned()), "{text}");
        }
    }
}
