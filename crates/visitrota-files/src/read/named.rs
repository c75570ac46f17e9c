//! Before the sheets are read, cells that say by name whom or what they mean get the id.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;
use visitrota_model::{Code, Finding, Problem};

use crate::book::{At, Book, Sheet};
use crate::cell::{Cell, item, items, quoted, quoted_if_odd};
use crate::directory::{Listed, Meant, Misnamed, meant, nearly};
use crate::fault::Fault;
use crate::found::Found;
use crate::sheets::{self, Column, Kind, Spec};
use crate::{meeting, option, value};

/// How many texts that nobody goes by are compared with all names, to find who was meant.
const MOST_COMPARED: u32 = 200;
/// So many households are joined by `and` at the most.
const MOST_PARTS: usize = 8;

/// The sheets of a problem with ids wherever they have names.
pub(super) fn with_ids(book: &Book) -> Names<'_> {
    let mut names = Names::new(book);
    for (spec, noun) in [
        (&sheets::PRISONS, "prison"),
        (&sheets::MEETING_POINTS, "meeting point"),
        (&sheets::PRISONERS, "prisoner"),
        (&sheets::VOLUNTEERS, "volunteer"),
        (&sheets::FAMILIES, "family"),
    ] {
        let mut list = Listed::new(noun);
        names.each(spec, ["id", "name"], |[id, name]| list.add(id, name));
        names.lists.insert(spec.name, list);
    }
    sheets::ALL.into_iter().for_each(|spec| names.resolve(spec, |list| list != sheets::REQUESTS.name));
    // Requests go by their families, which stand there by their ids now.
    let mut requests = Listed::new("request");
    if let Some(families) = names.lists.get(sheets::FAMILIES.name) {
        names.each(&sheets::REQUESTS, ["id", "family"], |[id, of]| {
            let of: Vec<_> = items(of).into_iter().map(|item| item.text).collect();
            go_by_families(&mut requests, id, families, of.iter().map(String::as_str));
        });
    }
    names.lists.insert(sheets::REQUESTS.name, requests);
    sheets::ALL.into_iter().for_each(|spec| names.resolve(spec, |list| list == sheets::REQUESTS.name));
    names
}

/// The sheet of rides with ids wherever it has names.
pub(super) fn rides_with_ids<'b>(book: &'b Book, problem: &Problem) -> Names<'b> {
    let mut names = Names::new(book);
    let families = Listed::families(problem);
    let mut requests = Listed::new("request");
    for request in &problem.requests {
        let of = request.families.iter().map(|family| family.as_str());
        go_by_families(&mut requests, request.id.as_str(), &families, of);
    }
    names.lists.insert(sheets::VOLUNTEERS.name, Listed::volunteers(problem));
    names.lists.insert(sheets::FAMILIES.name, families);
    names.lists.insert(sheets::REQUESTS.name, requests);
    names.resolve(&sheets::RIDES, |_| true);
    names
}

/// Has a request go by each of its families, and by all of them.
fn go_by_families<'f>(
    requests: &mut Listed,
    request: &str,
    families: &Listed,
    of: impl Iterator<Item = &'f str> + Clone,
) {
    requests.add(request, "");
    for family in of.clone() {
        requests.add(request, family);
        for name in families.names_of(family) {
            for written in [name, &format!("{family} {name}"), &format!("{name} {family}")] {
                requests.add(request, written);
            }
        }
    }
    let called = of.map(|family| families.names_of(family).next().unwrap_or(family));
    requests.add(request, &called.collect::<Vec<_>>().join(" and "));
}

/// Sheets in which names become ids.
pub(super) struct Names<'b> {
    pub(super) book: Cow<'b, Book>,
    /// Who and what there is, by the sheet that lists it.
    pub(super) lists: HashMap<&'static str, Listed>,
    /// What is wrong with names.
    pub(super) found: Vec<Found>,
    left_to_compare: u32,
}

impl<'b> Names<'b> {
    fn new(book: &'b Book) -> Self {
        Self { book: Cow::Borrowed(book), lists: HashMap::new(), found: Vec::new(), left_to_compare: MOST_COMPARED }
    }

    /// The texts of two columns of a sheet, row by row; rows without the first are left out.
    fn each(&self, spec: &Spec, columns: [&str; 2], mut add: impl FnMut([&str; 2])) {
        let Some(sheet) = self.book.sheets.iter().find(|sheet| sheet.is(spec)) else { return };
        let numbers = columns.map(|name| number_of(sheet, spec, name));
        for row in sheet.rows.iter().skip(1) {
            let texts = numbers.map(|number| number.and_then(|number| value::text(row.get(number)?).ok()));
            if let [Some(first), second] = texts {
                add([&first, &second.unwrap_or_default()]);
            }
        }
    }

    /// Puts ids for names in the columns of a sheet that ask for ids of some lists.
    fn resolve(&mut self, spec: &'static Spec, of: impl Fn(&str) -> bool) {
        let sheets = self.book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.is(spec));
        for place in sheets.map(|(place, _)| place).collect::<Vec<_>>() {
            for column in spec.columns {
                let lists = column.lists(spec);
                if lists.iter().any(|list| of(list) && self.lists.contains_key(list)) {
                    self.resolve_column(place, spec, column);
                }
            }
        }
    }

    fn resolve_column(&mut self, place: usize, spec: &Spec, of: &Column) {
        let Some(sheet) = self.book.sheets.get(place) else { return };
        let Some(column) = number_of(sheet, spec, of.name) else { return };
        let lists = of.lists(spec);
        let is_list = matches!(of.kind, Kind::Refs(_) | Kind::Options);
        let cells =
            sheet.rows.iter().enumerate().skip(1).filter_map(|(n, row)| Some((n, row.number, row.get(column)?)));
        let texts = cells.filter_map(|(n, row, cell)| match cell {
            // What stands in quotes is meant to the letter.
            Cell::Text(text) if of.is_empty(spec, text) || text.starts_with('"') && !is_list => None,
            Cell::Text(text) => Some((n, row, text.clone())),
            _ => None,
        });
        for (n, row, text) in texts.collect::<Vec<_>>() {
            let mut wrong = Vec::new();
            let ids = match of.kind {
                Kind::Refs(_) => self.of_list(&text, lists, &mut wrong),
                Kind::Options => self.of_options(&text, lists, &mut wrong),
                Kind::MeetingPlace if meeting::is_home(&text) => None,
                _ => self.one(&text, lists, &mut wrong).map(|id| quoted_if_odd(&id)),
            };
            let at = At { sheet: place, row: Some(row), column: Some(column) };
            self.found.extend(wrong.into_iter().map(|Misnamed { code, message, remedy, called, .. }| {
                let finding = Finding::error(code, "", message, remedy).with_value(text.clone());
                let finding = called.iter().fold(finding, |finding, (id, name)| finding.naming(id, name));
                Found { finding, at: Some(at) }
            }));
            if let Some(ids) = ids.filter(|ids| *ids != text) {
                let rows = self.book.to_mut().sheets.get_mut(place).map(|sheet| &mut sheet.rows);
                let cells = rows.and_then(|rows| rows.get_mut(n)).map(|row| &mut row.cells);
                let cell = cells.and_then(|cells| cells.iter_mut().find(|(number, _)| *number == column));
                if let Some((_, cell)) = cell {
                    *cell = Cell::Text(ids);
                }
            }
        }
    }

    /// The id that a text means; none where nothing goes by it.
    fn one(&mut self, text: &str, lists: &[&str], wrong: &mut Vec<Misnamed>) -> Option<String> {
        let lists: Vec<&Listed> = lists.iter().filter_map(|list| self.lists.get(list)).collect();
        let misnamed = match meant(&lists, text) {
            Meant::Id(id) => return Some(id),
            Meant::Wrong(misnamed) => misnamed,
            Meant::Unknown => {
                self.left_to_compare = self.left_to_compare.checked_sub(1)?;
                several(&lists, text).or_else(|| nearly(&lists, text))?
            }
        };
        let meanwhile = misnamed.meanwhile.clone();
        wrong.push(misnamed);
        Some(meanwhile)
    }

    /// The ids that a list means, as a list; parted by "and" as well where that makes ids or names of all.
    fn of_list(&mut self, text: &str, lists: &[&str], wrong: &mut Vec<Misnamed>) -> Option<String> {
        let known: Vec<&Listed> = lists.iter().filter_map(|list| self.lists.get(list)).collect();
        let id = |text: &str| match meant(&known, text) {
            Meant::Id(id) => Some(id),
            _ => None,
        };
        let listed = items(text);
        // None, or ids as they should be.
        if listed.iter().all(|one| known.iter().any(|list| list.has(&one.text))) {
            return None;
        }
        // A name may have a comma in it; but where each part is somebody, they are meant.
        let each_is_known = listed.len() > 1 && listed.iter().all(|one| id(&one.text).is_some());
        let is_quoted = listed.iter().any(|one| one.after.is_some());
        if let Some(id) = id(text).filter(|_| !each_is_known && !is_quoted) {
            return Some(item(&id));
        }
        let all: Vec<_> = listed.iter().map(|one| (one, parted(&one.text, MOST_PARTS, &id))).collect();
        let mut ids = Vec::new();
        for (one, several) in all {
            match (&one.after, several) {
                // In quotes, it is meant to the letter.
                (Some(after), _) if after.is_empty() => ids.push(quoted(&one.text)),
                (Some(_), _) => return None,
                (None, Some(several)) => ids.extend(several.iter().map(|id| item(id))),
                (None, None) => ids.push(item(&self.one(&one.text, lists, wrong).unwrap_or_else(|| one.text.clone()))),
            }
        }
        Some(ids.join("; "))
    }

    /// Slots, with ids of the places where families are met for them.
    fn of_options(&mut self, text: &str, lists: &[&str], wrong: &mut Vec<Misnamed>) -> Option<String> {
        if !text.contains('(') {
            return None;
        }
        let mut is_changed = false;
        let mut met = |place: &str| {
            let home = meeting::is_home(place);
            let id = if home { None } else { self.one(place, lists, wrong) };
            is_changed |= id.as_ref().is_some_and(|id| id != place);
            id.unwrap_or_else(|| meeting::read(place))
        };
        let read = (0..).zip(items(text)).map(|(n, item)| option::read_with(n, item, &mut met));
        let read = read.collect::<Result<Vec<Value>, Fault>>().ok()?;
        let written = || read.iter().zip(0..).filter_map(|(option, place)| option::written(option, place));
        is_changed.then(|| written().collect::<Vec<_>>().join(", "))
    }
}

/// That a text names several where one is asked for.
fn several(lists: &[&Listed], text: &str) -> Option<Misnamed> {
    let id = |text: &str| match meant(lists, text) {
        Meant::Id(id) => Some(id),
        _ => None,
    };
    let text = text.replace([',', ';', '/'], " and ").replace(" or ", " and ");
    let ids = parted(&text, MOST_PARTS, &id).filter(|ids| ids.len() > 1)?;
    let name = |id: &String| lists.iter().find_map(|list| list.names_of(id).next()).map(str::to_owned);
    Some(Misnamed {
        code: Code::FieldConflict,
        message: format!("This cell names {}, and one is asked for.", ids.join(" and ")),
        remedy: "Give each a row of its own.".to_owned(),
        called: ids.iter().filter_map(|id| Some((id.clone(), name(id)?))).collect(),
        meanwhile: ids.first()?.clone(),
    })
}

/// The ids of several that are joined by `and`, `&` or `+`; none where one of them is not known.
fn parted(text: &str, most: usize, id: &impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let text = text.trim();
    if let Some(id) = id(text) {
        return Some(vec![id]);
    }
    let joints = [" and ", "&", "+"].into_iter().flat_map(|joint| text.match_indices(joint));
    let halves = joints.filter_map(|(at, joint)| Some((text.get(..at)?, text.get(at + joint.len()..)?)));
    halves.take(most).find_map(|(first, others)| {
        let first = id(first.trim())?;
        let others = parted(others, most.checked_sub(1)?, id)?;
        Some([vec![first], others].concat())
    })
}

/// The number of a sheet's column.
fn number_of(sheet: &Sheet, spec: &Spec, name: &str) -> Option<u32> {
    let (wanted, headings) = (spec.column(name)?, sheet.rows.first()?);
    let mut all = headings.cells.iter().filter(|(_, cell)| spec.headed(&cell.shown()) == Some(wanted));
    all.next().map(|(number, _)| *number)
}
