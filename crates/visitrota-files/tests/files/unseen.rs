//! What nobody sees in a sheet, or what is not in it at all: told of by its cell, in every form alike.

use visitrota_files::Document;
use visitrota_model::{Code, Finding, Severity};

use crate::hostile::{archive, ods};
use crate::reading::Sheets;
use crate::{findings, told};

/// A sheet by its rows, each by its cells: XML attributes and what stands in them.
type Rows = Vec<Vec<(String, String)>>;

fn text(text: &str) -> (String, String) {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    (r#"t="inlineStr""#.to_owned(), format!("<is><t>{escaped}</t></is>"))
}

/// A cell's XML in place of another.
fn raw(attributes: &str, xml: &str) -> (String, String) {
    (attributes.to_owned(), xml.to_owned())
}

/// The sound week as an `.xlsx` workbook, with one sheet changed, and what stands in its `<row>` and `<sheet>` tags.
fn xlsx(
    sheet: &str,
    change: impl Fn(&mut Rows),
    row_tag: impl Fn(usize) -> String,
    before: &str,
    state: &str,
) -> Vec<u8> {
    let mut files = vec![("[Content_Types].xml".to_owned(), "<Types/>".to_owned())];
    let (mut listed, mut relations) = (String::new(), String::new());
    for (n, (name, bytes)) in (1..).zip(Sheets::sound().0) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
        let mut rows: Rows = reader.records().map(|record| record.expect("a row").iter().map(text).collect()).collect();
        let is_meant = name == sheet;
        if is_meant {
            change(&mut rows);
        }
        let rows = rows.iter().enumerate().map(|(n, cells)| {
            let cells: String = cells.iter().map(|(tag, inner)| format!("<c {tag}>{inner}</c>")).collect();
            let tag = if is_meant { row_tag(n) } else { String::new() };
            format!("<row {tag}>{cells}</row>")
        });
        let rows: String = rows.collect();
        let before = if is_meant { before } else { "" };
        let state = if is_meant { state } else { "" };
        listed += &format!(r#"<sheet name="{name}" sheetId="{n}" {state} r:id="r{n}"/>"#);
        relations += &format!(r#"<Relationship Id="r{n}" Type="http://x/worksheet" Target="worksheets/s{n}.xml"/>"#);
        files.push((
            format!("xl/worksheets/s{n}.xml"),
            format!("<worksheet>{before}<sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    let root = r#"<Relationship Id="r" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/>"#;
    files.push(("_rels/.rels".to_owned(), format!("<Relationships>{root}</Relationships>")));
    let calculated = r#"<calcPr fullCalcOnLoad="1"/>"#;
    files.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{listed}</sheets>{calculated}</workbook>")));
    files.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    archive(&files)
}

fn plain(_: usize) -> String {
    String::new()
}

#[track_caller]
fn only(what: &str, found: &[Finding], severity: Severity, path: &str, says: &str) {
    let [one] = found else { panic!("{what}: {}", told(found)) };
    assert!(one.severity == severity && one.path == path && one.to_string().contains(says), "{what}: {one}");
}

#[test]
fn a_formula_without_its_value() {
    let formula = "<f>1+1</f>";
    for cell in [format!("{formula}<v/>"), formula.to_owned(), format!("{formula}<v>0</v>")] {
        let change = |rows: &mut Rows| rows[1][4] = raw("", &cell);
        let document = Document::of(&xlsx("volunteers", change, plain, "", ""), None);
        assert!(document.problem().is_none(), "{cell}");
        only(
            &cell,
            &findings(&document),
            Severity::Error,
            "sheet volunteers, cell E2",
            "Open the workbook in a spreadsheet",
        );
    }
    let sound = [("", "<f>1+3</f><v>4</v>"), (r#"t="str""#, r#"<f>""</f><v></v>"#), (r#"t="str""#, "<f>4</f><v>4</v>")];
    for (tag, cell) in sound {
        let change = |rows: &mut Rows| rows[1][5] = raw(tag, cell);
        let document = Document::of(&xlsx("volunteers", change, plain, "", ""), None);
        assert!(document.problem().is_some(), "{cell}: {}", told(&findings(&document)));
    }
}

#[test]
fn a_formula_without_its_value_in_an_ods_workbook() {
    let of = |cell: &str| {
        let text = |text: &str| {
            format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
        };
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let rows = row(&(text("setting") + &text("value"))) + &row(&(text("week from") + cell));
        let sheet = format!(r#"<table:table table:name="settings">{rows}</table:table>"#);
        findings(&Document::of(&ods(&sheet), None))
    };
    let told_at = |found: &[Finding], says: &str| {
        assert!(
            found
                .iter()
                .any(|one| one.is_error() && one.path == "sheet settings, cell B2" && one.message.contains(says)),
            "{}",
            told(found)
        );
    };
    told_at(&of(r#"<table:table-cell table:formula="of:=TODAY()"/>"#), "without its value");
    let attributes = r#"table:formula="of:=NA()" office:value-type="string" office:string-value="""#;
    told_at(
        &of(&format!(
            r#"<table:table-cell {attributes} calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>"#
        )),
        "#N/A",
    );
    told_at(&of(&format!("<table:table-cell {attributes}><text:p>Err:502</text:p></table:table-cell>")), "Err:502");
}

#[test]
fn an_error_value_is_one_in_every_form() {
    for error in ["#N/A", "#REF!", "#DIV/0!", "Err:508"] {
        let families = |name: &str| format!("id,name,lat,lon,adults\nF1,{name},51.55,-2.6,1\n");
        let document = Sheets::sound().with("families", families(error)).read(None);
        only(error, &findings(&document), Severity::Error, "families.csv row 2, column \"name\"", error);
        let change = |rows: &mut Rows| rows[1][1] = text(error);
        let document = Document::of(&xlsx("prisons", change, plain, "", ""), None);
        only(error, &findings(&document), Severity::Error, "sheet prisons, cell B2", error);
        if error.starts_with("Err") {
            continue;
        }
        let change = |rows: &mut Rows| rows[1][1] = raw(r#"t="e""#, &format!("<v>{error}</v>"));
        let document = Document::of(&xlsx("prisons", change, plain, "", ""), None);
        only(error, &findings(&document), Severity::Error, "sheet prisons, cell B2", "error");
    }
    let volunteers = "id,lat,lon,roles,seats,holds\nV1,51.6,-2.5,driver,4,\"dbs, #N/A, insurance, licence\"\n";
    let found = findings(&Sheets::sound().with("volunteers", volunteers).read(None));
    only("a list", &found, Severity::Error, "volunteers.csv row 2, column \"holds\"", "#N/A");
}

#[test]
fn what_is_hidden_and_read_all_the_same() {
    let of = |row: &dyn Fn(usize) -> String, before: &str, state: &str| {
        findings(&Document::of(&xlsx("slots", |_| {}, row, before, state), None))
    };
    let hidden = |n: usize| if n > 0 { r#"hidden="1""#.to_owned() } else { String::new() };
    only("rows", &of(&hidden, "", ""), Severity::Warning, "sheet slots, row 2", "Rows 2 to 3 are hidden");
    let columns = r#"<cols><col min="2" max="2" hidden="true"/><col min="6" max="40" hidden="1"/></cols>"#;
    only("a column", &of(&plain, columns, ""), Severity::Warning, "sheet slots, column B", "Column B is hidden");
    only("a sheet", &of(&plain, "", r#"state="hidden""#), Severity::Warning, "sheet slots", "This sheet is hidden");
    assert_eq!(told(&of(&|n| if n == 7 { "hidden=\"1\"".to_owned() } else { String::new() }, "", "")), "");
}

#[test]
fn hidden_rows_of_an_ods_workbook() {
    let cell = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let rows = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row table:visibility=\"filter\">{}{}</table:table-row>",
        cell("setting"),
        cell("value"),
        cell("week from"),
        cell("30/11/2026")
    );
    let found =
        findings(&Document::of(&ods(&format!(r#"<table:table table:name="settings">{rows}</table:table>"#)), None));
    let hidden: Vec<_> = found.iter().filter(|one| one.code == Code::HiddenCells).collect();
    assert!(matches!(hidden.as_slice(), [one] if one.path == "sheet settings, row 2"), "{}", told(&found));
}

#[test]
fn a_cell_under_no_heading() {
    let families = "id,lat,lon,adults,children\nF1,51.55,-2.6,1,6,4\nF2,51.5,-2.6,1,,\nF3,51.5,-2.6,1,8,2\n";
    let found = findings(&Sheets::sound().with("families", families).read(None));
    only("a line too long", &found, Severity::Error, "families.csv row 2, column F", "for row 4 of this column");
    let change = |rows: &mut Rows| rows[0][4] = raw("", "");
    let found = findings(&Document::of(&xlsx("families", change, plain, "", ""), None));
    only("a blank heading", &found, Severity::Error, "sheet families, cell E2", "heading in cell E1");
    let notes = "id,lat,lon,adults,children,notes\nF1,51.55,-2.6,1,\"6, 4\",rings twice\n";
    assert_eq!(told(&findings(&Sheets::sound().with("families", notes).read(None))), "");
}
