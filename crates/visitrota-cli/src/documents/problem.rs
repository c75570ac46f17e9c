//! Problems as they are read and written, in any form.

use std::collections::BTreeMap;
use std::path::Path;

use visitrota::files::disk::NewFile;
use visitrota::report::Contact;
use visitrota::{Error, Finding, Problem, files::Document, problem::Date};

use crate::failure::Failure;
use crate::{files, output, render};

/// A problem as it was read, and what messages call it.
#[derive(Debug)]
pub(crate) struct Source {
    document: Document,
    name: String,
}

/// Reads a problem, from a file, a folder or standard input, in any form.
pub(crate) fn read_problem(path: &Path, today: Option<Date>) -> Result<Source, Failure> {
    let document = if files::is_stdin(path) {
        Document::of_within(&files::read(path)?, today, files::limits())
    } else {
        visitrota::files::open_within(path, today, files::limits()).map_err(files::failure)?
    };
    Ok(Source { document, name: files::name(path) })
}

impl Source {
    /// The problem, if it can be understood.
    pub(crate) fn problem(&self) -> Result<&Problem, Failure> {
        self.document.problem().ok_or_else(|| self.invalid(Vec::new()))
    }

    /// The problem as far as it could be read, where part of it could not, with the elements of its lists that could not.
    pub(crate) fn draft(&self) -> Option<(&Problem, &[(String, usize)])> {
        self.document.draft()
    }

    /// What was found in reading, and these findings about the problem, named by its cells.
    pub(crate) fn findings(&self, about_problem: Vec<Finding>) -> Vec<Finding> {
        self.document.findings(about_problem)
    }

    /// What its sheets say of how people are reached.
    pub(crate) fn contacts(&self) -> &BTreeMap<String, Contact> {
        self.document.contacts()
    }

    /// Writes it in another form.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Failure> {
        visitrota::files::save_with_contacts(self.problem()?, self.contacts(), path).map_err(files::failure)
    }

    /// What a JSON document does not hold of it.
    pub(crate) fn left_behind(&self) -> Option<Finding> {
        self.document.left_behind()
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Writes a copy of its sheets, with what was found about the problem marked in its cells.
    pub(crate) fn mark(&self, about_problem: Vec<Finding>, copy: &Path) -> Result<(), Failure> {
        self.document.mark(about_problem, copy).map_err(files::failure)
    }

    /// The failure that says it is at fault.
    pub(crate) fn invalid(&self, about_problem: Vec<Finding>) -> Failure {
        Failure::Invalid { document: self.name.clone(), findings: self.findings(about_problem) }
    }

    /// The failure for a library's error about it.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        match error {
            Error::Invalid { findings } => self.invalid(findings),
            Error::Stopped { .. } => Failure::Stopped,
            error => Failure::Internal(error.to_string()),
        }
    }
}

/// Writes a problem to a file, and prints that it did; or to standard output, if there is no file.
pub(crate) fn write_problem(problem: &Problem, target: Option<&NewFile>) -> Result<(), Failure> {
    let json = render::json(problem)?;
    match target {
        Some(target) => {
            files::write(target, &json)?;
            output::eprint(&render::problem::written(problem, target.path()));
            Ok(())
        }
        None => output::print_document(&json),
    }
}
