//! The text of a calendar (RFC 5545): content lines, escaped, folded and ended as they must be.
//!
//! Written here since the crates that write calendars put the moment of writing and random ids into every component,
//! timezones included: the same documents would not give the same bytes, nor valid ones.

/// A calendar's text as it grows.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    /// The most octets of a line, its end not counted.
    const MOST: usize = 75;

    /// A line whose value is of a form that needs no escaping: a time, a number, a word of the format.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is a text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escaped(value));
    }

    /// A component, with what is in it.
    pub(super) fn component(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.line("BEGIN", name);
        inner(self);
        self.line("END", name);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// A line goes on in the next one after a space; characters are not torn apart.
    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > Self::MOST {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value. Control characters have no place in a calendar.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c if c.is_control() => value.push(' '),
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped() {
        assert_eq!(escaped("a, b; c\\d:\r\ne\u{7}\u{1b}[31m\rf"), "a\\, b\\; c\\\\d:\\ne  [31m f");
    }

    #[test]
    fn lines_are_folded_by_octets_between_characters() {
        for word in ["x", "é", "京", "🚗", "a🚗é"] {
            for length in 0..120 {
                let value = word.repeat(length);
                let mut text = Text::default();
                text.text("SUMMARY", &value);
                let bytes = text.into_bytes();
                assert!(bytes.ends_with(b"\r\n"));
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
                assert_eq!(text.replace("\r\n ", "").trim_end(), format!("SUMMARY:{value}"));
            }
        }
    }
}
