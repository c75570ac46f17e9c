//! The modules of a crate: what each declares, what it brings in, and which paths are written in it.

use std::collections::{BTreeMap, BTreeSet};

/// A module by its position in the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ModuleIx(pub(crate) usize);

/// A module, in a file of its own or inside another's.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) file: String,
    pub(crate) parent: Option<ModuleIx>,
    pub(crate) children: BTreeMap<String, ModuleIx>,
    /// The names of the items that stand in it.
    pub(crate) items: BTreeSet<String>,
    /// Whether a macro is called among its items, which may make others.
    pub(crate) calls_macro: bool,
    pub(crate) imports: Vec<Import>,
    pub(crate) paths: Vec<Written>,
}

impl Module {
    pub(crate) fn new(file: &str, parent: Option<ModuleIx>) -> Self {
        Self {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            calls_macro: false,
            imports: Vec::new(),
            paths: Vec::new(),
        }
    }
}

/// One name that a `use` brings in.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// What it is called here, or `None` where it is everything there is: `*`.
    pub(crate) name: Option<String>,
    pub(crate) of: Written,
    /// Whether it is handed on, as `pub use` does.
    pub(crate) handed_on: bool,
}

/// A path as it is written in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Written {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}
