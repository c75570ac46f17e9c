//! Names beside ids, in texts for people who may see names.

use std::collections::BTreeMap;

use crate::problem::Problem;

/// The names of a problem's people and places, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Names<'a> {
    names: BTreeMap<&'a str, &'a str>,
    /// The ids that are more than a word, the longest first.
    long: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// Those of a problem. An id that looks like a word of a sentence, such as `a` or `the`, is none that can be found
    /// in a text.
    #[must_use]
    pub fn of(problem: &'a Problem) -> Self {
        let is_no_word =
            |id: &str| id.contains(|c: char| c.is_ascii_digit()) || id.len() > 1 && id.contains(char::is_uppercase);
        Self::given(problem.named().filter(|(id, name)| !name.is_empty() && is_no_word(id)))
    }

    pub(crate) fn given(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let names: BTreeMap<_, _> = names.filter(|(id, _)| !id.is_empty()).collect();
        let mut long: Vec<_> = names.keys().copied().filter(|id| !id.chars().all(is_part_of_id)).collect();
        long.sort_by_key(|id| std::cmp::Reverse(id.len()));
        Self { names, long }
    }

    /// The ids with names in a text.
    pub fn in_text<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (&'a str, &'a str)> + 't {
        text.split(|c| !is_part_of_id(c))
            .filter_map(|word| self.names.get_key_value(word).map(|(id, name)| (*id, *name)))
    }

    /// A text with the name beside each id of these, where it does not stand there already.
    #[must_use]
    pub fn beside(&self, text: &str) -> String {
        let mut told = String::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let at_start = !told.ends_with(is_part_of_id);
            let word = rest.split(|c| !is_part_of_id(c)).next().unwrap_or_default();
            let whole = |id: &str| rest.strip_prefix(id).is_some_and(|after| !after.starts_with(is_part_of_id));
            let long = self.long.iter().copied().find(|id| at_start && whole(id));
            let id = long.or_else(|| Some(word).filter(|word| at_start && self.names.contains_key(word)));
            let step = id.map_or(word.len().max(letter.len_utf8()), str::len);
            let (taken, after) = rest.split_at_checked(step).unwrap_or((rest, ""));
            told.push_str(taken);
            let name = id.and_then(|id| self.names.get(id)).filter(|name| !after.trim_start().starts_with(**name));
            if let Some(name) = name {
                told.push(' ');
                told.push_str(name);
            }
            rest = after;
        }
        told
    }
}

fn is_part_of_id(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_beside_ids() {
        let names = Names::given([("V1", "Ann"), ("V12", "Ben"), ("F 1", "Cai"), ("", "nobody")].into_iter());
        for (text, told) in [
            ("V1 and V12, not V123, xV1 nor V1-a", "V1 Ann and V12 Ben, not V123, xV1 nor V1-a"),
            ("(V1) drives F 1.", "(V1 Ann) drives F 1 Cai."),
            ("V1 Ann drives V12's car", "V1 Ann drives V12 Ben's car"),
            ("é V1", "é V1 Ann"),
            ("", ""),
        ] {
            assert_eq!(names.beside(text), told);
        }
    }

    #[test]
    fn words_are_no_ids() {
        let mut problem = Problem::from_json(include_bytes!("../../../fixtures/tiny/problem.json")).expect("a problem");
        for (volunteer, id) in problem.volunteers.iter_mut().zip(["a", "the"]) {
            (volunteer.id, volunteer.name) = (id.into(), "Ann".to_owned());
        }
        problem.families[0].name = "Adair".to_owned();
        let names = Names::of(&problem);
        assert_eq!(names.beside("a family of the scheme, F1"), "a family of the scheme, F1 Adair");
        assert_eq!(names.in_text("F1, F1").collect::<Vec<_>>(), [("F1", "Adair"); 2]);
    }
}
