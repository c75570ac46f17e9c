//! What helps to fill in the cells of a column: drop-downs, and limits of numbers.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, XlsxError};

use super::lists::Lists;
use crate::sheets::{Column, Kind, Spec};

/// Rows below the headings that have drop-downs.
pub(super) const MADE_READY: u32 = 1_000;

/// What helps to fill in a column's cells.
pub(super) fn drop_down(spec: &Spec, column: &Column, lists: &Lists) -> Result<Option<DataValidation>, XlsxError> {
    let new = DataValidation::new;
    match column.name {
        "language" => return Ok(Some(new().allow_list_strings(&["en", "cy"])?.show_error_message(false))),
        "consent" => return Ok(Some(new().allow_list_strings(&["yes", "no"])?.show_error_message(false))),
        _ => {}
    }
    Ok(Some(match column.kind {
        Kind::YesNo => new().allow_list_strings(&["yes", "no"])?,
        Kind::Choice(options) => new().allow_list_strings(options)?,
        Kind::Choices(options) => {
            // A comma would part it in two.
            let all = options.join("; ");
            new().allow_list_strings(&[options, &[all.as_str()]].concat())?.show_error_message(false)
        }
        // What stands on the other sheets is offered, and anything else may be typed.
        Kind::Ref(_) | Kind::Refs(_) | Kind::Options | Kind::MeetingPlace => {
            let Some(range) = lists.range(spec, column) else { return Ok(None) };
            new().allow_list_formula(range).show_error_message(false)
        }
        Kind::Whole { least, most } => {
            let rule = match (i32::try_from(least), i32::try_from(most)) {
                (Ok(least), Ok(most)) => DataValidationRule::Between(least, most),
                (Ok(least), Err(_)) => DataValidationRule::GreaterThanOrEqualTo(least),
                _ => return Ok(None),
            };
            // `15 mins` and `no limit` are read as well.
            new()
                .allow_whole_number(rule)
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("A whole number?")?
                .set_error_message("A whole number is expected here. Its unit may follow, as in 15 mins.")?
        }
        _ => return Ok(None),
    }))
}
