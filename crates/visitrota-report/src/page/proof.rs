//! How much the rota does, and how good it is, in words.

use maud::{Markup, html};
use visitrota_model::Status;

use crate::book::Book;
use crate::words::{grouped, proof, quality, score_parts};

/// In a few figures.
pub(super) fn summary(book: &Book<'_>) -> Markup {
    let rota = book.rota();
    let best = rota.status == Status::Optimal && rota.bound.is_some();
    html! {
        dl.summary {
            div { dt { "Visits met" } dd { b { (book.met()) } " of " (book.met() + book.unmet().len()) } }
            div { dt { "Trips" } dd { b { (book.tours().len()) } } }
            div { dt { "Score" } dd { b { (grouped(rota.score)) } } }
            div { dt { "How good" } dd { @if best { b.good { "✓ " (quality(rota)) } } @else { b.words { (quality(rota)) } } } }
        }
    }
}

/// In full.
pub(super) fn section(book: &Book<'_>) -> Markup {
    let rota = book.rota();
    html! {
        section #score aria-labelledby="score-head" {
            h2 #score-head { "Score and proof" }
            p { "This rota scores " (grouped(rota.score)) " points. " (proof(rota)) }
            @if let Some(parts) = &rota.parts {
                table.score {
                    caption { "What the score is made of" }
                    thead { tr { th scope="col" { "For" } th.number scope="col" { "Points" } } }
                    tbody { @for (part, points) in score_parts(parts) {
                        tr { th scope="row" { (part) } td.number { (minus(points)) } }
                    } }
                    tfoot { tr { th scope="row" { "score" } td.number { (minus(parts.total())) } } }
                }
            }
        }
    }
}

/// With a sign that is as wide as a figure.
fn minus(points: i64) -> String {
    grouped(points).replace('-', "\u{2212}")
}
