//! What a workbook's file tells of its cells that the library which reads them does not: formulas saved without their
//! values, formulas that give errors, and rows, columns and sheets that are hidden.

mod ods;
mod sheet;
mod xlsx;

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

pub(crate) use sheet::Unseen;

/// What has been seen of the files of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Eye {
    xlsx: xlsx::Eye,
    ods: ods::Eye,
}

impl Eye {
    /// A file of the workbook begins.
    pub(crate) fn part(&mut self, name: &str) {
        self.xlsx.part(name);
    }

    pub(crate) fn begins(&mut self, tag: &BytesStart<'_>) {
        self.xlsx.begins(tag);
        self.ods.begins(tag);
    }

    pub(crate) fn says(&mut self, text: &str) {
        self.xlsx.says(text);
        self.ods.says(text);
    }

    pub(crate) fn ends(&mut self, name: &str) {
        self.xlsx.ends(name);
        self.ods.ends(name);
    }

    /// What is not seen of each sheet, by its name.
    pub(crate) fn sheets(self) -> BTreeMap<String, Unseen> {
        let mut sheets = self.ods.sheets;
        sheets.extend(self.xlsx.sheets());
        sheets
    }
}
