//! Settings to rows.

use serde_json::Value;

use super::cells::{cell, example};
use crate::cell::Cell;
use crate::sheets::{ALL_SETTINGS, Kind, Setting, Spec};

/// The rows of one of the sheets of settings. What the document leaves out because it is as usual stands there all the
/// same, to be seen and changed.
pub(super) fn rows(spec: &Spec, document: &Value) -> Vec<Vec<Option<Cell>>> {
    of_sheet(spec)
        .filter_map(|setting| {
            let given = document.pointer(&format!("/{}", setting.path.replace('.', "/")));
            let value = match given {
                Some(value) => cell(setting.kind, value).map(|cell| shown(setting, cell)),
                None => usual(setting, setting.default),
            };
            row(setting, value)
        })
        .collect()
}

/// The settings of a sheet.
pub(super) fn of_sheet(spec: &Spec) -> impl Iterator<Item = &'static Setting> {
    ALL_SETTINGS.iter().filter(|setting| setting.sheet().name == spec.name)
}

/// A setting with its value; of those that do well as they are, none without one.
pub(super) fn row(setting: &Setting, value: Option<Cell>) -> Option<Vec<Option<Cell>>> {
    let shown = value.is_some() || !setting.is_more;
    shown.then(|| vec![Cell::text(setting.name), value, Cell::text(setting.note)])
}

/// A value as a cell would say it, in the form that people read.
pub(super) fn usual(setting: &Setting, text: &str) -> Option<Cell> {
    example(setting.kind, text).map(|cell| shown(setting, cell))
}

fn shown(setting: &Setting, cell: Cell) -> Cell {
    match cell {
        Cell::Number(number) if setting.is_minutes() => duration(number).map_or(cell, Cell::Text),
        // A spreadsheet keeps 20% as 0.2, so that less than one per cent needs its unit.
        Cell::Number(number)
            if setting.kind == Kind::Decimal && setting.is_per_cent() && number < 1.0 && number > 0.0 =>
        {
            Cell::Text(format!("{number} %"))
        }
        cell => cell,
    }
}

/// `5 h 30 min`.
fn duration(minutes: f64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and within the range")]
    let whole = ((0.0..1e6).contains(&minutes) && minutes.fract() == 0.0).then_some(minutes as u32)?;
    Some(match (whole / 60, whole % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::read_of;

    #[test]
    fn durations_are_read_back() {
        for setting in ALL_SETTINGS.iter().filter(|setting| setting.is_minutes()) {
            for minutes in [0, 1, 59, 60, 61, 330, 660, 1_439, 1_440, 100_000] {
                let cell = shown(setting, Cell::Number(f64::from(minutes)));
                assert_eq!(read_of(setting.path, setting.kind, &cell, None), Ok(minutes.into()), "{cell:?}");
            }
        }
        assert_eq!(
            [330.0, 660.0, 15.0, 0.5].map(duration),
            ["5 h 30 min", "11 h", "15 min", ""].map(|text| { Some(text.to_owned()).filter(|text| !text.is_empty()) })
        );
    }
}
