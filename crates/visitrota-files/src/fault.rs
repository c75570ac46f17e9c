//! What is wrong with a cell.

use visitrota_model::Code;

use crate::cell::Cell;

/// What is wrong with a cell, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, message: message.into(), remedy: remedy.into() }
    }
}

/// That a cell is not what is wanted.
pub(crate) fn fault(cell: &Cell, wanted: &str) -> Fault {
    let shown = cell.shown();
    match cell {
        Cell::Error(_) => {
            Fault::new(Code::WrongType, format!("The formula here gives an error, {shown}."), format!("Give {wanted}."))
        }
        Cell::Uncalculated(_) => uncalculated(),
        _ => Fault::new(Code::WrongType, format!("\"{shown}\" is not {wanted}."), format!("Give {wanted}.")),
    }
}

/// That a formula's value is not in the file.
fn uncalculated() -> Fault {
    let message = "The formula here was saved without its value, so nobody knows what it gives.";
    let remedy = "Open the workbook in a spreadsheet program and save it there, or type the value.";
    Fault::new(Code::WrongType, message, remedy)
}
