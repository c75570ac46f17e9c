//! Who and what has which name, so that a name does where an id is asked for.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Code, Problem, likely};

use crate::cell::{composed, is_nothing, tidy};

/// The ids of a sheet's rows, with the names that people know them by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    /// What a row is: a volunteer, a family.
    noun: &'static str,
    /// By id. A request goes by the names and ids of its families.
    names: BTreeMap<String, BTreeSet<String>>,
    /// The ids of each name, in each of the forms in which it is compared.
    ids: [BTreeMap<String, BTreeSet<String>>; 3],
}

/// What a text means where an id is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// Nothing that is known.
    Unknown,
    /// This id.
    Id(String),
    /// What is wrong with it.
    Wrong(Misnamed),
}

/// What is wrong with a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misnamed {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) remedy: String,
    /// The ids in these words, with names.
    pub(crate) called: Vec<(String, String)>,
    /// The id that it may be taken for in the meantime.
    pub(crate) meanwhile: String,
}

impl Listed {
    pub(crate) fn new(noun: &'static str) -> Self {
        Self { noun, ..Self::default() }
    }

    /// Adds an id, with a name if it has one.
    pub(crate) fn add(&mut self, id: &str, name: &str) {
        let names = self.names.entry(id.to_owned()).or_default();
        if !is_nothing(name) && names.insert(name.to_owned()) {
            for (ids, known) in self.ids.iter_mut().zip(forms(name)).filter(|(_, known)| !known.is_empty()) {
                ids.entry(known).or_default().insert(id.to_owned());
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
    pub(crate) fn called_first(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.keys().filter_map(|id| Some((id.as_str(), self.names_of(id).next()?)))
    }

    /// Whether an id goes by a name.
    pub(crate) fn is_called(&self, id: &str, name: &str) -> bool {
        self.ids.iter().zip(forms(name)).any(|(ids, name)| ids.get(&name).is_some_and(|ids| ids.contains(id)))
    }

    /// The ids that go by a name: as it stands; if none does, without regard to case and marks; if none does, without
    /// what is often left out.
    pub(crate) fn called(&self, name: &str) -> BTreeSet<&str> {
        let found = self.ids.iter().zip(forms(name)).find_map(|(ids, name)| ids.get(&name));
        found.into_iter().flatten().map(String::as_str).collect()
    }
}

/// What a text means, where an id of one of these lists is asked for: an id, a name that only one goes by, or both
/// together, as `V1 Ann Fellgate` or `Ann Fellgate (V1)`.
pub(crate) fn meant(lists: &[&Listed], text: &str) -> Meant {
    const MOST_TOLD: usize = 4;
    if lists.iter().any(|list| list.has(text)) {
        return Meant::Id(text.to_owned());
    }
    let both: Vec<(&str, &str, &Listed)> = both(lists, text);
    let mut ids: BTreeSet<&str> = lists.iter().flat_map(|list| list.called(text)).collect();
    ids.extend(both.iter().filter(|(id, name, list)| list.is_called(id, name)).map(|(id, ..)| *id));
    let mut all = ids.iter().copied();
    match (all.next(), all.next()) {
        (Some(only), None) => Meant::Id(only.to_owned()),
        (Some(first), Some(_)) => {
            let more = ids.len().saturating_sub(MOST_TOLD);
            let some: Vec<&str> = ids.iter().copied().take(MOST_TOLD).collect();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Meant::Wrong(Misnamed {
                code: Code::UnknownId,
                message: format!("{} may be any of {}{more}.", shown(text), some.join(", ")),
                remedy: format!("Give the id, or the id and the name: {first} {}.", shown(text)),
                called: Vec::new(),
                meanwhile: first.to_owned(),
            })
        }
        (None, _) => both.into_iter().find_map(|both| at_odds(lists, both)).map_or(Meant::Unknown, Meant::Wrong),
    }
}

/// The ids of these lists that a text begins with, or ends in in brackets, with what else it says.
fn both<'t, 'l>(lists: &[&'l Listed], text: &'t str) -> Vec<(&'t str, &'t str, &'l Listed)> {
    let inside = text.strip_suffix(')').unwrap_or_default();
    let ended = inside.match_indices('(').filter_map(|(at, _)| Some((inside.get(at + 1..)?, inside.get(..at)?)));
    let begun = text.match_indices(' ').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at..)?)));
    let parts = begun.chain(ended).map(|(id, name)| (id.trim_matches([' ', ':', ',', '-']), name.trim()));
    parts.filter_map(|(id, name)| lists.iter().find(|list| list.has(id)).map(|list| (id, name, *list))).collect()
}

/// That the id is one's and the name is another's: one of the two was typed over.
fn at_odds(lists: &[&Listed], (id, name, list): (&str, &str, &Listed)) -> Option<Misnamed> {
    let others: BTreeSet<&str> = lists.iter().flat_map(|list| list.called(name)).collect();
    let other = others.into_iter().next()?;
    let called = list.names_of(id).next().map(|own| (id.to_owned(), own.to_owned()));
    Some(Misnamed {
        code: Code::FieldConflict,
        message: format!("{id}, and {} are not the same {}.", shown(name), list.noun),
        remedy: format!("Give {id} alone, or {other}."),
        called: called.into_iter().chain([(other.to_owned(), name.to_owned())]).collect(),
        meanwhile: id.to_owned(),
    })
}

/// What is wrong with a text that nothing goes by, and the id that was likely meant: that of a name which is misspelt,
/// or lacks a word.
pub(crate) fn nearly(lists: &[&Listed], text: &str) -> Option<Misnamed> {
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
    let all: Vec<_> = near.iter().map(|(_, id, _)| *id).collect();
    Some(Misnamed {
        code: Code::UnknownId,
        message: format!("There is no {noun} called {}.", shown(text)),
        remedy: format!("Did you mean {}?", all.join(" or ")),
        called: near.iter().map(|(_, id, name)| ((*id).to_owned(), (*name).to_owned())).collect(),
        meanwhile: (*first).to_owned(),
    })
}

/// The forms of a name in which it is compared, one after the other.
fn forms(name: &str) -> [String; 3] {
    [composed(&tidy(name)), folded(name), short(name)]
}

/// A text from a cell, of a length to be read.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A name without case, and without marks but those that part a list.
fn folded(name: &str) -> String {
    let mut words = String::new();
    for c in composed(&tidy(name)).to_lowercase().chars() {
        match c {
            ',' | ';' | '&' | '+' | '/' => words.extend([' ', c, ' ']),
            c if c.is_alphanumeric() => words.push(c),
            _ => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
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
            Meant::Unknown => nearly(&lists, text).map_or(Meant::Unknown, Meant::Wrong),
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

    /// What a text means among people of these ids and names.
    fn among(people: &[(&str, &str)], text: &str) -> Result<String, String> {
        let mut listed = Listed::new("family");
        people.iter().for_each(|(id, name)| listed.add(id, name));
        match meant(&[&listed], text) {
            Meant::Id(id) => Ok(id),
            Meant::Wrong(misnamed) => Err(misnamed.message),
            Meant::Unknown => Err(String::new()),
        }
    }

    #[test]
    fn what_can_mean_two_is_nobodys_and_the_very_name_comes_first() {
        let all = among(&[("A", "B C"), ("A B", "C")], "A B C");
        assert_eq!(all, Err("A B C may be any of A, A B.".to_owned()));
        assert!(among(&[("A", "B"), ("Z", "A B")], "A B").is_err());
        let adair = [("F1", "Adair"), ("F2", "Adair family")];
        assert_eq!(among(&adair, "Adair family").as_deref(), Ok("F2"));
        assert_eq!(among(&adair, "Adair").as_deref(), Ok("F1"));
        assert!(among(&adair, "the Adair family").is_err());
        // What parts a list is no mark in a name.
        assert_eq!(among(&[("F3", "Price-Evans")], "Price, Evans"), Err(String::new()));
        assert_eq!(among(&[("F3", "Price-Evans")], "price evans").as_deref(), Ok("F3"));
        assert_eq!(among(&[("F6 (x)", "Parc")], "Parc (F6 (x))").as_deref(), Ok("F6 (x)"));
        assert_eq!(among(&[("F1", "Nguy\u{1ec5}n")], "Nguye\u{302}\u{303}n").as_deref(), Ok("F1"));
        let many: Vec<_> = (0..800).map(|n| format!("V{n}")).collect();
        let many: Vec<_> = many.iter().map(|id| (id.as_str(), "Ann")).collect();
        assert!(among(&many, "Ann").is_err_and(|message| message.contains("and 796 more") && message.len() < 80));
        assert_eq!(among(&[("V2", "n/a")], "n/a"), Err(String::new()));
    }

    #[test]
    fn what_may_be_several_or_nobody_is_asked_about() {
        for (text, id, says) in [
            ("Corrin", "F12", "any of F12, F2"),
            ("Siân Okesby", "F3", "any of F3, V2"),
            ("V1 Adair", "V1", "not the same volunteer"),
            ("Ann Felgate", "V1", "Did you mean V1?"),
            ("Lindow", "V3", "Did you mean V3?"),
            ("Ann", "V1", "Did you mean V1 or V3?"),
        ] {
            let Meant::Wrong(Misnamed { message, remedy, meanwhile, .. }) = of(text) else { panic!("{text}") };
            assert_eq!(meanwhile, id, "{text}");
            let told = format!("{message} {remedy}");
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
