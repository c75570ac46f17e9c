//! Rows of cells as Markdown and as CSV.

/// A row of a Markdown table.
#[must_use]
pub fn markdown<S: AsRef<str>>(cells: &[S]) -> String {
    let cell = |cell: &S| format!(" {} |", cell.as_ref().replace('|', "\\|").replace('\n', " "));
    format!("|{}", cells.iter().map(cell).collect::<String>())
}

/// A line of CSV.
#[must_use]
pub fn csv<S: AsRef<str>>(cells: &[S]) -> String {
    let cell = |cell: &S| {
        let cell = cell.as_ref();
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_to_themselves() {
        assert_eq!(markdown(&["a|b", "c\nd"]), "| a\\|b | c d |");
        assert_eq!(csv(&["a,b", "say \"c\"", "d"]), "\"a,b\",\"say \"\"c\"\"\",d");
    }
}
