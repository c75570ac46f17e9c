//! What is shown to people of a text from outside: characters that nobody would see, or that a terminal would obey, are
//! written out, `\u{202e}`. Styles are let through if they are the program's own.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use anstyle::Style;
use unicode_general_category::{GeneralCategory, get_general_category};

/// What our own styles open with until they are written: no document can know it, and so none can bring a style along.
static MARK: LazyLock<String> = LazyLock::new(|| format!("{ESCAPE}{};", RandomState::new().hash_one("style")));
const ESCAPE: &str = "\u{1b}[";

/// A text in a style. Widths are counted as if there were no style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    let marked = |style: String| style.replace(ESCAPE, &MARK);
    format!("{}{text}{}", marked(style.render().to_string()), marked(style.render_reset().to_string()))
}

/// A text as a line of its own, everything in it visible; our own styles stay as they are.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if text.contains(hidden) { Cow::Owned(seen(text, &MARK, hidden)) } else { Cow::Borrowed(text) }
}

/// Lines as they are written at last: everything in them visible, our own styles made what a terminal knows.
pub(crate) fn finished(text: &str) -> String {
    seen(text, ESCAPE, |c| c != '\n' && hidden(c))
}

fn seen(text: &str, style_opens: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let push = |out: &mut String, part: &str| {
        for c in part.chars() {
            if hidden(c) { out.extend(c.escape_default()) } else { out.push(c) }
        }
    };
    let mut parts = text.split(MARK.as_str());
    push(&mut out, parts.next().unwrap_or_default());
    for part in parts {
        let (style, rest) = part.split_once('m').unwrap_or_default();
        out.extend([style_opens, style, "m"]);
        push(&mut out, rest);
    }
    out
}

/// Whether a character is one that nobody would see, or a terminal would obey.
fn hidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // Of categories that are seen otherwise: joiners and fillers without a shape, and choices of another shape.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => true,
        '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}' => true,
        _ => matches!(
            get_general_category(c),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_hidden_and_nothing_commands_the_terminal() {
        for (text, seen) in [
            ("A\u{1b}[2Jnn\nB\u{9b}", r"A\u{1b}[2Jnn\nB\u{9b}"),
            ("\u{202e}nnA\u{2066}\u{200f}", r"\u{202e}nnA\u{2066}\u{200f}"),
            ("A\u{200b}n\u{ad}n\u{feff}", r"A\u{200b}n\u{ad}n\u{feff}"),
            ("Ann\u{e0041}\u{fe0f}\u{e0101}\u{3164}\u{2028}", r"Ann\u{e0041}\u{fe0f}\u{e0101}\u{3164}\u{2028}"),
            ("\u{7}\t\r\u{7f}\u{0}", r"\u{7}\t\r\u{7f}\u{0}"),
        ] {
            assert_eq!(line(text), seen);
            assert_eq!(finished(text), seen.replace(r"\n", "\n"));
        }
    }

    #[test]
    fn names_stay_as_they_are() {
        for name in ["Siân Ó hUigín", "Sia\u{302}n", "北京市", "Zoë-Łucja", "O’Neill", "नेहा", "a\u{a0}b", "👩"]
        {
            assert_eq!(line(name), name);
            assert_eq!(finished(name), name);
        }
    }

    #[test]
    fn a_style_is_let_through_if_it_is_our_own() {
        let ours = styled(Style::new().bold(), "Ann\u{1b}[31m");
        assert_eq!(finished(&ours), "\u{1b}[1mAnn\\u{1b}[31m\u{1b}[0m");
        assert_eq!(finished(&line(&ours)), finished(&ours));
        assert_eq!(textwrap::core::display_width(&styled(Style::new().bold(), "Ann")), 3);
    }
}
