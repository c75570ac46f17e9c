//! What every page is made of: a document that needs nothing from anywhere, and texts that cannot command it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::book::{Tour, Who};
use crate::out_file::OutFile;

/// A page of its own.
pub(crate) struct Document<'a> {
    /// The language of the page, as HTML has it.
    pub(crate) language: &'a str,
    /// The title, in which nobody is named.
    pub(crate) title: &'a str,
    /// The style sheet.
    pub(crate) style: &'static str,
    /// The script, if it has one.
    pub(crate) script: Option<&'static str>,
}

impl Document<'_> {
    /// The page with this body, as a file.
    pub(crate) fn file(&self, name: String, body: &Markup) -> OutFile {
        OutFile { name, bytes: self.page(body) }
    }

    /// The page with this body.
    ///
    /// Its policy lets in the page's own style and script, by their hashes, and nothing else: neither what a name might
    /// smuggle in nor anything from the network.
    fn page(&self, body: &Markup) -> Vec<u8> {
        let script = self.script.map_or_else(String::new, |script| format!(" script-src 'sha256-{}';", hash(script)));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}';{script} base-uri 'none'; form-action 'none'",
            hash(self.style)
        );
        let page = html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="robots" content="noindex";
                    title { (plain(self.title)) }
                    style { (PreEscaped(self.style)) }
                }
                body {
                    (body)
                    @if let Some(script) = self.script { script { (PreEscaped(script)) } }
                }
            }
        };
        page.into_string().into_bytes()
    }
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

/// A text from a document as a page may be given it: nothing that is no character of a text. Escaping it is the
/// template's.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A text from a document, kept apart from the direction of what stands around it.
pub(crate) fn apart(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// A heading of a level from 1 to 4.
pub(crate) fn head(level: u8, text: &Markup) -> Markup {
    html! {
        @match level { 1 => h1 { (text) }, 2 => h2 { (text) }, 3 => h3 { (text) }, _ => h4 { (text) } }
    }
}

/// A mark on a trip that the problem locks.
pub(crate) fn stands(tour: &Tour<'_>) -> Markup {
    html! { @if tour.locked { " " small.stands { "stands as it is" } } }
}

/// Several people: ids and names.
pub(crate) fn everyone(people: &[Who<'_>]) -> Markup {
    html! {
        @for (at, &one) in people.iter().enumerate() {
            @if at > 0 { @if at + 1 == people.len() { " and " } @else { ", " } }
            (who(one))
        }
    }
}

/// Id and name.
pub(crate) fn who(who: Who<'_>) -> Markup {
    html! {
        span.who { b { (apart(who.id)) } @if let Some(name) = who.name { " " (apart(name)) } }
    }
}
