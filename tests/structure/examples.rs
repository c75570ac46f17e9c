//! That circles are found, and nothing that is none: small crates that stand here alone.

use crate::circle::circles;
use crate::crates::of_manifest;
use crate::parse::Sources;
use crate::resolve::uses;

fn sources(files: &[(&str, &str)]) -> Sources {
    Sources(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

/// The circles of these files, as the test tells them.
fn report(files: &[(&str, &str)]) -> String {
    circles(&uses(&sources(files)).uses).iter().map(ToString::to_string).collect()
}

/// Which file uses which, in these.
fn links(files: &[(&str, &str)]) -> Vec<String> {
    uses(&sources(files)).uses.keys().map(|(from, to)| format!("{from} → {to}")).collect()
}

#[test]
fn a_circle_is_told_file_by_file_with_the_lines() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;"),
        ("a.rs", "use crate::b::B;\npub struct A(B);"),
        ("b.rs", "\nuse super::c;\npub struct B(c::C);"),
        ("c.rs", "pub struct C;\n\nimpl C {\n    fn a(self) -> crate::a::A { todo!() }\n}"),
    ];
    let expected = "  a circle of 3 files
    src/a.rs:1 uses crate::b::B of src/b.rs
    src/b.rs:3 uses c::C of src/c.rs
    src/c.rs:4 uses crate::a::A of src/a.rs
";
    assert_eq!(report(&files), expected);
}

#[test]
fn a_parent_and_its_child_are_a_circle_if_each_uses_the_other() {
    let parent = "mod child;\nfn shared() {}\nfn top() { child::work() }";
    let child = "use super::shared;\npub(super) fn work() { shared() }";
    let report = report(&[("lib.rs", "mod parent;"), ("parent.rs", parent), ("parent/child.rs", child)]);
    assert!(report.contains("src/parent.rs:3 uses child::work of src/parent/child.rs"), "{report}");
    assert!(report.contains("src/parent/child.rs:1 uses super::shared of src/parent.rs"), "{report}");
}

#[test]
fn each_circle_is_told_once() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::{b::B, c::C}; pub struct A;"),
        ("b.rs", "use crate::a::A; pub struct B;"),
        ("c.rs", "use crate::a::A; pub struct C;"),
    ];
    assert_eq!(report(&files).matches("a circle of 2 files").count(), 2);
}

#[test]
fn what_is_handed_on_belongs_to_the_file_that_defines_it() {
    let parent = "mod x;\nmod y;\npub(crate) use x::{X, deep::*};";
    let y = "use super::{Deep, X};\nuse crate::parent::X as Again;";
    let files = [
        ("lib.rs", "mod parent;\npub use parent::X;"),
        ("parent.rs", parent),
        ("parent/x.rs", "pub(crate) mod deep;\npub struct X;"),
        ("parent/x/deep.rs", "pub(crate) struct Deep;"),
        ("parent/y.rs", y),
    ];
    assert_eq!(links(&files), ["parent/y.rs → parent/x.rs", "parent/y.rs → parent/x/deep.rs"]);
}

#[test]
fn what_is_handed_on_and_used_besides_is_a_use() {
    let files = [("lib.rs", "mod x;\npub use x::X;\npub fn new() -> X { X }"), ("x.rs", "pub struct X;")];
    assert_eq!(links(&files), ["lib.rs → x.rs"]);
}

#[test]
fn to_declare_a_module_is_no_use_of_it() {
    assert!(links(&[("lib.rs", "mod a; pub mod b;"), ("a.rs", ""), ("b/mod.rs", "mod c;"), ("b/c.rs", "")]).is_empty());
}

#[test]
fn groups_names_and_modules_are_followed() {
    let user = "use crate::{a::{self, One as First}, b::{c::Two, d}};\nfn f() { a::one(); d::three(); First::new() }";
    let files = [
        ("lib.rs", "mod a; mod b; mod user;"),
        ("a.rs", "pub struct One; pub fn one() {}"),
        ("b.rs", "pub mod c; pub mod d;"),
        ("b/c.rs", "pub enum Two { Is }"),
        ("b/d.rs", "pub fn three() {}"),
        ("user.rs", user),
    ];
    assert_eq!(links(&files), ["user.rs → a.rs", "user.rs → b/c.rs", "user.rs → b/d.rs"]);
}

#[test]
fn everything_brought_in_at_once_is_a_use() {
    let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use super::b::*;"), ("b.rs", "pub struct B;")];
    assert_eq!(links(&files), ["a.rs → b.rs"]);
}

#[test]
fn a_module_and_an_item_may_share_a_name() {
    let files = [
        ("lib.rs", "mod plan; mod user;\npub use plan::inner::plan;"),
        ("plan.rs", "pub mod inner; pub struct Settings;"),
        ("plan/inner.rs", "pub fn plan() {}"),
        ("user.rs", "fn a() { crate::plan() }\nfn b() -> crate::plan::Settings { todo!() }"),
    ];
    assert_eq!(links(&files), ["user.rs → plan.rs", "user.rs → plan/inner.rs"]);
}

#[test]
fn paths_in_macros_count() {
    let user = "fn f() { page! { p { (crate::a::f(1)) \"of\" (super::b::Deep::new()) } } }";
    let files = [
        ("lib.rs", "mod a; mod b; mod user;"),
        ("a.rs", "pub fn f() {}"),
        ("b.rs", "pub struct Deep;"),
        ("user.rs", user),
    ];
    assert_eq!(links(&files), ["user.rs → a.rs", "user.rs → b.rs"]);
}

#[test]
fn what_a_macro_makes_belongs_to_the_file_that_calls_it() {
    let ids = "macro_rules! id { ($name:ident) => { pub struct $name; } }\nid!(SlotId);";
    let files = [("lib.rs", "mod id; mod user;"), ("id.rs", ids), ("user.rs", "use crate::id::SlotId;")];
    assert_eq!(links(&files), ["user.rs → id.rs"]);
    assert!(uses(&sources(&files)).lost.is_empty());
}

#[test]
fn tests_comments_strings_and_attributes_do_not_count() {
    let a = "//! See [`crate::b::B`].
        // use crate::b::B;
        #[serde(default = \"crate::b::B::new\")]
        struct A(&'static str);
        const B: A = A(\"crate::b::B\");
        #[cfg(test)]
        mod tests;
        #[cfg(test)]
        mod more { use crate::b::B; }
        #[cfg(all(test, unix))]
        use crate::b::B;
        impl A {
            #[cfg(test)]
            fn b(&self) -> crate::b::B { todo!() }
        }";
    let files =
        [("lib.rs", "mod a; mod b;"), ("a.rs", a), ("a/tests.rs", "use crate::b::B;"), ("b.rs", "pub struct B;")];
    assert!(links(&files).is_empty());
}

#[test]
fn what_is_left_out_of_tests_counts() {
    let a = "#[cfg(not(test))]\nuse crate::b::B;\n#[cfg(feature = \"test\")]\nuse crate::c::C;";
    let files = [("lib.rs", "mod a; mod b; mod c;"), ("a.rs", a), ("b.rs", "pub struct B;"), ("c.rs", "pub struct C;")];
    assert_eq!(links(&files), ["a.rs → b.rs", "a.rs → c.rs"]);
}

#[test]
fn what_is_of_another_crate_is_no_use() {
    let files = [
        ("lib.rs", "mod csv; mod user;\npub use other::Thing;"),
        ("csv.rs", "pub struct Csv;"),
        ("user.rs", "use csv::Reader; use crate::Thing; fn f() { std::mem::drop(csv::Writer::new()) }"),
    ];
    assert!(links(&files).is_empty());
}

#[test]
fn modules_within_a_file_are_that_file() {
    let a = "mod inner { use super::Helper; use crate::b::B; }\nstruct Helper;\nfn f() { inner::g() }";
    assert_eq!(links(&[("main.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", "pub struct B;")]), ["a.rs → b.rs"]);
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "\nuse crate::b::Nothing;"), ("b.rs", "pub struct B;")];
    assert_eq!(uses(&sources(&files)).lost, ["a.rs:2 crate::b::Nothing"]);
}

#[test]
fn dependencies_of_every_kind_but_for_tests_are_read() {
    let manifest = toml::from_str(
        "[dependencies]\na = { workspace = true }\nb-here = { package = \"b\", path = \"../b\" }
        [build-dependencies]\nc = \"1\"\n[dev-dependencies]\nd = \"1\"\n[target.'cfg(unix)'.dependencies]\ne = \"1\"",
    );
    let mut names = of_manifest(&manifest.expect("TOML"));
    names.sort();
    assert_eq!(names, ["a", "b", "c", "e"]);
}
