//! A folder of CSV files in which not everything is one: nothing is passed over without a word.

use std::fs;
use std::path::Path;

use visitrota_files::{Document, Error, RotaDocument};
use visitrota_model::{Code, Finding, ReadLimits};

use crate::reading::Sheets;
use crate::{south_wales, told};

/// A sound week in a folder, to which something is done, and what is found then.
fn found_after(change: impl FnOnce(&Path)) -> (bool, Vec<Finding>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in &Sheets::sound().0 {
        fs::write(folder.path().join(format!("{name}.csv")), bytes).expect("written");
    }
    change(folder.path());
    let document = Document::read(folder.path(), None).expect("read");
    (document.problem().is_some(), document.findings(Vec::new()))
}

#[track_caller]
fn unreadable(file: &str, why: &str, change: impl FnOnce(&Path)) {
    let (is_problem, findings) = found_after(change);
    let [finding] = &findings[..] else { panic!("{file}: {}", told(&findings)) };
    assert!(!is_problem && finding.is_error() && finding.code == Code::UnreadableSheet, "{finding}");
    assert!(finding.path == file && finding.message.contains(why) && !finding.remedy.is_empty(), "{finding}");
}

#[test]
fn a_folder_in_a_files_place() {
    unreadable("pairs.csv", "a folder", |folder| fs::create_dir(folder.join("pairs.csv")).expect("made"));
}

#[test]
#[cfg(unix)]
fn links_devices_and_pipes_in_a_files_place() {
    use std::os::unix::fs::symlink;

    let link = |to: &'static str| move |folder: &Path| symlink(to, folder.join("pairs.CSV")).expect("linked");
    unreadable("pairs.CSV", "a link that leads nowhere", link("nowhere.csv"));
    unreadable("pairs.CSV", "", link("pairs.CSV"));
    unreadable("pairs.CSV", "a folder", link("."));
    unreadable("pairs.CSV", "a device or a pipe", link("/dev/zero"));
    unreadable("pairs.csv", "a device or a pipe", |folder| {
        // Opened, it would wait for somebody to write into it.
        let made = std::process::Command::new("mkfifo").arg(folder.join("pairs.csv")).status().expect("mkfifo");
        assert!(made.success());
    });
}

#[test]
#[cfg(unix)]
fn a_link_to_a_file_is_that_file() {
    let (is_problem, findings) = found_after(|folder| {
        fs::create_dir(folder.join("kept")).expect("made");
        fs::rename(folder.join("slots.csv"), folder.join("kept/slots of December.txt")).expect("moved");
        std::os::unix::fs::symlink("kept/slots of December.txt", folder.join("slots.csv")).expect("linked");
    });
    assert!(is_problem && findings.is_empty(), "{}", told(&findings));
}

#[test]
fn names_that_are_nearly_a_sheets() {
    for (name, meant) in [
        ("pairs.csv.txt", "pairs.csv"),
        ("pairs.CSV ", "pairs.csv"),
        ("Pairs (1).xlsx", "pairs.csv"),
        ("pairs.ods", "pairs.csv"),
        ("pairs", "pairs.csv"),
        ("Copy of PAIRS.tab", "pairs.csv"),
        ("pair.txt", "pairs.csv"),
        ("blocked_dates.csv.bak", "blocked dates.csv"),
        ("volunteers.csv~", "volunteers.csv"),
        ("week.csv.zip", ".csv at the end"),
    ] {
        let (is_problem, findings) = found_after(|folder| fs::write(folder.join(name), "a,b\n").expect("written"));
        let [finding] = &findings[..] else { panic!("{name}: {}", told(&findings)) };
        assert!(is_problem && !finding.is_error() && finding.path == name, "{finding}");
        assert!(finding.message.contains(name) && finding.remedy.contains(meant), "{finding}");
    }
    for (name, told_of) in [("Pairs (1).csv", true), ("copy of slots.csv", true)] {
        let (_, findings) = found_after(|folder| fs::write(folder.join(name), "a,b\nx,y\n").expect("written"));
        assert_eq!(findings.iter().any(|finding| finding.path.contains(name)), told_of, "{name}: {}", told(&findings));
    }
}

#[test]
fn what_is_no_sheet_by_any_name_is_none_of_our_business() {
    let (is_problem, findings) = found_after(|folder| {
        for name in
            ["README.md", "rota.json", "week.xlsx", ".DS_Store", "notes.txt", ".~lock.slots.csv#", "~$slots.xlsx"]
        {
            fs::write(folder.join(name), "x").expect("written");
        }
        fs::write(folder.join("._slots.csv"), [0, 5, 22, 7]).expect("written");
        fs::create_dir(folder.join("papers")).expect("made");
    });
    assert!(is_problem && findings.is_empty(), "{}", told(&findings));
}

#[test]
fn a_rota_in_a_folder_likewise() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rides.csv.txt"), "driver,slot,request\n").expect("written");
    let Err(Error::Invalid { findings }) = RotaDocument::read(folder.path(), &south_wales(), ReadLimits::default())
    else {
        panic!("no rota")
    };
    assert!(findings.iter().any(|finding| finding.path == "rides.csv.txt"), "{}", told(&findings));
    fs::create_dir(folder.path().join("rides.csv")).expect("made");
    let Err(Error::Invalid { findings }) = RotaDocument::read(folder.path(), &south_wales(), ReadLimits::default())
    else {
        panic!("no rota")
    };
    assert!(findings.iter().any(|finding| finding.path == "rides.csv" && finding.is_error()), "{}", told(&findings));
}

#[test]
#[cfg(unix)]
fn a_device_is_no_file() {
    for device in ["/dev/zero", "/dev/null"] {
        let Err(Error::Read { source, .. }) = Document::read(device, None) else { panic!("{device} is read") };
        assert!(source.to_string().contains("a device"), "{source}");
    }
}
