//! Workbooks that LibreOffice saved. Where it is not installed these tests say so and pass.

use std::path::{Path, PathBuf};
use std::process::Command;

use visitrota_model::Code;

use crate::template::template;
use crate::{findings, problem, saved, south_wales, told};

const SKIPPED: &str = "skipped: soffice (LibreOffice) is not installed";

/// Has LibreOffice open a file and save it in another form; none where there is no LibreOffice.
fn resaved(file: &Path, form: &str, into: &Path) -> Option<PathBuf> {
    let home = format!("-env:UserInstallation=file://{}", into.join("home").display());
    let mut soffice = Command::new("soffice");
    soffice.args([&home, "--headless", "--convert-to", form, "--outdir"]).arg(into).arg(file);
    match soffice.output() {
        Err(_) => None,
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let file = into.join(file.file_name().expect("a name")).with_extension(form);
            assert!(file.exists(), "{}", String::from_utf8_lossy(&output.stdout));
            Some(file)
        }
    }
}

#[test]
fn a_workbook_saved_by_libreoffice_is_read_back() {
    let original = south_wales();
    let (_folder, path) = saved(&original, "week.xlsx");
    let out = tempfile::tempdir().expect("a folder");
    for form in ["xlsx", "ods"] {
        let Some(file) = resaved(&path, form, out.path()) else {
            println!("{SKIPPED}");
            return;
        };
        assert_eq!(problem(&file), original, "{form}");
    }
}

#[test]
fn the_template_saved_by_libreoffice_is_still_the_template() {
    let (_folder, path) = template("template.xlsx");
    let out = tempfile::tempdir().expect("a folder");
    for form in ["xlsx", "ods"] {
        let Some(file) = resaved(&path, form, out.path()) else {
            println!("{SKIPPED}");
            return;
        };
        let document = visitrota_files::Document::read(&file, None).expect("read");
        let found = findings(&document);
        assert_eq!(found.len(), 1, "{form}: {}", told(&found));
        assert_eq!(found[0].code, Code::Examples, "{form}");
    }
}
