//! Words, numbers and lines that every kind of output is made of.

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use textwrap::{Options, WordSplitter};
use visitrota::Progress;

use crate::failure::Failure;

pub(super) const HEADING: Style = Style::new().bold().underline();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// A text in a style.
pub(super) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A text from a document or the command line as a terminal may be given it: one line, and nothing that commands it.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Adds a text as lines no wider than `width`: the first one opens with `first`, the others are indented as far.
/// Nothing is cut off.
pub(super) fn paragraph(out: &mut String, first: &str, text: &str, width: usize) {
    let indent = " ".repeat(textwrap::core::display_width(first));
    let options =
        Options::new(width).initial_indent(first).subsequent_indent(&indent).word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(text, options) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) if noun == "person" => "people".to_owned(),
        (_, None) => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(number))
}

/// `1,234,567`.
pub(super) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 h 40 min`.
pub(super) fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `12.3 km`.
pub(super) fn distance(metres: u64) -> String {
    let tenths = metres.saturating_add(50) / 100;
    format!("{}.{} km", grouped(tenths / 10), tenths % 10)
}

/// A document for programs.
pub(crate) fn json(document: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n").map_err(|error| Failure::Internal(format!("JSON: {error}")))
}

/// What is wrong with a command or a file.
pub(crate) fn error(message: &str) -> String {
    format!("{}: {}\n", styled(ERROR, "error"), plain(message))
}

/// The stage that planning is at, for those who wait.
pub(crate) fn stage(progress: &Progress) -> String {
    match progress {
        Progress::Trips => "finding the possible trips".to_owned(),
        Progress::Rota { score, bound } if score >= bound => format!("score {}, the best there is", grouped(score)),
        Progress::Rota { score, bound } => {
            format!("score {}, {} ({})", grouped(score), super::score::below(*score, *bound), grouped(bound))
        }
        _ => "planning".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_people() {
        assert_eq!([0, 7, 999, 1000, -33300, 1234567].map(grouped), ["0", "7", "999", "1,000", "-33,300", "1,234,567"]);
        assert_eq!([0, 59, 60, 100, 440].map(duration), ["0 min", "59 min", "1 h", "1 h 40 min", "7 h 20 min"]);
        assert_eq!(
            [0, 49, 50, 100_000, 1_234_567].map(distance),
            ["0.0 km", "0.0 km", "0.1 km", "100.0 km", "1,234.6 km"]
        );
        assert!(distance(u64::MAX).ends_with(" km"));
        assert_eq!([count(1, "family"), count(2, "family")], ["1 family", "2 families"]);
        assert_eq!([count(1, "person"), count(4, "person"), count(0, "visit")], ["1 person", "4 people", "0 visits"]);
    }

    #[test]
    fn nothing_is_cut_off_and_lines_align() {
        let mut out = String::new();
        paragraph(&mut out, "08:10  ", "picks up F1 Llanfairpwllgwyngyll 北京市朝阳区建国路 (R1)", 24);
        let words: String = out.split_whitespace().collect();
        assert_eq!(words, "08:10picksupF1Llanfairpwllgwyngyll北京市朝阳区建国路(R1)");
        assert!(out.lines().all(|line| textwrap::core::display_width(line) <= 24), "{out}");
        assert!(out.lines().skip(1).all(|line| line.starts_with("       ")), "{out}");
    }

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(plain("A\u{1b}[2Jnn\nB\u{9b}"), "A\u{fffd}[2Jnn\u{fffd}B\u{fffd}");
    }
}
