//! The postcodes that look most like one that does not exist.

use crate::table::{District, district, districts};
use crate::written::{Written, inward_letter, sector};

/// No more than so many are told.
const MOST: usize = 3;
/// What is further off than two slips is hardly meant.
const FURTHEST: u32 = 2 * OTHER;
/// What a slip of each kind weighs: the likelier, the less.
const ALIKE: u32 = 1;
const NEIGHBOUR: u32 = 4;
const SWAPPED: u32 = 4;
const OTHER: u32 = 6;
/// That London's districts end in a letter is forgotten.
const LAST_LETTER: u32 = 3;
/// A district without the sector that was written is less likely meant.
const LACKING: u32 = 3;

/// Signs that are taken for each other, the digit first.
const LOOK_ALIKE: &[(char, char)] =
    &[('0', 'O'), ('0', 'Q'), ('0', 'D'), ('1', 'I'), ('1', 'L'), ('2', 'Z'), ('5', 'S'), ('6', 'G'), ('8', 'B')];
const KEYS: [&str; 3] = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// The postcodes, as far as there are any, that look most like one that does not exist, equally much: three at most, and
/// none where nothing looks like it. It is held against every district: a fraction of a millisecond.
#[must_use]
pub fn nearest(postcode: &str) -> Vec<String> {
    let written = &Written::of(postcode);
    let signs = &written.signs;
    // Longer than any postcode with a slip or two.
    let mixed = signs.iter().any(char::is_ascii_digit) && signs.iter().any(char::is_ascii_alphabetic);
    if signs.len() > 9 || !signs.iter().all(char::is_ascii_alphanumeric) || !mixed {
        return Vec::new();
    }
    let (outward, inward) = halves(written);
    if inward.is_none()
        && let Some(exact) = district(&outward.iter().collect::<String>())
    {
        // The district is right, and what follows is not.
        let digit = signs.get(outward.len()).and_then(|sign| sector(digit_of(*sign)));
        return vec![told(exact, digit, None)];
    }
    let digit = inward.and_then(|[digit, ..]| sector(digit));
    let mut best: (u32, Vec<District>) = (FURTHEST, Vec::new());
    for district in districts() {
        let known: Vec<char> = district.name().chars().collect();
        let lacks = digit.is_some_and(|digit| district.sector(digit).is_none());
        let weight = slips(outward, &known) + if lacks { LACKING } else { 0 };
        if weight < best.0 {
            best = (weight, Vec::new());
        }
        if weight <= best.0 {
            best.1.push(district);
        }
    }
    best.1.into_iter().take(MOST).map(|district| told(district, digit, inward)).collect()
}

/// What stands for the district, and the rest where it is like that of a postcode, put right.
fn halves(written: &Written) -> (&[char], Option<[char; 3]>) {
    let signs = written.signs.as_slice();
    let named = |end: &usize| district(&signs.iter().take(*end).collect::<String>()).is_some();
    // Where a district stands apart, what is behind it is what is wrong.
    if written.gap < signs.len() && named(&written.gap) {
        return (signs.get(..written.gap).unwrap_or(signs), None);
    }
    if let Some((outward, &[digit, a, b])) = signs.split_last_chunk().filter(|(outward, _)| outward.len() >= 2) {
        let inward = [digit_of(digit), letter_of(a), letter_of(b)];
        let changed = inward.iter().zip([digit, a, b]).filter(|(sign, was)| **sign != *was).count();
        if changed <= 1 && inward[0].is_ascii_digit() && inward_letter(inward[1]) && inward_letter(inward[2]) {
            return (outward, Some(inward));
        }
    }
    let before_gap = (written.gap < signs.len()).then_some(written.gap);
    let end = before_gap.or_else(|| (2..=4.min(signs.len())).rev().find(named)).unwrap_or(signs.len().min(4));
    (signs.get(..end).unwrap_or(signs), None)
}

/// A postcode of a district, as far as there is one.
fn told(district: District, digit: Option<u8>, inward: Option<[char; 3]>) -> String {
    let name = district.name();
    match (digit.filter(|digit| district.sector(*digit).is_some()), inward) {
        (Some(_), Some(inward)) => format!("{name} {}", String::from_iter(inward)),
        (Some(digit), None) => format!("{name} {digit}"),
        (None, _) => name.to_owned(),
    }
}

fn digit_of(sign: char) -> char {
    LOOK_ALIKE.iter().find(|(_, letter)| *letter == sign).map_or(sign, |(digit, _)| *digit)
}

fn letter_of(sign: char) -> char {
    let alike = LOOK_ALIKE.iter().find(|(digit, letter)| *digit == sign && inward_letter(*letter));
    alike.map_or(sign, |(_, letter)| *letter)
}

/// How much the slips weigh that make of one the other, which exists: signs taken for others, swapped, added or left out.
fn slips(a: &[char], b: &[char]) -> u32 {
    let mut rows: Vec<Vec<u32>> = vec![(0..).step_by(OTHER as usize).take(b.len() + 1).collect()];
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![rows[i][0] + OTHER];
        for (j, &y) in b.iter().enumerate() {
            let last = i + 1 == a.len() && j + 1 == b.len() && y.is_ascii_alphabetic();
            let added = if last { LAST_LETTER } else { OTHER };
            let mut least = (rows[i][j] + weight(x, y)).min(rows[i][j + 1] + OTHER).min(row[j] + added);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y && x != y {
                least = least.min(rows[i - 1][j - 1] + SWAPPED);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// How much it weighs to take one sign for another.
fn weight(x: char, y: char) -> u32 {
    let alike = |(digit, letter): &(char, char)| (x, y) == (*digit, *letter) || (y, x) == (*digit, *letter);
    match (x.to_digit(10), y.to_digit(10)) {
        _ if x == y => 0,
        _ if LOOK_ALIKE.iter().any(alike) => ALIKE,
        // The next number is likelier than one far off.
        (Some(m), Some(n)) => NEIGHBOUR + (m.abs_diff(n) - 1).min(2),
        (None, None) if neighbours(x, y) => NEIGHBOUR,
        (None, None) => OTHER,
        _ => 2 * OTHER,
    }
}

/// Whether two letters lie side by side on a keyboard, or one above the other.
fn neighbours(x: char, y: char) -> bool {
    let key = |sign| KEYS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(sign)?)));
    let (Some((row, at)), Some((other_row, other_at))) = (key(x), key(y)) else { return false };
    // Each row is half a key to the right of that above it.
    match other_row.abs_diff(row) {
        0 => at.abs_diff(other_at) == 1,
        1 if row < other_row => at == other_at || at == other_at + 1,
        1 => other_at == at || other_at == at + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate;

    fn near(text: &str) -> Vec<String> {
        assert!(locate(text).is_err(), "{text} is there");
        nearest(text)
    }

    #[test]
    fn a_slip_is_put_right() {
        for (text, meant) in [
            ("GLI2 8DB", "GL12 8DB"),
            ("CF1O3AT", "CF10 3AT"),
            ("CF10 3A", "CF10 3"),
            ("CF10 OAT", "CF10"),
            ("CF10 3OT", "CF10 3"),
            ("CF10 3ATT", "CF10 3"),
            ("FC10 3AT", "CF10 3AT"),
            ("SW1A 1A4", "SW1A 1"),
            ("5A1 1AA", "SA1 1AA"),
            ("CF19 3AT", "CF14 3AT"),
            ("EC1 1AA", "EC1A 1AA"),
        ] {
            assert!(near(text).contains(&meant.to_owned()), "{text}: {:?}", near(text));
        }
    }

    #[test]
    fn a_number_that_is_not_there_is_told_of_with_those_near_it() {
        for text in ["CF19 3AT", "SA99Z 1AA", "NP99 4AA", "CG10 3AT"] {
            let found = near(text);
            assert!((1..=MOST).contains(&found.len()), "{text}: {found:?}");
            assert!(found.iter().all(|found| locate(found).is_ok()), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_told_exists_and_what_looks_like_nothing_is_told_nothing() {
        for text in ["", "x", "to be told", "12 High Street", "Ü1 1AA", "XXXXXXX", "Cardiff", "75001"] {
            assert_eq!(near(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn slips_weigh_alike_from_either_side() {
        for (a, b) in
            [("CF10", "CF1O"), ("CF10", "FC10"), ("A", "S"), ("G", "V"), ("T", "B"), ("CF1", "CF10"), ("", "B1")]
        {
            let signs = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(slips(&signs(a), &signs(b)), slips(&signs(b), &signs(a)), "{a}, {b}");
        }
    }
}
