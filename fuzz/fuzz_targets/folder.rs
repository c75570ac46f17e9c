//! A folder of CSV files as a problem, and a copy with its faults marked: several files in one input, parted by lines
//! such as `%% settings`.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use visitrota::files::Document;
use visitrota_fuzz::{Folder, folders, marked, parts, read_and_checked, saved_and_loaded, seeds};

fuzz_target!(init: seeds(folders), |data: &[u8]| -> Corpus {
    let Some(files) = parts(data) else { return Corpus::Reject };
    if files.iter().any(|file| file.name.contains('/')) {
        return Corpus::Reject;
    }
    let folder = Folder::of(files.iter().map(|file| (file.name, file.bytes)));
    let today = "2026-12-01".parse().ok();
    let read = || Document::read(folder.path(), today).expect("the folder can be read");
    match read_and_checked(read) {
        Some(problem) => saved_and_loaded(&problem, "week"),
        None => marked(&read()),
    }
    Corpus::Keep
});
