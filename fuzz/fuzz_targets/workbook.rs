//! A workbook by the files that it packs, parted by lines such as `%% xl/workbook.xml`.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use visitrota::files::Document;
use visitrota_fuzz::{packed, parts, read_and_checked, saved_and_loaded, seeds, tiny, unpacked, workbooks};

fuzz_target!(init: seeds(|| workbooks().iter().map(|book| unpacked(book)).collect()), |data: &[u8]| -> Corpus {
    let Some(files) = parts(data) else { return Corpus::Reject };
    let bytes = packed(&files);
    if let Some(problem) = read_and_checked(|| Document::of(&bytes, None)) {
        saved_and_loaded(&problem, "week.xlsx");
    }
    let _ = visitrota::read_rota(&bytes, "rides", tiny());
    Corpus::Keep
});
