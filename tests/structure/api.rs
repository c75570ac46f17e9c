//! What embedders see: everything in the library's interface has a name there, and no other crate's type is in it but
//! `serde_json::Value`.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Fields, File, ImplItem, Item, Signature, TraitItem, Type, UseTree, Visibility};

use crate::parse::Sources;

/// Types that everybody has, and the one that is another crate's.
pub(crate) const KNOWN: &str = "Arc AsRef BTreeMap BTreeSet Box Default Display Duration Fn Into IntoIterator Item \
    Iterator NonZeroU32 NonZeroUsize Option Path PathBuf Read Result Self Send String Sync Value Vec bool f64 i32 i64 \
    str u8 u32 u64 usize";

/// What a crate shows of itself: the names that it may be called by, and what stands under each.
pub(crate) struct Shown {
    /// The types of a name's own interface, by the name.
    types_of: BTreeMap<String, BTreeSet<String>>,
}

impl Shown {
    pub(crate) fn of_crate(sources: &Sources) -> Self {
        let mut shown = Self { types_of: BTreeMap::new() };
        for (file, text) in &sources.0 {
            let parsed: File = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            shown.read(&parsed.items);
        }
        shown
    }

    /// The types in the interface of what has this name.
    pub(crate) fn types_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.types_of.get(name).into_iter().flatten().map(String::as_str)
    }

    fn read(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => self.fields(&item.ident.to_string(), &item.fields, true),
                Item::Enum(item) if is_public(&item.vis) => {
                    for variant in &item.variants {
                        self.fields(&item.ident.to_string(), &variant.fields, false);
                    }
                }
                Item::Fn(item) if is_public(&item.vis) => {
                    self.signature(&item.sig.ident.to_string(), &item.sig);
                }
                Item::Trait(item) if is_public(&item.vis) => {
                    for of in &item.items {
                        if let TraitItem::Fn(method) = of {
                            self.signature(&item.ident.to_string(), &method.sig);
                        }
                    }
                }
                Item::Impl(item) => {
                    let Some(name) = named(&item.self_ty) else { continue };
                    for of in &item.items {
                        match of {
                            ImplItem::Fn(method) if is_public(&method.vis) => self.signature(&name, &method.sig),
                            ImplItem::Type(given) => self.types(&name, &given.ty, &BTreeSet::new()),
                            _ => {}
                        }
                    }
                }
                Item::Mod(item) => self.read(item.content.as_ref().map_or(&[], |(_, items)| items)),
                _ => {}
            }
        }
    }

    fn fields(&mut self, name: &str, fields: &Fields, only_public: bool) {
        self.types_of.entry(name.to_owned()).or_default();
        for field in fields.iter().filter(|field| !only_public || is_public(&field.vis)) {
            self.types(name, &field.ty, &BTreeSet::new());
        }
    }

    fn signature(&mut self, name: &str, signature: &Signature) {
        let generics: BTreeSet<String> =
            signature.generics.type_params().map(|param| param.ident.to_string()).collect();
        let mut idents = Idents::default();
        idents.visit_signature(signature);
        let types = self.types_of.entry(name.to_owned()).or_default();
        types.extend(idents.0.into_iter().filter(|ident| !generics.contains(ident)));
    }

    fn types(&mut self, name: &str, ty: &Type, generics: &BTreeSet<String>) {
        let mut idents = Idents::default();
        idents.visit_type(ty);
        let types = self.types_of.entry(name.to_owned()).or_default();
        types.extend(idents.0.into_iter().filter(|ident| !generics.contains(ident)));
    }
}

/// The last word of each path that is written in a type.
#[derive(Default)]
struct Idents(BTreeSet<String>);

impl Visit<'_> for Idents {
    fn visit_path(&mut self, path: &syn::Path) {
        self.0.extend(path.segments.last().map(|segment| segment.ident.to_string()));
        visit::visit_path(self, path);
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn named(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// The names that the library is imported by, with the crate that each comes from; all of a crate where it is `*`.
pub(crate) fn imported(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let parsed: File = syn::parse_file(text).expect("the library's root");
    collect(&parsed.items, &mut found);
    found
}

fn collect(items: &[Item], found: &mut Vec<(String, String)>) {
    for item in items {
        match item {
            Item::Use(item) if is_public(&item.vis) => {
                if let UseTree::Path(path) = &item.tree {
                    leaves(&path.tree, &path.ident.to_string(), found);
                }
            }
            Item::Mod(item) if is_public(&item.vis) => {
                collect(item.content.as_ref().map_or(&[], |(_, items)| items), found);
            }
            _ => {}
        }
    }
}

fn leaves(tree: &UseTree, of: &str, found: &mut Vec<(String, String)>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, of, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, of, found)),
        UseTree::Name(name) => found.push((of.to_owned(), name.ident.to_string())),
        UseTree::Rename(name) => found.push((of.to_owned(), name.ident.to_string())),
        UseTree::Glob(_) => found.push((of.to_owned(), "*".to_owned())),
    }
}
