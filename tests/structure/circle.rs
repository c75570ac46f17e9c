//! Circles of files that use each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use crate::resolve::Use;

/// Files of which each uses the next, and the last the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    /// Each file, and how it uses the next.
    pub(crate) links: Vec<(String, Use)>,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  a circle of {} files", self.links.len())?;
        for (at, (file, link)) in self.links.iter().enumerate() {
            let (next, _) = &self.links[(at + 1) % self.links.len()];
            writeln!(f, "    src/{file}:{} uses {} of src/{next}", link.line, link.path)?;
        }
        Ok(())
    }
}

/// For each use that is part of a circle, a shortest one; short circles first.
pub(crate) fn circles(uses: &BTreeMap<(String, String), Use>) -> Vec<Circle> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in uses.keys() {
        next.entry(from).or_default().push(to);
    }
    let mut found = BTreeSet::new();
    for (from, to) in uses.keys() {
        if let Some(mut files) = way(&next, to, from) {
            // The same circle is found from each of its files: it begins at the first of them.
            let first = (0..files.len()).min_by_key(|at| files[*at]).unwrap_or(0);
            files.rotate_left(first);
            found.insert((files.len(), files));
        }
    }
    let circle = |files: Vec<&str>| {
        let link = |at: usize| {
            let (file, next) = (files[at].to_owned(), files[(at + 1) % files.len()].to_owned());
            (file.clone(), uses[&(file, next)].clone())
        };
        Circle { links: (0..files.len()).map(link).collect() }
    };
    found.into_iter().map(|(_, files)| circle(files)).collect()
}

/// A shortest way from one file to another along uses, with both.
fn way<'a>(next: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str, to: &'a str) -> Option<Vec<&'a str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(file) = queue.pop_front() {
        if file == to {
            let mut files = vec![to];
            while let Some(file) = before.get(files[files.len() - 1]).filter(|_| files[files.len() - 1] != from) {
                files.push(file);
            }
            files.reverse();
            return Some(files);
        }
        for file_after in next.get(file).into_iter().flatten() {
            if *file_after != from && !before.contains_key(file_after) {
                before.insert(file_after, file);
                queue.push_back(file_after);
            }
        }
    }
    None
}
