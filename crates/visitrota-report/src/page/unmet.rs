//! The visits that are not met, and why.

use maud::{Markup, html};
use visitrota_model::{Explanation, Request, Unmet, WhyUnmet};

use crate::book::Book;
use crate::html::{apart, everyone, plain};
use crate::words::why::Words;
use crate::words::{count, grouped, short, why};

pub(super) fn section(book: &Book<'_>) -> Markup {
    html! {
        section #unmet aria-labelledby="unmet-head" {
            h2 #unmet-head { "Not met" }
            @if book.unmet().is_empty() { p { "Every visit asked for is met." } }
            @else {
                p { (count(book.unmet().len(), "visit")) " of " (book.unmet().len() + book.met()) " cannot be met in this rota." }
                div.unmet { @for (request, unmet) in book.unmet() { (one(book, request, unmet)) } }
                p.empty #no-unmet hidden { "No unmet visit matches." }
            }
        }
    }
}

/// The answer that was asked for: each heading with what stands below it.
fn answered(book: &Book<'_>, answer: &WhyUnmet, explanation: &Explanation) -> Markup {
    let calls = |id: &str| book.called(id);
    let lines = Words::new(book.problem(), &calls).unmet(answer, explanation);
    html! {
        @for at in 0..lines.len() {
            @let (depth, line) = &lines[at];
            @if *depth == 0 { p { (plain(line)) } }
            @else if at == 0 || lines[at - 1].0 == 0 {
                ul { @for (_, line) in lines[at..].iter().take_while(|(depth, _)| *depth > 0) { li { (plain(line)) } } }
            }
        }
    }
}

fn one(book: &Book<'_>, request: &Request, unmet: &Unmet) -> Markup {
    let why = why(&unmet.reasons, book.rota().status);
    let mut options: Vec<_> = request.options.iter().collect();
    options.sort_by_key(|option| option.rank);
    let families: Vec<_> = request.families.iter().map(|family| book.who(family.as_str())).collect();
    html! {
        article {
            h3 { (apart(request.id.as_str())) " for " (everyone(&families)) }
            @if request.weeks_waiting > 0 {
                p.quiet { "Waiting for " (count(request.weeks_waiting as usize, "week")) "." }
            }
            @if let Some((answer, explanation)) = book.why(&request.id) { (answered(book, answer, explanation)) }
            @else {
                @for sentence in &why.sentences { p { (sentence) } }
                @if !why.rules.is_empty() {
                    p { (why.rules_head) }
                    ul { @for (times, rule) in &why.rules {
                        li { @if let Some(times) = times { (grouped(times)) " × " } (rule) }
                    } }
                }
            }
            @if !options.is_empty() {
                p.quiet { "Asked for: "
                    @for (at, option) in options.iter().enumerate() {
                        @if at > 0 { "; " }
                        (apart(option.slot.as_str()))
                        @if let Some(slot) = book.slot(&option.slot) { " (" (short(slot.start.date())) ", " (slot.start.clock()) ")" }
                    }
                    "."
                }
            }
        }
    }
}
