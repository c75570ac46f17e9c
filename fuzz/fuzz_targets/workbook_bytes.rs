//! A workbook as its bytes: what packs it may be broken, or say that it is larger than it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use visitrota::files::Document;
use visitrota_fuzz::{read_and_checked, seeds, workbooks};

fuzz_target!(init: seeds(workbooks), |data: &[u8]| {
    read_and_checked(|| Document::of(data, None));
});
