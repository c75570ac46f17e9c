//! A table as CSV.

use super::Table;
use crate::listing::is_formula;

/// A table as CSV: a row of keys, then the rows.
///
/// A text that a spreadsheet would take for a formula stands behind an apostrophe.
pub(crate) fn csv(table: &Table) -> String {
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| guarded(cell.plain())).collect());
    visitrota_csv::written(std::iter::once(table.keys().collect::<Vec<_>>()).chain(rows))
}

fn guarded(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        insta::assert_snapshot!(csv(&super::super::tests::table()), @r#"
        what,first_rate_p,at_gate
        '=1+1,,
        '+44 7700,,
        '-x,,
        '@SUM(A1),,
        '	=1,,
        "a, ""b""
        c",,
        12.05,52.5,2026-03-29T07:05
        0.7,1.6,2026-03-29
        "#);
    }
}
