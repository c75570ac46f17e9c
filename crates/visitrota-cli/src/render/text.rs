//! Words, numbers and lines that every kind of output is made of.

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSplitter};
pub(super) use visitrota::report::words::{count, distance, duration, grouped};

use super::shown::line;
pub(super) use super::shown::styled;

pub(super) const HEADING: Style = Style::new().bold().underline();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Adds a text as lines no wider than `width`: the first one opens with `first`, the others are indented as far.
/// Nothing is cut off, and nothing in it begins a line of its own or cannot be seen.
pub(super) fn paragraph(out: &mut String, first: &str, text: &str, width: usize) {
    let indent = " ".repeat(textwrap::core::display_width(first));
    let options =
        Options::new(width).initial_indent(first).subsequent_indent(&indent).word_splitter(WordSplitter::NoHyphenation);
    for wrapped in textwrap::wrap(&line(text), options) {
        out.push_str(wrapped.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_cut_off_and_lines_align() {
        let mut out = String::new();
        paragraph(&mut out, "08:10  ", "picks up F1 Llanfairpwllgwyngyll 北京市朝阳区建国路 (R1)", 24);
        let words: String = out.split_whitespace().collect();
        assert_eq!(words, "08:10picksupF1Llanfairpwllgwyngyll北京市朝阳区建国路(R1)");
        assert!(out.lines().all(|line| textwrap::core::display_width(line) <= 24), "{out}");
        assert!(out.lines().skip(1).all(|line| line.starts_with("       ")), "{out}");
    }
}
