//! Ids that nothing has. Where one would be taken for a name, it stands in quotes: what stands there is meant.

use std::collections::BTreeSet;

use visitrota_model::Problem;

use super::Draft;
use crate::cell::{Cell, items, quoted};
use crate::sheets::Kind;
use crate::{meeting, option};

/// Puts into quotes what names nothing in the problem, in the columns that ask for ids.
pub(super) fn quote_unknown(drafts: &mut [Draft], problem: &Problem) {
    let Problem { prisons, meeting_points, prisoners, slots, volunteers, families, requests, .. } = problem;
    let ids: BTreeSet<&str> = (prisons.iter().map(|prison| prison.id.as_str()))
        .chain(meeting_points.iter().map(|point| point.id.as_str()))
        .chain(prisoners.iter().map(|prisoner| prisoner.id.as_str()))
        .chain(slots.iter().map(|slot| slot.id.as_str()))
        .chain(volunteers.iter().map(|volunteer| volunteer.id.as_str()))
        .chain(families.iter().map(|family| family.id.as_str()))
        .chain(requests.iter().map(|request| request.id.as_str()))
        .collect();
    let is_known = |text: &str| ids.contains(text);
    for draft in drafts {
        let Some(spec) = draft.spec else { continue };
        for (n, heading) in draft.headings.iter().enumerate() {
            let Some(column) = spec.columns.iter().find(|column| column.name == *heading) else { continue };
            if column.lists(spec).is_empty() {
                continue;
            }
            let cells = draft.rows.iter_mut().filter_map(|row| row.get_mut(n)).flatten();
            for cell in cells {
                if let Cell::Text(text) = cell
                    && let Some(literal) = literal(text, column.kind, is_known)
                {
                    *text = literal;
                }
            }
        }
    }
}

/// A cell's text with quotes round the ids that are not known; none where it may stay as it is.
fn literal(text: &str, kind: Kind, is_known: impl Fn(&str) -> bool) -> Option<String> {
    match kind {
        Kind::Refs(_) => {
            let ids: Vec<_> = items(text).into_iter().map(|item| item.text).collect();
            let all = ids.iter().map(|id| if is_known(id) { crate::cell::item(id) } else { quoted(id) });
            (!ids.iter().all(|id| is_known(id))).then(|| all.collect::<Vec<_>>().join("; "))
        }
        Kind::Options => {
            let place = |place: &str| {
                if is_known(place) {
                    meeting::written_among(place, option::WORDS)
                } else {
                    meeting::quoted_among(place)
                }
            };
            let options = (0..).zip(items(text)).map(|(n, item)| option::read(n, item).ok());
            let written = options.zip(0..).map(|(option, n)| {
                let option = option?;
                let written = option::written_with(&option, n, place)?;
                // A slot that is none may be like one but for capitals, or like several with a word between them.
                let slot = option.get("slot")?.as_str().filter(|slot| !is_known(slot));
                let rest = slot.and_then(|slot| Some((slot, written.strip_prefix(&crate::cell::item(slot))?)));
                Some(rest.map(|(slot, rest)| quoted(slot) + rest).unwrap_or(written))
            });
            written.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()).map(|all| all.join(", "))
        }
        Kind::MeetingPlace if meeting::is_home(text) => None,
        _ => (!text.starts_with('"') && !is_known(text)).then(|| quoted(text)),
    }
}
