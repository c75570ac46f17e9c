//! A text as words, numbers and marks, and what is read of them one by one.

use visitrota_model::Date;

use super::wrong::{Read, Wrong};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Number(u32, usize),
    Mark(char),
}

/// A text being read, word by word.
pub(super) struct Reader {
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    /// Dates without a year are near it.
    pub(super) near: Option<Date>,
}

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
pub(super) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Reader {
    pub(super) fn new(text: &str, near: Option<Date>) -> Self {
        Self { tokens: tokens(text), at: 0, near }
    }

    pub(super) fn left(&self) -> bool {
        self.at < self.tokens.len()
    }

    pub(super) fn end(&self) -> Read<()> {
        if self.left() { Err(Wrong::Unreadable) } else { Ok(()) }
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        let is = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(is);
        is
    }

    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        let is = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if words.contains(&word.as_str()));
        self.at += usize::from(is);
        is
    }

    pub(super) fn until(&mut self) -> bool {
        self.mark('-') || self.word(&["to", "until", "till", "til"])
    }

    /// What stands after `to` or a dash; nothing is read where it is none.
    pub(super) fn after_until<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<Option<T>>) -> Read<Option<T>> {
        let begin = self.at;
        let found = if self.until() { read(self)? } else { None };
        if found.is_none() {
            self.at = begin;
        }
        Ok(found)
    }

    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let Some(&Token::Number(number, digits)) = self.tokens.get(self.at) else { return None };
        self.at += 1;
        Some((number, digits))
    }

    /// The place of a word among names of which it is the whole or a beginning of three letters or more.
    pub(super) fn named(&mut self, names: &[&str]) -> Option<usize> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        let whole = word.strip_suffix('s').filter(|stem| names.contains(stem)).unwrap_or(word);
        let short = whole.strip_suffix('s').unwrap_or(whole);
        let begins = |name: &&str| name.starts_with(whole) || short.len() > 2 && name.starts_with(short);
        let place = (word.chars().count() > 2).then(|| names.iter().position(begins)).flatten()?;
        self.at += 1;
        Some(place)
    }

    pub(super) fn weekday(&mut self) -> Option<usize> {
        let day = self.named(&WEEKDAYS);
        if day.is_some() {
            // `Sat.` and `Sat:` as in lists.
            let _ = self.mark('.');
        }
        day
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(&c) = letters.peek() {
        if c.is_ascii_digit() {
            let mut digits = String::new();
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            tokens.push(Token::Number(digits.parse().unwrap_or(u32::MAX), digits.len()));
        } else if c.is_alphabetic() {
            let mut word = String::new();
            while let Some(letter) = letters.next_if(|c| c.is_alphabetic()) {
                word.push(letter);
            }
            tokens.push(Token::Word(word));
        } else {
            letters.next();
            match c {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.push(Token::Mark('-')),
                ';' => tokens.push(Token::Mark(',')),
                // `'til`
                '\'' | '’' => {}
                c if c.is_whitespace() => {}
                c => tokens.push(Token::Mark(c)),
            }
        }
    }
    tokens
}
