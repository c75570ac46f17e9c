//! The crates of the workspace, and what their manifests say.

use std::fs;
use std::path::{Path, PathBuf};

/// The crates under `crates/`: name and folder, in order of their names.
pub(crate) fn crates() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let entries = fs::read_dir(&folder).expect("a folder of crates");
    let mut crates: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.join("Cargo.toml").is_file())
        .map(|path| (name(&manifest(&path)), path))
        .collect();
    crates.sort();
    crates
}

/// What a crate depends on, apart from what only its tests need.
pub(crate) fn dependencies(folder: &Path) -> Vec<String> {
    of_manifest(&manifest(folder))
}

/// All `dependencies` and `build-dependencies` of a manifest, for any platform, by the names of their packages.
pub(crate) fn of_manifest(manifest: &toml::Table) -> Vec<String> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let tables = platforms.into_iter().flat_map(|platforms| platforms.values().filter_map(toml::Value::as_table));
    let mut names = Vec::new();
    for table in tables.chain([manifest]) {
        for kind in ["dependencies", "build-dependencies"] {
            for (name, dependency) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
                let package = dependency.get("package").and_then(toml::Value::as_str);
                names.push(package.unwrap_or(name).to_owned());
            }
        }
    }
    names
}

fn manifest(folder: &Path) -> toml::Table {
    let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    toml::from_str(&text).expect("TOML")
}

fn name(manifest: &toml::Table) -> String {
    manifest["package"]["name"].as_str().expect("a name").to_owned()
}
