//! Which file uses which: every path is followed to the file that defines what it names.

use std::collections::BTreeMap;

use crate::module::{Import, Module, ModuleIx, Written};
use crate::parse::Sources;

/// One file uses what another defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) line: usize,
    /// The path as it is written.
    pub(crate) path: String,
}

/// What the files of a crate use of each other.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// The first use of one file by another, by the two: the file that uses, and the file that is used.
    pub(crate) uses: BTreeMap<(String, String), Use>,
    /// Paths into the crate that lead to nothing.
    pub(crate) lost: Vec<String>,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// A module itself.
    Module(ModuleIx),
    /// An item that this module defines.
    Item(ModuleIx),
    /// Nothing that can be found in this module.
    Lost(ModuleIx),
    /// What is not of this crate, or a local name.
    Outside,
}

/// What a path is wanted for: where a module and an item have the same name, this tells which is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Module,
    Anything,
}

/// Names that are being looked up, so that none is looked up within its own look-up.
type Trail = Vec<(ModuleIx, String, Wanted)>;

/// What the files of a crate use of each other. To declare a module or to hand on its items is no use of it.
pub(crate) fn uses(sources: &Sources) -> Uses {
    let modules = sources.modules();
    let crate_ = Crate { modules: &modules };
    let mut uses = Uses::default();
    for (ix, module) in modules.iter().enumerate() {
        let ix = ModuleIx(ix);
        for import in module.imports.iter().filter(|import| !import.handed_on) {
            match crate_.follow(ix, &import.of.segments, Wanted::Anything, &mut Trail::new()) {
                // What is used of a module, its paths say.
                Target::Module(_) if import.name.is_some() => {}
                target => uses.note(&modules, module, &import.of, target),
            }
        }
        for path in &module.paths {
            if crate_.leads_out(ix, path) {
                uses.note(
                    &modules,
                    module,
                    path,
                    crate_.follow(ix, &path.segments, Wanted::Anything, &mut Trail::new()),
                );
            }
        }
    }
    uses
}

impl Uses {
    fn note(&mut self, modules: &[Module], from: &Module, path: &Written, target: Target) {
        let (Target::Module(to) | Target::Item(to) | Target::Lost(to)) = target else { return };
        let written = path.segments.join("::");
        if let Target::Lost(to) = target
            && !modules[to.0].calls_macro
        {
            self.lost.push(format!("{}:{} {written}", from.file, path.line));
        }
        let to = &modules[to.0].file;
        if *to != from.file {
            let use_ = Use { line: path.line, path: written };
            self.uses.entry((from.file.clone(), to.clone())).or_insert(use_);
        }
    }
}

struct Crate<'a> {
    modules: &'a [Module],
}

impl Crate<'_> {
    /// Whether a path may lead out of its module. A single name does only if it is handed on: any other that was
    /// brought in is noted where that happened.
    fn leads_out(&self, module: ModuleIx, path: &Written) -> bool {
        match path.segments.as_slice() {
            [name] => {
                let is = |import: &Import| import.handed_on && import.name.as_ref() == Some(name);
                self.modules[module.0].imports.iter().any(is)
            }
            segments => !segments.is_empty(),
        }
    }

    fn follow(&self, module: ModuleIx, segments: &[String], wanted: Wanted, trail: &mut Trail) -> Target {
        let mut at = module;
        // Whether the path is of this crate for certain, so that what is not found is lost, not outside.
        let mut inside = false;
        let mut rest = segments;
        while let [word, after @ ..] = rest {
            at = match word.as_str() {
                "crate" => self.root(at),
                "self" => at,
                "super" => self.modules[at.0].parent.unwrap_or(at),
                _ => break,
            };
            inside = true;
            rest = after;
        }
        while let [name, after @ ..] = rest {
            let wanted = if after.is_empty() { wanted } else { Wanted::Module };
            match self.look_up(at, name, wanted, trail) {
                Some(Target::Module(child)) => at = child,
                Some(target) => return target,
                None if inside => return Target::Lost(at),
                None => return Target::Outside,
            }
            inside = true;
            rest = after;
        }
        Target::Module(at)
    }

    /// What a name is in a module; a module where one is wanted and there is one.
    fn look_up(&self, at: ModuleIx, name: &str, wanted: Wanted, trail: &mut Trail) -> Option<Target> {
        let entry = (at, name.to_owned(), wanted);
        if trail.contains(&entry) {
            return None;
        }
        trail.push(entry);
        let found = self.look_up_anew(at, name, wanted, trail);
        trail.pop();
        found
    }

    fn look_up_anew(&self, at: ModuleIx, name: &str, wanted: Wanted, trail: &mut Trail) -> Option<Target> {
        let module = &self.modules[at.0];
        let child = module.children.get(name).map(|child| Target::Module(*child));
        if wanted == Wanted::Module && child.is_some() {
            return child;
        }
        if module.items.contains(name) {
            return Some(Target::Item(at));
        }
        // What is brought in under its own name from outside is looked for here again, in vain.
        if let Some(import) = module.imports.iter().find(|import| import.name.as_deref() == Some(name)) {
            return Some(self.follow(at, &import.of.segments, wanted, trail));
        }
        child.or_else(|| {
            let all = module.imports.iter().filter(|import| import.name.is_none());
            all.filter_map(|import| match self.follow(at, &import.of.segments, Wanted::Module, trail) {
                Target::Module(of) => self.look_up(of, name, wanted, trail),
                _ => None,
            })
            .next()
        })
    }

    fn root(&self, mut at: ModuleIx) -> ModuleIx {
        while let Some(parent) = self.modules[at.0].parent {
            at = parent;
        }
        at
    }
}
