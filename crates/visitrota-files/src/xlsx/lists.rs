//! The hidden sheet `lists`: what drop-downs offer, as formulas over what is typed on the other sheets. A list has
//! three columns: what each row offers, how many there are so far, and these without the gaps.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use crate::cell::{Cell, is_mark, tidy};
use crate::sheets::{self, Column, Kind, Spec};
use crate::write::Draft;

/// Rows of a sheet that are looked at, however few are filled: some more than are, up to this.
const MOST: usize = 1_000;
const AHEAD: usize = 200;
/// Where a family may be met though no sheet lists it.
const HOME: &str = "home";

/// The lists of a workbook, by the sheets that they are of.
#[derive(Debug)]
pub(super) struct Lists(BTreeMap<Vec<&'static str>, List>);

#[derive(Debug)]
struct List {
    /// Its first column on the sheet.
    column: u16,
    entries: Vec<Entry>,
}

/// What a row offers.
#[derive(Debug)]
struct Entry {
    formula: String,
    /// What the formula gives now.
    value: String,
}

/// The sheets whose rows a column's cells name; `home` besides where families are met.
fn offered(spec: &Spec, column: &Column) -> Vec<&'static str> {
    let people = [sheets::VOLUNTEERS.name, sheets::FAMILIES.name];
    match (spec.name, column.name, column.kind) {
        ("availability", "who", _) => people.to_vec(),
        ("pairs", "a" | "b", _) => [&people[..], &[sheets::PRISONERS.name]].concat(),
        (.., Kind::Ref("slots") | Kind::Options) => vec![sheets::SESSIONS.name, sheets::SLOTS.name],
        (.., Kind::Ref(name) | Kind::Refs(name)) => vec![name],
        (.., Kind::MeetingPlace) => vec![HOME, sheets::MEETING_POINTS.name],
        _ => Vec::new(),
    }
}

impl List {
    /// What it offers, where that is one thing only.
    fn only(&self) -> String {
        let (count, shown) = (letters(self.column + 1), letters(self.column + 2));
        format!("IF(${count}${}=1,${shown}$2,\"\")", self.entries.len() + 1)
    }
}

impl Lists {
    /// The lists that the columns of these sheets ask for.
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut lists = BTreeMap::new();
        let families = drafts.iter().find(|draft| draft.name == sheets::FAMILIES.name);
        let families = families.into_iter().flat_map(|draft| &draft.rows).filter_map(|row| row.first()?.as_ref());
        let families: Vec<String> = families.map(Cell::shown).collect();
        let specs = drafts.iter().filter_map(|draft| draft.spec);
        for (spec, column) in specs.flat_map(|spec| spec.columns.iter().map(move |column| (spec, column))) {
            let sources = offered(spec, column);
            if sources.is_empty() || lists.contains_key(&sources) {
                continue;
            }
            let only_prison = lists.get(&vec![sheets::PRISONS.name]).map(List::only);
            let of_source = |name: &&str| match drafts.iter().find(|draft| draft.name == *name) {
                Some(draft) => entries(draft, &families, only_prison.as_deref()),
                None if *name == HOME => vec![Entry { formula: format!("=\"{HOME}\""), value: HOME.to_owned() }],
                None => Vec::new(),
            };
            let entries: Vec<Entry> = sources.iter().flat_map(of_source).collect();
            if !entries.is_empty() {
                let number = u16::try_from(lists.len()).unwrap_or(u16::MAX / 3);
                lists.insert(sources, List { column: number.saturating_mul(3), entries });
            }
        }
        Self(lists)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The formula of the cells that a column's drop-down offers.
    pub(super) fn range(&self, spec: &Spec, column: &Column) -> Option<Formula> {
        let list = self.0.get(&offered(spec, column))?;
        let sheet = sheets::LISTS;
        let (shown, count) = (letters(list.column + 2), letters(list.column + 1));
        let last = list.entries.len() + 1;
        Some(Formula::new(format!("=OFFSET({sheet}!${shown}$2,0,0,MAX(1,{sheet}!${count}${last}),1)")))
    }

    /// Writes them to their sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(sheets::LISTS)?.set_hidden(true).set_formula_result_default("");
        for (sources, list) in &self.0 {
            let [all, count, shown] = [0, 1, 2].map(|n| list.column + n);
            sheet.write_string(0, all, sources.join(", "))?;
            sheet.write_string(0, count, "so far")?;
            sheet.write_string(0, shown, "offered")?;
            let values: Vec<&str> =
                list.entries.iter().map(|entry| entry.value.as_str()).filter(|value| !value.is_empty()).collect();
            let last = list.entries.len() + 1;
            let mut so_far = 0_usize;
            for ((row, entry), n) in (1_u32..).zip(&list.entries).zip(0_usize..) {
                sheet.write_formula(row, all, Formula::new(&entry.formula).set_result(&entry.value))?;
                so_far += usize::from(!entry.value.is_empty());
                let (all, count_name) = (letters(all), letters(count));
                let before = if row == 1 { "0".to_owned() } else { format!("{count_name}{row}") };
                let formula = format!("={before}+({all}{}<>\"\")", row + 1);
                sheet.write_formula(row, count, Formula::new(formula).set_result(so_far.to_string()))?;
                // The row in which there are so many for the first time. It is counted: LibreOffice would look it up
                // among results of before.
                let found = format!(
                    "=IF({row}>${count_name}${last},\"\",INDEX(${all}$2:${all}${last},COUNTIF(${count_name}$2:${count_name}${last},\"<{row}\")+1))"
                );
                let value = values.get(n).copied().unwrap_or_default();
                sheet.write_formula(row, shown, Formula::new(found).set_result(value))?;
            }
        }
        Ok(())
    }
}

/// What the rows of a sheet offer. Sessions that name no prison are at the only one.
fn entries(draft: &Draft, families: &[String], only_prison: Option<&str>) -> Vec<Entry> {
    let rows = draft.rows.len().saturating_add(AHEAD).min(MOST);
    let place = |name: &str| draft.headings.iter().position(|heading| *heading == name);
    let letter = |name: &str| place(name).and_then(|place| u16::try_from(place).ok()).map(letters);
    let Some(id) = letter("id") else { return Vec::new() };
    // Requests go by their families.
    let called = if draft.name == sheets::REQUESTS.name { "family" } else { "name" };
    let sheet = draft.name;
    let text = |n: usize, name: &str| {
        let cell = place(name).and_then(|place| draft.rows.get(n)?.get(place)?.as_ref());
        cell.map(Cell::shown).unwrap_or_default()
    };
    let has_family = |id: &str| families.iter().any(|family| family == id);
    let of = |n: usize| {
        let row = n + 2;
        let id_cell = format!("'{sheet}'!{id}{row}");
        let name_cell = letter(called).map(|name| format!("'{sheet}'!{name}{row}"));
        let is_session = sheet == sheets::SESSIONS.name;
        let says = match name_cell {
            _ if is_session => session(sheet, row, &id_cell, &letter, only_prison),
            Some(name) => {
                let without_id = if called == "family" { without_id(&name) } else { name.clone() };
                // A comma or a bracket would part it in cells that hold several.
                format!("TRIM({id_cell}&\" \"&IF(COUNT(FIND({{\",\",\";\",\"(\"}},{name}))>0,\"\",{without_id}))")
            }
            None => format!("{id_cell}&\"\""),
        };
        let empty = if is_session { String::new() } else { format!("{id_cell}&\"\"=\"\",") };
        let formula = format!("=IF(OR({empty}LEFT({id_cell}&\"\",7)=\"example\"),\"\",{says})");
        let (id, name) = (text(n, "id"), text(n, called));
        let name = match name.split_once(' ') {
            Some((id, rest)) if called == "family" && has_family(id) => rest.to_owned(),
            _ => name,
        };
        let value = if is_mark(&id) || id.is_empty() || is_session {
            String::new()
        } else if name.contains([',', ';', '(']) {
            tidy(&id)
        } else {
            format!("{id} {name}").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Entry { formula, value }
    };
    (0..rows).map(of).collect()
}

/// What a request's family goes by: its id alone, or, where the cell holds both, its name.
fn without_id(cell: &str) -> String {
    let id = format!("LEFT({cell},FIND(\" \",{cell}&\" \")-1)");
    let families = format!("'{}'!$A$2:$A${}", sheets::FAMILIES.name, MOST + 1);
    format!(
        "IF(AND(LEN({id})<LEN({cell}),COUNTIF({families},{id})>0),MID({cell},FIND(\" \",{cell}&\" \")+1,99),{cell}&\"\")"
    )
}

/// The slot that a session makes in the week, where it makes one: it goes by the session's id, or by prison, day and
/// time.
fn session(
    sheet: &str,
    row: usize,
    id: &str,
    letter: &impl Fn(&str) -> Option<String>,
    only_prison: Option<&str>,
) -> String {
    let cell = |name: &str| letter(name).map_or_else(|| "\"\"".to_owned(), |column| format!("'{sheet}'!{column}{row}"));
    let (prison, day, start) = (cell("prison"), cell("day"), cell("start"));
    let prison = format!("IF({prison}&\"\"=\"\",{},{prison})", only_prison.unwrap_or("\"\""));
    let id_of_prison = format!("LEFT({prison},FIND(\" \",{prison}&\" \")-1)");
    let digits = |part: &str| format!("RIGHT(\"0\"&{part}({start}),2)");
    let made = format!(
        "IF(AND({prison}<>\"\",LEN({day}&\"\")=3,ISNUMBER({start})),{id_of_prison}&\"-\"&LOWER({day})&\"-\"&{}&{},\"\")",
        digits("HOUR"),
        digits("MINUTE")
    );
    format!("IF(COUNT(FIND({{\",\",\"/\",\"&\"}},{day}&\"\"))>0,\"\",IF({id}&\"\"=\"\",{made},{id}&\"\"))")
}

/// A column's letters.
fn letters(column: u16) -> String {
    crate::book::letters(column.into())
}
