//! From the text of a crate's files to its modules. Tests, comments, strings and attributes are left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

use crate::module::{Import, Module, ModuleIx, Written};

/// The files of a crate's `src`, by their paths in it.
#[derive(Debug, Default)]
pub(crate) struct Sources(pub(crate) BTreeMap<String, String>);

impl Sources {
    pub(crate) fn of_crate(folder: &Path) -> Self {
        let mut sources = Self::default();
        sources.gather(&folder.join("src"), "");
        sources
    }

    fn gather(&mut self, folder: &Path, prefix: &str) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("readable").path();
            let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                self.gather(&path, &format!("{name}/"));
            } else if name.ends_with(".rs") {
                self.0.insert(name, fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    /// The modules of every root that there is, `lib.rs` and `main.rs`.
    pub(crate) fn modules(&self) -> Vec<Module> {
        let mut modules = Vec::new();
        for root in ["lib.rs", "main.rs"] {
            if self.0.contains_key(root) {
                let module = ModuleIx(modules.len());
                modules.push(Module::new(root, None));
                self.read(module, root, "", &mut modules);
            }
        }
        modules
    }

    /// Reads the file of a module, whose children stand in `folder`.
    fn read(&self, module: ModuleIx, file: &str, folder: &str, modules: &mut Vec<Module>) {
        let parsed = syn::parse_file(&self.0[file]).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.items(module, &parsed.items, folder, modules);
    }

    fn items(&self, module: ModuleIx, items: &[Item], folder: &str, modules: &mut Vec<Module>) {
        for item in items.iter().filter(|item| !only_for_tests(attributes(item))) {
            if let Item::Mod(declared) = item {
                let name = declared.ident.to_string();
                let child = ModuleIx(modules.len());
                let inside = format!("{folder}{name}/");
                if let Some((_, items)) = &declared.content {
                    modules.push(Module::new(&modules[module.0].file.clone(), Some(module)));
                    self.items(child, items, &inside, modules);
                } else {
                    let files = [format!("{folder}{name}.rs"), format!("{inside}mod.rs")];
                    let file = files.iter().find(|file| self.0.contains_key(*file));
                    let file = file.unwrap_or_else(|| panic!("the module {name} has no file of {files:?}"));
                    modules.push(Module::new(file, Some(module)));
                    self.read(child, file, &inside, modules);
                }
                modules[module.0].children.insert(name, child);
                continue;
            }
            let within = &mut modules[module.0];
            within.items.extend(name(item));
            within.calls_macro |= matches!(item, Item::Macro(called) if called.ident.is_none());
            Paths { module: within }.visit_item(item);
        }
    }
}

/// The name that an item has in its module.
fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether it is there in tests alone: `#[test]`, `#[cfg(test)]` or `#[cfg(all(test, …))]`.
fn only_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.meta.require_list().is_ok_and(|list| needs_test(list.tokens.clone()))
    })
}

/// Whether a condition of `cfg` is `test`, or all of several with `test` among them.
fn needs_test(condition: TokenStream) -> bool {
    let tokens: Vec<_> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(word)] => word == "test",
        [TokenTree::Ident(word), TokenTree::Group(group)] if word == "all" => {
            let all: Vec<_> = group.stream().into_iter().collect();
            all.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
                .any(|one| needs_test(one.iter().cloned().collect()))
        }
        _ => false,
    }
}

/// Notes the paths that are written in a module.
struct Paths<'a> {
    module: &'a mut Module,
}

impl Paths<'_> {
    fn note(&mut self, segments: Vec<String>, line: usize) {
        self.module.paths.push(Written { segments, line });
    }

    fn bring_in(&mut self, tree: &UseTree, before: &[String], handed_on: bool) {
        let with = |name: &syn::Ident| {
            let mut segments = before.to_vec();
            // `use a::{self}` brings in `a` itself.
            if before.is_empty() || name != "self" {
                segments.push(name.to_string());
            }
            segments
        };
        let (name, segments, span) = match tree {
            UseTree::Path(path) => return self.bring_in(&path.tree, &with(&path.ident), handed_on),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.bring_in(item, before, handed_on));
            }
            UseTree::Name(name) => {
                let segments = with(&name.ident);
                (segments.last().cloned(), segments, name.ident.span())
            }
            UseTree::Rename(renamed) => (Some(renamed.rename.to_string()), with(&renamed.ident), renamed.ident.span()),
            UseTree::Glob(all) => (None, before.to_vec(), all.star_token.span),
        };
        let line = span.start().line;
        self.module.imports.push(Import { name, of: Written { segments, line }, handed_on });
    }

    /// The paths in what a macro is given: words with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(word) => {
                    let (line, first) = (word.span().start().line, at);
                    let mut segments = vec![word.to_string()];
                    while let (true, true, Some(TokenTree::Ident(word))) =
                        (colon(at + 1), colon(at + 2), tokens.get(at + 3))
                    {
                        segments.push(word.to_string());
                        at += 3;
                    }
                    let before = first.checked_sub(1).map(|before| &tokens[before]);
                    let of_another = matches!(before, Some(TokenTree::Punct(punct)) if ".:".contains(punct.as_char()));
                    if !of_another || segments.len() > 1 {
                        self.note(segments, line);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !only_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !only_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        if !only_for_tests(&item.attrs) {
            visit::visit_impl_item_const(self, item);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !only_for_tests(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if !only_for_tests(&field.attrs) {
            visit::visit_field_value(self, field);
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if !only_for_tests(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.bring_in(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (None, Some(first)) = (&path.leading_colon, path.segments.first()) {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.note(segments, first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        self.tokens(called.tokens.clone());
    }

    /// Attributes hold documentation and words for other macros.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    /// `pub(in crate::a)` uses nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}
