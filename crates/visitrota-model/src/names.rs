//! Names beside ids, in texts for people who may see names.

use std::collections::BTreeMap;

use crate::problem::Problem;

/// The names of a problem's people and places, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Names<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    /// Those of a problem. An id that looks like a word of a sentence, such as `a` or `the`, is none that can be found
    /// in a text.
    #[must_use]
    pub fn of(problem: &'a Problem) -> Self {
        let is_no_word =
            |id: &str| id.contains(|c: char| c.is_ascii_digit()) || id.len() > 1 && id.contains(char::is_uppercase);
        Self(problem.named().filter(|(id, name)| !name.is_empty() && is_no_word(id)).collect())
    }

    pub(crate) fn given(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(names.filter(|(id, _)| !id.is_empty()).collect())
    }

    /// The ids with names in a text.
    pub fn in_text<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (&'a str, &'a str)> + 't {
        text.split(|c| !is_part_of_id(c)).filter_map(|word| self.0.get_key_value(word).map(|(id, name)| (*id, *name)))
    }

    /// A text with the name beside each id of these, where it does not stand there already.
    #[must_use]
    pub fn beside(&self, text: &str) -> String {
        let mut told = String::new();
        let mut rest = text;
        // Of ids that begin alike, the longest.
        let at_start = |rest: &str| {
            let whole = |id: &str| rest.strip_prefix(id).is_some_and(|after| !after.starts_with(is_part_of_id));
            self.0.iter().filter(|(id, _)| whole(id)).max_by_key(|(id, _)| id.len())
        };
        while let Some(letter) = rest.chars().next() {
            let id = if told.ends_with(is_part_of_id) { None } else { at_start(rest) };
            let step = id.map_or(letter.len_utf8(), |(id, _)| id.len());
            let (taken, after) = rest.split_at_checked(step).unwrap_or((rest, ""));
            told.push_str(taken);
            if let Some((_, name)) = id.filter(|(_, name)| !after.trim_start().starts_with(**name)) {
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
