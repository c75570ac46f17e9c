//! What the model says of a problem, in the terms of the sheets that it came from.

use visitrota_model::{Code, Finding, Problem};

use crate::book::{At, Book};
use crate::cell::Cell;
use crate::sheets;

/// A finding of the model as it is said of a cell.
pub(crate) fn said(finding: Finding, at: Option<At>, book: &Book, problem: Option<&Problem>) -> Finding {
    let mut finding = finding;
    if let Some(problem) = problem
        && finding.code == Code::UnknownId
        && finding.message.contains("names the slot ")
        && finding.remedy.starts_with("Mend the id")
    {
        finding.remedy = unknown_slot(problem);
    }
    if let Some(family) = lacks_consent(&finding).filter(|_| has_consent(book)) {
        finding.remedy = format!(
            "Give yes, or the last date, in the column consent of {family} once it is there, or ask for later slots."
        );
    }
    if finding.code == Code::NobodyHolds && finding.message.contains("calls for `consent`") && has_consent(book) {
        finding.remedy =
            "Give yes, or the last date, in the column consent of the families that have it, or do not call \
                          for it."
                .to_owned();
    }
    // Where a value is not what somebody typed, nor part of it, they know the cell by what they typed.
    let cell = at.filter(|at| at.row.is_some() && at.column.is_some()).and_then(|at| book.cell(at));
    match (cell.map(Cell::shown), &finding.value) {
        (Some(shown), Some(value)) if !shown.contains(value.as_str()) && !value.contains(&shown) => {
            finding.with_value(shown)
        }
        _ => finding,
    }
}

/// What to do where a slot is named that there is not: all there are are named, where they are few.
fn unknown_slot(problem: &Problem) -> String {
    const FEW: usize = 8;
    let ids: Vec<&str> = problem.slots.iter().map(|slot| slot.id.as_str()).collect();
    match ids.as_slice() {
        [] => "Add it to the sheet slots, or its session to the sheet sessions.".to_owned(),
        [only] => format!("Correct the id, or add the slot. There is only {only}."),
        ids if ids.len() <= FEW => format!("Correct the id, or add the slot. There are {}.", ids.join(", ")),
        _ => "Correct the id, or add the slot to the sheet slots, or its session to the sheet sessions.".to_owned(),
    }
}

/// The family of which a finding says that its consent is lacking, and nothing else.
fn lacks_consent(finding: &Finding) -> Option<&str> {
    let is_all = finding.code == Code::NobodyCanServe && finding.message.contains(" does not hold `consent` on ");
    let rest = finding.remedy.strip_prefix("Add it to `holds` of ").filter(|_| is_all)?;
    Some(rest.split_once(" once it is there")?.0)
}

fn has_consent(book: &Book) -> bool {
    let families = book.sheets.iter().find(|sheet| sheet.is(&sheets::FAMILIES));
    let headings = families.and_then(|sheet| sheet.rows.first());
    let column = sheets::FAMILIES.column("consent");
    headings.is_some_and(|row| row.cells.iter().any(|(_, cell)| sheets::FAMILIES.headed(&cell.shown()) == column))
}
