//! What families are written, in their language: data that a speaker can correct without reading code.

use std::sync::LazyLock;

use maud::{Markup, html};
use serde::Deserialize;
use visitrota_model::Date;

use crate::html::plain;
use visitrota_model::Language;

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(include_str!("../texts/en.toml")));
static WELSH: LazyLock<Texts> = LazyLock::new(|| Texts::read(include_str!("../texts/cy.toml")));

macro_rules! texts {
    ($($text:ident = $field:ident),* $(,)?) => {
        /// The texts of one language. Of a translation any may be missing.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct Texts {
            date: Option<String>,
            weekdays: Option<[String; 7]>,
            months: Option<[String; 12]>,
            $($field: Option<String>,)*
        }

        /// The texts that can be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Text { $($text,)* }

        impl Texts {
            fn get(&self, text: Text) -> Option<&str> {
                match text { $(Text::$text => self.$field.as_deref(),)* }
            }
        }

        #[cfg(test)]
        const ALL: &[Text] = &[$(Text::$text),*];
    };
}

texts! {
    Title = title,
    Greeting = greeting,
    GreetingUnnamed = greeting_unnamed,
    Introduction = introduction,
    IntroductionBack = introduction_back,
    When = when,
    Pickup = pickup,
    PickupAt = pickup_at,
    Visit = visit,
    VisitAt = visit_at,
    Home = home,
    BackAt = back_at,
    Who = who,
    Driver = driver,
    Chaperone = chaperone,
    Escort = escort,
    Bring = bring,
    Identity = identity,
    Seats = seats,
    SeatsOwn = seats_own,
    Luggage = luggage,
    Change = change,
    Message = message,
    MessageFrom = message_from,
    MessageTo = message_to,
    MessageFromTo = message_from_to,
}

impl Texts {
    /// A file that is part of the program, and read by a test: it cannot fail here.
    fn read(toml: &str) -> Self {
        toml::from_str(toml).unwrap_or_default()
    }
}

/// Writes in a language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer {
    language: Language,
    texts: &'static Texts,
}

/// A text that is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// Whether it stands in English for want of a translation.
    pub(crate) fallback: bool,
}

impl Writer {
    pub(crate) fn new(language: Language) -> Self {
        let texts = match language {
            Language::English => &*ENGLISH,
            Language::Welsh => &*WELSH,
        };
        Self { language, texts }
    }

    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// A text with its words in braces filled in.
    pub(crate) fn write(self, text: Text, words: &[(&str, &str)]) -> Written {
        let own = self.texts.get(text);
        let template = own.or_else(|| ENGLISH.get(text)).unwrap_or_default();
        Written { text: filled(template, words), fallback: own.is_none() }
    }

    /// A date.
    pub(crate) fn date(self, date: Date) -> String {
        let (texts, english) = (self.texts, &*ENGLISH);
        let (Some(weekdays), Some(months), Some(form)) = (
            texts.weekdays.as_ref().or(english.weekdays.as_ref()),
            texts.months.as_ref().or(english.months.as_ref()),
            texts.date.as_ref().or(english.date.as_ref()),
        ) else {
            return date.long();
        };
        let iso = date.to_string();
        let number = |at: usize| iso.split('-').nth(at).and_then(|part| part.parse::<usize>().ok()).unwrap_or_default();
        let (year, month, day) = (number(0), number(1), number(2));
        // The first weekday of the list, at 1 January 2024.
        let monday: Option<Date> = "2024-01-01".parse().ok();
        let weekday = monday.map_or(0, |monday| date.days_since(monday).rem_euclid(7));
        let weekday = usize::try_from(weekday).ok().and_then(|at| weekdays.get(at));
        let month = month.checked_sub(1).and_then(|at| months.get(at));
        filled(
            form,
            &[
                ("weekday", weekday.map_or("", String::as_str)),
                ("day", &day.to_string()),
                ("month", month.map_or("", String::as_str)),
                ("year", &year.to_string()),
            ],
        )
    }
}

impl Written {
    /// On a page; a text that is English for want of a translation says so.
    pub(crate) fn html(&self) -> Markup {
        if self.fallback {
            html! { span lang="en" { (plain(&self.text)) } " " small.fallback { "[English]" } }
        } else {
            html! { (plain(&self.text)) }
        }
    }
}

/// Fills in the words in braces, once: braces in what is filled in stay as they are.
fn filled(template: &str, words: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let word = after
            .split_once('}')
            .and_then(|(name, tail)| words.iter().find(|(known, _)| *known == name).map(|(_, word)| (*word, tail)));
        rest = match word {
            Some((word, tail)) => {
                out.push_str(word);
                tail
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(toml: &str) -> Texts {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn the_files_are_sound() {
        let english = file(include_str!("../texts/en.toml"));
        let welsh = file(include_str!("../texts/cy.toml"));
        assert!(english.date.is_some() && english.weekdays.is_some() && english.months.is_some());
        for &text in ALL {
            let english = english.get(text).unwrap_or_else(|| panic!("{text:?} is missing in English"));
            // A translation fills in the same words.
            let words = |text: &str| {
                let mut words: Vec<_> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
                words.sort_unstable();
                words.into_iter().map(String::from).collect::<Vec<_>>()
            };
            if let Some(welsh) = welsh.get(text) {
                assert_eq!(words(welsh), words(english), "{text:?}");
            }
        }
    }

    #[test]
    fn a_missing_text_is_english_and_says_so() {
        let writer =
            Writer { language: Language::Welsh, texts: Box::leak(Box::new(file("home = \"Adref: {home}.\""))) };
        let home = writer.write(Text::Home, &[("home", "18:00")]);
        assert_eq!((home.text.as_str(), home.fallback), ("Adref: 18:00.", false));
        let when = writer.write(Text::When, &[]);
        assert_eq!((when.text.as_str(), when.fallback), ("When", true));
        assert_eq!(
            when.html().into_string(),
            "<span lang=\"en\">When</span> <small class=\"fallback\">[English]</small>"
        );
    }

    #[test]
    fn dates_are_written_out() {
        let date = "2026-12-05".parse().unwrap();
        assert_eq!(Writer::new(Language::English).date(date), "Saturday 5 December 2026");
        assert_eq!(Writer::new(Language::Welsh).date(date), "dydd Sadwrn 5 Rhagfyr 2026");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_in_again() {
        assert_eq!(filled("{a} {b} {c} {", &[("a", "{b}"), ("b", "B")]), "{b} B {c} {");
    }
}
