//! What the fuzz targets share: the problems they start from, what must hold of whatever is read, and ways to change
//! a document that leave it one.

mod fixed;
mod held;
mod json;
mod parts;
mod planned;
mod seeds;

use std::alloc::System;

use cap::Cap;

pub use fixed::{Folder, fixed, south_wales, tiny};
pub use held::{marked, read_and_checked, same_in_every_form, same_in_json, saved_and_loaded};
pub use json::{fields, mutated};
pub use parts::{Part, packed, parts};
pub use planned::{held_against_rules, papers, planned};
pub use seeds::{fixture, folders, json_problems, seeds, small_problems, unpacked, workbooks};

/// No input may make the program take more memory than this: an allocation beyond it ends the target, with the input
/// that asked for it.
const MOST_MEMORY: usize = 1 << 30;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, MOST_MEMORY);
