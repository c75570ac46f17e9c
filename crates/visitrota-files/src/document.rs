//! A problem as it was read, from whatever kind of file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use visitrota_model::{Code, Contact, Date, Finding, Mention, Names, Problem, ReadLimits, TooLarge};

use crate::book::{At, Book, Form};
use crate::disk::NewFile;
use crate::error::Error;
use crate::folder::{Contents, contents};
use crate::found::{Found, located};
use crate::read::{self, Reading};
use crate::room::Room;
use crate::said::said;
use crate::{csv, examples, file, workbook, xlsx};

/// A problem as it was read, with what was found on the way, in the terms of the file that it came from.
#[derive(Debug)]
pub struct Document {
    /// The sheets, where it came from sheets.
    book: Option<Book>,
    reading: Reading,
}

impl Document {
    /// Reads a folder of CSV files, a workbook (`.xlsx` or `.ods`) or a JSON document. What kind it is, its contents
    /// tell, not its name. With today's date, slots that cannot be booked any more are told of, where the sheets say
    /// when prisons take bookings.
    ///
    /// # Errors
    /// [`Error::Read`] if it cannot be read from the disk. What is wrong in it is told by
    /// [`findings`](Self::findings).
    pub fn read(path: impl AsRef<Path>, today: Option<Date>) -> Result<Self, Error> {
        Self::read_within(path, today, ReadLimits::default())
    }

    /// Reads a document as [`read`](Self::read) does, within other limits.
    ///
    /// # Errors
    /// [`Error::Read`] if it cannot be read from the disk.
    pub fn read_within(path: impl AsRef<Path>, today: Option<Date>, limits: ReadLimits) -> Result<Self, Error> {
        let path = path.as_ref();
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let read = if fs::metadata(path).map_err(failed)?.is_dir() {
            folder(path, today, limits)
        } else {
            file::bytes(path, limits).map(|bytes| Self::of_within(&bytes, today, limits))
        };
        match read {
            Err(Error::Invalid { findings }) => Ok(Self::unreadable(findings)),
            read => read,
        }
    }

    /// The document in these bytes: a workbook or JSON.
    #[must_use]
    pub fn of(bytes: &[u8], today: Option<Date>) -> Self {
        Self::of_within(bytes, today, ReadLimits::default())
    }

    /// The document in these bytes as [`of`](Self::of) reads it, within other limits.
    #[must_use]
    pub fn of_within(bytes: &[u8], today: Option<Date>, limits: ReadLimits) -> Self {
        let Some(kind) = workbook::kind(bytes) else { return Self::of_json(bytes, limits) };
        match workbook::read(kind, bytes, limits) {
            Ok(sheets) => Self::of_book(Book { form: Form::Workbook, sheets, limits }, Vec::new(), today),
            Err(finding) => Self::unreadable(vec![finding]),
        }
    }

    fn of_json(bytes: &[u8], limits: ReadLimits) -> Self {
        let (problem, findings) = match Problem::from_json_within(bytes, limits) {
            Ok(problem) => (Some(problem), Vec::new()),
            // Where nothing of JSON is in sight, what is wrong with it as JSON is of no help.
            Err(findings) if findings.iter().any(|finding| finding.code == Code::NotJson) && !begins_as_json(bytes) => {
                let message = "This is not a workbook or a JSON document.";
                let remedy = "Give a workbook (.xlsx or .ods), a JSON document (.json), or a folder of CSV files.";
                (None, vec![Finding::error(Code::NotJson, "", message, remedy)])
            }
            Err(findings) => (None, findings),
        };
        let found = findings.into_iter().map(|finding| Found { finding, at: None }).collect();
        Self { book: None, reading: Reading::without_cells(problem, found) }
    }

    pub(crate) fn of_book(mut book: Book, found: Vec<Found>, today: Option<Date>) -> Self {
        let examples = examples::set_apart(&mut book);
        let mut reading = read::read(&book, today);
        examples.tell(&book, &mut reading);
        if !found.is_empty() {
            (reading.problem, reading.draft) = (None, None);
            reading.found.extend(found);
        }
        Self { book: Some(book), reading }
    }

    fn unreadable(findings: Vec<Finding>) -> Self {
        let found = findings.into_iter().map(|finding| Found { finding, at: None }).collect();
        Self { book: None, reading: Reading::without_cells(None, found) }
    }

    /// The problem, unless something in the file cannot be understood. It is not checked for contradictions.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.reading.problem.as_ref()
    }

    /// How people are reached, by id: what the columns phone, language and notes of volunteers, families, prisons and
    /// meeting points say. A problem document holds none of it.
    #[must_use]
    pub fn contacts(&self) -> &BTreeMap<String, Contact> {
        &self.reading.contacts
    }

    /// What a JSON document does not hold of this one.
    #[must_use]
    pub fn left_behind(&self) -> Option<Finding> {
        let number = self.contacts().len();
        let of = if number == 1 { "one row".to_owned() } else { format!("{number} rows") };
        let message = format!("A JSON document holds no phone, language and notes: those of {of} stay behind.");
        let remedy = "Keep the sheets, or convert to a workbook or a folder.";
        (number > 0).then(|| Finding::warning(Code::LeftBehind, "", message, remedy))
    }

    /// Where something could not be understood: the problem as far as it could be, and the elements of its lists that
    /// are not what was meant, each by the list's name and its number. It is good for further findings alone.
    #[must_use]
    pub fn draft(&self) -> Option<(&Problem, &[(String, usize)])> {
        self.reading.draft.as_ref().map(|(problem, unread)| (problem, unread.as_slice()))
    }

    /// The problem.
    ///
    /// # Errors
    /// What in the file cannot be understood, all at once.
    pub fn into_problem(self) -> Result<Problem, Vec<Finding>> {
        match self.reading.problem {
            Some(problem) => Ok(problem),
            None => Err(self.findings(Vec::new())),
        }
    }

    /// What was found in reading, and these findings about the problem besides: each with the cell that it is about
    /// for its path, in the order of the sheets, and with the names of those whose ids it has. Those of a JSON document
    /// keep their paths.
    #[must_use]
    pub fn findings(&self, about_problem: Vec<Finding>) -> Vec<Finding> {
        let problem = self.problem().or(self.draft().map(|(problem, _)| problem));
        let names = problem.map(Names::of).unwrap_or_default();
        let named = |finding: Finding| {
            // What is in no list is quoted as it was typed.
            let is_quoted = finding.code == Code::UnknownId;
            let ids: Vec<_> = names.in_text(&finding.message).filter(|_| !is_quoted).collect();
            ids.into_iter().fold(finding, |finding, (id, name)| finding.naming(id, name))
        };
        let about_problem: Vec<_> = about_problem.into_iter().map(named).collect();
        let Some(book) = &self.book else {
            let read = self.reading.found.iter().map(|found| found.finding.clone());
            return read.chain(about_problem).collect();
        };
        let found = self.found(about_problem).into_iter().map(|Found { mut finding, at }| {
            for mention in &finding.mentions {
                if let Mention::Place(path) = mention
                    && let Some(at) = self.reading.sources.of(path)
                {
                    finding.message = finding.message.replace(path, &book.name(at));
                }
            }
            for (sheet, list) in read::ITEMS {
                let named = format!("`{list}`");
                if finding.remedy.contains(&named) {
                    finding.remedy = finding.remedy.replace(&named, &book.sheet_name(sheet.name));
                }
            }
            if let Some(at) = at {
                finding.path = book.name(at);
            } else if finding.code != Code::UnknownField
                && let Some(sheet) = crate::sheets::ALL.iter().find(|spec| spec.name == finding.path)
            {
                // A list of the document; what is passed over is a file of that very name.
                finding.path = book.sheet_name(sheet.name);
            }
            finding
        });
        found.collect()
    }

    /// Writes a workbook that is a copy of the sheets, with the cells of all findings marked: coloured, and with a
    /// note that says what is wrong. Formulas stand there as the values they had, and drawings are left out.
    ///
    /// # Errors
    /// [`Error::Write`] if the document did not come from sheets, or something stands at the path already, or the
    /// workbook cannot be written.
    pub fn mark(&self, about_problem: Vec<Finding>, copy: impl AsRef<Path>) -> Result<(), Error> {
        let copy = copy.as_ref();
        let failed = |why: String| Error::Write { path: copy.to_owned(), why };
        let book =
            self.book.as_ref().ok_or_else(|| failed("only sheets can be marked, not a JSON document".to_owned()))?;
        let mut marks: BTreeMap<At, Vec<String>> = BTreeMap::new();
        for (finding, found) in self.findings(about_problem.clone()).into_iter().zip(self.found(about_problem)) {
            let at = found.at.or((!book.sheets.is_empty()).then_some(At { sheet: 0, row: None, column: None }));
            if let Some(at) = at {
                marks.entry(at).or_default().push(format!("{} {}", finding.message, finding.remedy));
            }
        }
        let bytes = xlsx::marked(book, &marks).map_err(|error| failed(error.to_string()))?;
        NewFile::new(copy)?.write(&bytes)
    }

    /// Everything found, in the order of the sheets.
    fn found(&self, about_problem: Vec<Finding>) -> Vec<Found> {
        let problem = self.problem().or(self.draft().map(|(problem, _)| problem));
        let besides = about_problem.into_iter().map(|finding| {
            let Found { finding, at } = located(finding, &self.reading.sources);
            let finding = match &self.book {
                Some(book) => said(finding, at, book, problem),
                None => finding,
            };
            Found { finding, at }
        });
        let mut found: Vec<_> = self.reading.found.iter().cloned().chain(besides).collect();
        let order = |at: At| {
            let spec = self.book.as_ref().and_then(|book| book.sheets.get(at.sheet)?.spec());
            let place = spec.and_then(|spec| crate::sheets::ALL.iter().position(|other| other.name == spec.name));
            (place, at)
        };
        found.sort_by_key(|found| found.at.map(order));
        found
    }
}

/// Whether somebody may have meant JSON; an empty file is whatever was meant.
pub(crate) fn begins_as_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    text.first().is_none_or(|begin| b"{[\"".contains(begin))
}

/// A folder of CSV files.
fn folder(path: &Path, today: Option<Date>, limits: ReadLimits) -> Result<Document, Error> {
    let Contents { files, mut found } = contents(path, &crate::sheets::ALL, limits)?;
    if files.is_empty() && !found.iter().any(Finding::is_error) {
        let message = "This folder holds no CSV files.";
        let remedy =
            "Give the folder that holds settings.csv, volunteers.csv and the others; `visitrota init` makes one.";
        found.push(Finding::error(Code::UnreadableSheet, "", message, remedy));
    }
    if found.iter().any(Finding::is_error) {
        // Without a sheet, much would be told of the others that is not so.
        return Ok(Document::unreadable(found));
    }
    let mut document = of_csv(files, today, limits);
    document.reading.found.extend(found.into_iter().map(|finding| Found { finding, at: None }));
    Ok(document)
}

/// The document in CSV files, by their names without `.csv`.
pub(crate) fn of_csv(files: Vec<(String, Vec<u8>)>, today: Option<Date>, limits: ReadLimits) -> Document {
    match book(files, limits) {
        Ok((book, found)) => Document::of_book(book, found, today),
        Err(large) => Document::unreadable(vec![large]),
    }
}

/// CSV files as sheets, and what of them is in no order to be read; or that they hold more than is read.
pub(crate) fn book(files: Vec<(String, Vec<u8>)>, limits: ReadLimits) -> Result<(Book, Vec<Found>), Finding> {
    let mut sheets = Vec::new();
    let mut found = Vec::new();
    let mut room = Room::new(limits);
    for (name, bytes) in files {
        let (mut sheet, open_quote) = csv::read(&name, &bytes, &mut room).map_err(TooLarge::finding)?;
        if let Some(row) = open_quote {
            let message = "A quotation mark opens in this row and never closes.";
            let finding = Finding::error(Code::UnreadableSheet, "", message, "Close it or delete it.");
            found.push(Found { finding, at: Some(At { sheet: sheets.len(), row: Some(row), column: None }) });
        }
        sheet.called_after();
        sheets.push(sheet);
    }
    Ok((Book { form: Form::Folder, sheets, limits }, found))
}
