//! Whose the table is.

/// The lines that go with the table, and with papers that show positions from it.
pub const ATTRIBUTION: [&str; 3] = [
    "Contains OS data © Crown copyright and database right 2025",
    "Contains Royal Mail data © Royal Mail copyright and database right 2025",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
];

/// What the table is, and its licence: the text of the file NOTICE.
pub const NOTICE: &str = "\
visitrota carries a table of the middles of Great Britain's postcode sectors and districts. It was made of the National
Statistics Postcode Lookup, May 2025, which is licensed under the Open Government Licence v3.0:
https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/

Contains OS data © Crown copyright and database right 2025
Contains Royal Mail data © Royal Mail copyright and database right 2025
Source: Office for National Statistics licensed under the Open Government Licence v.3.0

Whoever passes on the program, or papers that show positions from this table, passes on these three lines.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_notice_is_this_text_with_every_line_of_attribution() {
        assert_eq!(NOTICE, include_str!("../../../NOTICE"));
        for line in ATTRIBUTION {
            assert!(NOTICE.lines().any(|of_notice| of_notice == line), "{line}");
        }
    }
}
