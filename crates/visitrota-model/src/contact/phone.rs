//! Telephone numbers as people's programs leave them: a nought lost, digits lost, several in one cell.

/// A number as it can be dialled in Britain, or why nobody could dial it.
pub(super) fn read(text: &str) -> Result<String, &'static str> {
    let text = text.trim().trim_start_matches('\'').trim();
    if ["", "-", "–", "n/a", "na", "none", "no", "no phone", "nan"].contains(&text.to_lowercase().as_str()) {
        return Ok(String::new());
    }
    if is_shortened(text) {
        return Err("A spreadsheet program has shortened this number, and its last digits are lost");
    }
    // `7700900123.0`, as scripts write numbers.
    let text = text.strip_suffix(".0").filter(|whole| digits(whole) == *whole).unwrap_or(text);
    let parts: Vec<&str> = text.split(['\n', ',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut read = Vec::new();
    let mut is_number = false;
    for part in parts {
        let digits = digits(&number_of(part));
        is_number |= !digits.is_empty();
        read.push(if digits.is_empty() { part.to_owned() } else { dialled(part, &digits)? });
    }
    if is_number { Ok(read.join(", ")) } else { Err("This is no telephone number") }
}

/// One number: with its nought, where only that is lost.
fn dialled(part: &str, digits: &str) -> Result<String, &'static str> {
    let is_abroad = part.contains('+') || digits.starts_with("00");
    match (digits.len(), digits.as_bytes().first()) {
        (8..=15, _) if is_abroad => Ok(part.to_owned()),
        (11, Some(b'0')) => Ok(part.to_owned()),
        (10, Some(b'0')) if digits.starts_with("01") || digits.starts_with("0800") => Ok(part.to_owned()),
        (8, Some(b'0')) if digits.starts_with("08") => Ok(part.to_owned()),
        (3, Some(b'1' | b'9')) => Ok(part.to_owned()),
        (12, Some(b'4')) if digits.starts_with("44") => Ok(format!("+{part}")),
        // `7700900123` and `7700 900123`.
        (10, Some(b'1' | b'2' | b'3' | b'7' | b'8')) if part.starts_with(|c: char| c.is_ascii_digit()) => {
            Ok(format!("0{part}"))
        }
        (0..=9, _) => Err("This number is too short: digits or the area code are missing"),
        _ => Err("No telephone number has these digits"),
    }
}

/// A part without what is no part of the number: an extension, words in brackets.
fn number_of(part: &str) -> String {
    let lower = part.to_lowercase();
    let end = ["ext", " x"].iter().filter_map(|word| lower.find(word)).min().unwrap_or(lower.len());
    let mut kept = String::new();
    let mut rest = lower.get(..end).unwrap_or_default();
    while let Some((before, after)) = rest.split_once('(') {
        kept.push_str(before);
        let (inside, left) = after.split_once(')').unwrap_or((after, ""));
        if !inside.chars().any(char::is_alphabetic) {
            // `+44 (0)7700 900123`
            kept.push_str(if inside.trim() == "0" && before.contains('+') { "" } else { inside });
        }
        rest = left;
    }
    kept + rest
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether it is a number as spreadsheets shorten it: `4.47701E+11`, `#####`.
fn is_shortened(text: &str) -> bool {
    let lower = text.to_lowercase().replace(',', ".");
    let exponent = lower.split_once('e').filter(|(head, tail)| {
        let is_head = !head.is_empty() && head.chars().all(|c| c.is_ascii_digit() || c == '.');
        let tail = tail.trim_start_matches('+');
        is_head && !tail.is_empty() && tail.chars().all(|c| c.is_ascii_digit())
    });
    exponent.is_some() || text.starts_with("##")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_dialled() {
        for (text, dialled) in [
            ("07700 900123", "07700 900123"),
            ("7700900123", "07700900123"),
            ("7700 900123", "07700 900123"),
            ("1633960123", "01633960123"),
            ("447700900123", "+447700900123"),
            ("+44 (0)7700 900123", "+44 (0)7700 900123"),
            ("+353 1 496 0123", "+353 1 496 0123"),
            ("'07700900123", "07700900123"),
            ("7700900123.0", "07700900123"),
            ("(01632) 960301 ext 12", "(01632) 960301 ext 12"),
            ("07700 900123\n01632 960000 (nan)", "07700 900123, 01632 960000 (nan)"),
            ("07700 900123 / 01632 960000", "07700 900123, 01632 960000"),
            ("n/a", ""),
            ("-", ""),
        ] {
            assert_eq!(read(text).as_deref(), Ok(dialled), "{text:?}");
        }
    }

    #[test]
    fn numbers_that_nobody_could_dial() {
        for text in [
            "4.47701E+11",
            "4,47701E+11",
            "7.70E9",
            "####",
            "0770090012",
            "77009",
            "960123",
            "12345678901234",
            "ask Nan",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
