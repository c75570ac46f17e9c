//! Slots as other sheets name them: in capitals or small letters, several with `or` between them; and those of which
//! it is not known whether they are there, since a row that may make them could not be read.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};

use super::reader::{Reader, ids};
use super::unsure::Unsure;
use crate::book::At;

/// Such rows, found by the slots that they may make.
#[derive(Debug, Default)]
struct Makers {
    /// By the ids of their slots, in small letters.
    called: HashMap<String, At>,
    /// By what the ids of their slots begin with.
    begin: HashMap<String, At>,
    any: Option<At>,
}

impl Makers {
    fn of(rows: impl IntoIterator<Item = Unsure>) -> Self {
        let mut makers = Self::default();
        for Unsure { id, is_whole, row } in rows {
            match id.map(|id| id.to_lowercase()) {
                None => makers.any = makers.any.or(Some(row)),
                Some(id) => {
                    if is_whole {
                        makers.called.insert(id.clone(), row);
                    }
                    makers.begin.insert(id, row);
                }
            }
        }
        makers
    }

    /// A row that may make a slot.
    fn of_slot(&self, slot: &str) -> Option<At> {
        let slot = slot.to_lowercase();
        let begins = || slot.match_indices('-').find_map(|(at, _)| self.begin.get(slot.get(..at)?));
        self.called.get(&slot).or_else(begins).copied().or(self.any)
    }
}

/// The ids of slots, found by what is written.
#[derive(Debug, Default)]
pub(super) struct Slots {
    ids: HashSet<String>,
    /// By their small letters; none where several are the same but for these.
    small: HashMap<String, Option<String>>,
}

impl Slots {
    pub(super) fn of<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut slots = Self::default();
        for id in ids {
            if slots.ids.insert(id.to_owned()) {
                let same = slots.small.entry(id.to_lowercase());
                same.and_modify(|only| *only = None).or_insert_with(|| Some(id.to_owned()));
            }
        }
        slots
    }

    /// The id that is meant, if there is one.
    pub(super) fn meant<'s>(&'s self, text: &'s str) -> Option<&'s str> {
        if self.ids.contains(text) {
            return Some(text);
        }
        self.small.get(&text.to_lowercase())?.as_deref()
    }

    /// The slots that one text names with `or` or `/` between them: all of them, or none.
    fn several(&self, text: &str) -> Vec<String> {
        let parted = text.replace(['/', '&', '+'], " or ").replace(" and ", " or ");
        let all: Option<Vec<_>> = parted.split(" or ").map(|part| self.meant(part.trim()).map(str::to_owned)).collect();
        all.filter(|all| all.len() > 1).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// Gives what names slots the ids that are meant, and has those be there that may be. `others` are named besides.
    pub(super) fn name_slots(&mut self, lists: &mut HashMap<&'static str, Vec<Value>>, others: Vec<String>) {
        let slots = Slots::of(ids(lists.get("slots").map(Vec::as_slice).unwrap_or_default()));
        for (n, request) in lists.entry("requests").or_default().iter_mut().enumerate() {
            if self.is_quoted(&format!("requests[{n}].options")) {
                continue;
            }
            if let Some(Value::Array(options)) = request.get_mut("options") {
                *options = named(std::mem::take(options), &slots);
            }
        }
        for list in ["pins", "published"] {
            for (n, item) in lists.entry(list).or_default().iter_mut().enumerate() {
                let meant = item.get("slot").and_then(Value::as_str).and_then(|slot| slots.meant(slot));
                if let Some(meant) = meant.map(str::to_owned)
                    && !self.is_quoted(&format!("{list}[{n}].slot"))
                {
                    item["slot"] = meant.into();
                }
            }
        }
        self.stand_in_slots(lists, &slots, others);
    }

    /// Whether a cell has something that is meant to the letter.
    fn is_quoted(&self, path: &str) -> bool {
        self.cells.get(path).and_then(|at| self.book.cell(*at)).is_some_and(|cell| cell.shown().contains('"'))
    }

    /// Adds the slots that are named and may be made by rows that could not be read. Nothing is said of them, nor of
    /// what names them.
    fn stand_in_slots(&mut self, lists: &mut HashMap<&'static str, Vec<Value>>, slots: &Slots, others: Vec<String>) {
        if self.unsure.is_empty() {
            return;
        }
        let mut stand_ins: BTreeMap<String, At> = BTreeMap::new();
        let makers = Makers::of(std::mem::take(&mut self.unsure));
        let mut may_be = |slot: &str| {
            let by = makers.of_slot(slot).filter(|_| slots.meant(slot).is_none() && !slot.is_empty());
            stand_ins.extend(by.map(|by| (slot.to_owned(), by)));
            by.is_some()
        };
        for list in ["requests", "pins", "published"] {
            for (n, item) in lists.get(list).map(Vec::as_slice).unwrap_or_default().iter().enumerate() {
                let options = item.get("options").and_then(Value::as_array).into_iter().flatten();
                let all = options.chain([item]).filter_map(|one| one.get("slot")?.as_str());
                if all.fold(false, |any, slot| may_be(slot) | any) {
                    self.vague.insert((list.to_owned(), n));
                }
            }
        }
        others.iter().for_each(|slot| {
            may_be(slot);
        });
        let prison = ids(lists.get("prisons").map(Vec::as_slice).unwrap_or_default()).next().unwrap_or_default();
        let prison = prison.to_owned();
        let Some(start) = self.near.map(|near| near.at(0)) else { return };
        let there = lists.entry("slots").or_default();
        for (id, by) in stand_ins {
            let n = there.len();
            self.stand_ins.insert(id.clone());
            self.vague.insert(("slots".to_owned(), n));
            self.cells.insert(format!("slots[{n}]"), by);
            there.push(json!({ "id": id, "prison": prison, "start": start, "end": start }));
        }
    }
}

/// Options by the ids of their slots, each of several in one text an option of its own.
fn named(options: Vec<Value>, slots: &Slots) -> Vec<Value> {
    let mut named = Vec::new();
    for (place, mut option) in options.into_iter().enumerate() {
        let slot = option.get("slot").and_then(Value::as_str).unwrap_or_default();
        let all = match slots.meant(slot) {
            Some(meant) => vec![meant.to_owned()],
            None => slots.several(slot),
        };
        let has_own_rank = option.get("rank") != Some(&json!(place));
        let all = if all.is_empty() { vec![slot.to_owned()] } else { all };
        for slot in all {
            if !has_own_rank {
                option["rank"] = json!(named.len());
            }
            option["slot"] = slot.into();
            named.push(option.clone());
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_with_several_slots_keep_the_order() {
        let slots = Slots::of(["sat pm", "sun", "a or b", "Wed", "wed"].into_iter());
        let of = |text: &str| {
            let items = crate::cell::items(text).into_iter();
            let read: Result<Vec<Value>, _> = (0..).zip(items).map(|(n, item)| crate::option::read(n, item)).collect();
            let named = named(read.expect("options"), &slots);
            let told = named.iter().map(|one| format!("{} {}", one["slot"].as_str().unwrap_or_default(), one["rank"]));
            told.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(of("sat pm or sun"), "sat pm 0, sun 1");
        assert_eq!(of("Sat PM/sun, Wed"), "sat pm 0, sun 1, Wed 2");
        assert_eq!(of("sun, a or b, sat pm (5)"), "sun 0, a or b 1, sat pm 5");
        assert_eq!(of("sun or mon"), "sun or mon 0");
        assert_eq!(of("WED"), "WED 0");
        assert_eq!(of("sun and sat pm (3)"), "sun 3, sat pm 3");
    }

    #[test]
    fn what_a_row_may_make() {
        let row = At { sheet: 0, row: None, column: None };
        let makes = |id: &str, is_whole, slot: &str| {
            let makers = Makers::of([Unsure { id: Some(id.to_owned()), is_whole, row }]);
            makers.of_slot(slot).is_some()
        };
        assert!(makes("sat pm", true, "Sat PM") && makes("sat", true, "sat-2026-12-05"));
        assert!(makes("ASH", false, "ASH-sat-1400") && makes("A-B", false, "a-b-sat-1400"));
        assert!(!makes("ASH", false, "ASH") && !makes("sat", true, "sats"));
        assert!(Makers::of([Unsure { id: None, is_whole: false, row }]).of_slot("any").is_some());
    }
}
