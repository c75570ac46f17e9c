//! Postcodes as people write them.

/// What may stand behind a district: a digit, and with it two of these letters.
const INWARD_LETTERS: &str = "ABDEFGHJLNPQRSTUVWXYZ";

/// A postcode as it is written: in capitals, without blanks and dashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its letters and digits.
    pub(crate) signs: Vec<char>,
    /// How many of them stand before the first gap; all, if there is none.
    pub(crate) gap: usize,
}

/// What a postcode names: its district, and its sector in it, if it says so much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) district: String,
    pub(crate) sector: Option<u8>,
}

impl Written {
    /// Of any text.
    pub(crate) fn of(text: &str) -> Self {
        let mut signs = Vec::new();
        let mut gap = None;
        for sign in text.trim().chars() {
            if sign.is_whitespace() || "-‐‑–.\u{200b}\u{feff}".contains(sign) {
                gap = gap.or(Some(signs.len()).filter(|before| *before > 0));
            } else {
                signs.push(sign.to_ascii_uppercase());
            }
        }
        Self { gap: gap.unwrap_or(signs.len()), signs }
    }

    /// What it can be read as, the likeliest first. Whether there is such a district, this does not know.
    pub(crate) fn readings(&self) -> Vec<Parts> {
        let signs = &self.signs;
        let parts = |outward: &[char], sector| Parts { district: outward.iter().collect(), sector };
        if let Some((outward, &[digit, a, b])) = signs.split_last_chunk().filter(|(outward, _)| outward.len() >= 2)
            && let Some(digit) = sector(digit)
            && inward_letter(a)
            && inward_letter(b)
        {
            return vec![parts(outward, Some(digit))];
        }
        let short = signs.split_last().and_then(|(last, outward)| Some(parts(outward, Some(sector(*last)?))));
        if self.gap == signs.len() {
            // `CF11` is the district rather than the sector CF1 1.
            [parts(signs, None)].into_iter().chain(short).collect()
        } else {
            short.filter(|_| self.gap + 1 == signs.len()).into_iter().collect()
        }
    }
}

/// The digit of a sector.
pub(crate) fn sector(sign: char) -> Option<u8> {
    sign.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a letter can be one of the last two.
pub(crate) fn inward_letter(sign: char) -> bool {
    INWARD_LETTERS.contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<u8>)> {
        Written::of(text).readings().into_iter().map(|parts| (parts.district, parts.sector)).collect()
    }

    #[test]
    fn a_full_postcode_is_read_however_it_is_spaced() {
        for text in
            ["GL12 8DB", "gl128db", " Gl12\u{a0} 8dB ", "GL12-8DB", "GL1 28DB", "G L 1 2 8 D B", "\u{feff}GL12 8DB"]
        {
            assert_eq!(read(text), [("GL12".to_owned(), Some(8))], "{text}");
        }
        assert_eq!(read("M1 1AA"), [("M1".to_owned(), Some(1))]);
        assert_eq!(read("EC1A1BB"), [("EC1A".to_owned(), Some(1))]);
    }

    #[test]
    fn less_than_a_full_postcode() {
        assert_eq!(read("CF11"), [("CF11".to_owned(), None), ("CF1".to_owned(), Some(1))]);
        assert_eq!(read("CF1 1"), [("CF1".to_owned(), Some(1))]);
        assert_eq!(read("EC1A"), [("EC1A".to_owned(), None)]);
        assert_eq!(read("CF10 3A"), []);
        assert_eq!(read("CF10 3OT"), []);
    }
}
