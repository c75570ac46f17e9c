//! What a sheet, a column and a kind of cell are, and what several sheets share.

use crate::cell::{is_nobody, is_nothing, plain};

/// A sheet.
#[derive(Debug)]
pub(crate) struct Spec {
    /// Its name, and its file's without `.csv`.
    pub(crate) name: &'static str,
    /// Other names that it goes by.
    pub(crate) also: &'static [&'static str],
    /// What it is for.
    pub(crate) note: &'static str,
    /// Its columns.
    pub(crate) columns: &'static [Column],
    /// The rows of the template.
    pub(crate) examples: &'static [&'static [&'static str]],
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) name: &'static str,
    /// Other headings that it goes by.
    pub(crate) also: &'static [&'static str],
    /// The field of the problem document that it fills, with a dot between the parts; empty where it fills none by
    /// itself.
    pub(crate) field: &'static str,
    /// What its cells hold.
    pub(crate) kind: Kind,
    /// Whether each row must have it.
    pub(crate) needed: bool,
    /// What an empty cell means, as a cell would say it; empty where it means nothing.
    pub(crate) default: &'static str,
    /// What it is for.
    pub(crate) note: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A name for something, needed elsewhere to name it.
    Id,
    /// The id of something on another sheet.
    Ref(&'static str),
    /// The ids of several.
    Refs(&'static str),
    /// `home`, or the id of a meeting point.
    MeetingPlace,
    /// Any text.
    Text,
    /// A whole number.
    Whole { least: i64, most: i64 },
    /// A number.
    Decimal,
    /// Yes or no.
    YesNo,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Several of a few words.
    Choices(&'static [&'static str]),
    /// Texts.
    List,
    /// Texts, each with a date or without.
    Holds,
    /// Slots, from the first choice on, some with meeting places of their own.
    Options,
    /// A date.
    Date,
    /// A time of day, with a date or without.
    Time,
    /// Hours of every day, from and to.
    Hours,
    /// Weekdays or dates.
    When,
    /// Ages.
    Ages,
}

pub(super) const COUNT: Kind = Kind::Whole { least: 0, most: u32::MAX as i64 };
pub(super) const AGE: Kind = Kind::Whole { least: 0, most: 120 };
pub(super) const MINUTES: Kind = Kind::Whole { least: 0, most: 100_000 };

pub(super) const fn column(name: &'static str, field: &'static str, kind: Kind, note: &'static str) -> Column {
    Column { name, also: &[], field, kind, needed: false, default: "", note }
}

impl Column {
    /// The sheets that list whom or what the column of a sheet asks for, by id or by name.
    pub(crate) fn lists(&self, of: &Spec) -> &[&'static str] {
        match (of.name, self.name, &self.kind) {
            ("availability", "who", _) => &["volunteers", "families"],
            ("pairs", "a" | "b", _) => &["families", "volunteers", "prisoners"],
            ("locked", "place", _) => &["volunteers", "families", "prisons"],
            ("travel", "from" | "to", _) => &["prisons", "meeting points", "volunteers", "families"],
            (_, _, Kind::MeetingPlace | Kind::Options) => &["meeting points"],
            (_, _, Kind::Ref(list) | Kind::Refs(list)) => std::slice::from_ref(list),
            _ => &[],
        }
    }

    /// Whether a text in the column of a sheet means what an empty cell does: no chaperone, any slot.
    pub(crate) fn is_empty(&self, of: &Spec, text: &str) -> bool {
        let may_be_open = self.name == "chaperone" || of.name == "pins" && ["slot", "driver"].contains(&self.name);
        let is_any = plain(text).starts_with("any");
        is_nothing(text) || may_be_open && is_nobody(text) && is_any != (self.name == "chaperone")
    }

    pub(super) const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
    pub(super) const fn or(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
    pub(super) const fn saying(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
    pub(super) const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

impl Spec {
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column that has this heading, by its own name or by another.
    pub(crate) fn headed(&self, heading: &str) -> Option<usize> {
        let heading = plain(heading);
        let is = |name: &&str| plain(name) == heading;
        let exact = self.columns.iter().position(|column| is(&column.name));
        exact.or_else(|| self.columns.iter().position(|column| column.also.iter().any(&is)))
    }
}

pub(super) const LAT: Column =
    column("lat", "lat", Kind::Decimal, "Degrees north, such as 51.634. Or give a postcode.").also(LATITUDE);
pub(super) const LON: Column =
    column("lon", "lon", Kind::Decimal, "Degrees east, such as -2.467: west is negative.").also(LONGITUDE);
pub(super) const LATITUDE: &[&str] = &["latitude", "lat lon", "latlong", "coordinates"];
pub(super) const LONGITUDE: &[&str] = &["longitude", "long", "lng"];
pub(super) const POSTCODE: Column = column(
    "postcode",
    "postcode",
    Kind::Text,
    "Instead of lat and lon. It is taken to be in the middle of its sector, unless the sheet places lists it.",
);
pub(super) const NAME: Column = column("name", "name", Kind::Text, "Free text, for people to read.");
pub(super) const PHONE: Column =
    column("phone", "", Kind::Text, "The telephone number. On papers only with --show names.").also(&[
        "mobile",
        "mobile number",
        "telephone",
        "telephone number",
        "phone number",
        "tel",
        "contact number",
    ]);
pub(super) const LANGUAGE: Column =
    column("language", "", Kind::Text, "The language to write in: en (English) or cy (Welsh); empty = English.")
        .also(&["preferred language"]);
pub(super) const NOTES: Column = column(
    "notes",
    "",
    Kind::Text,
    "For whoever calls there: the address, which door. On papers only with --show names.",
);
pub(super) const PICKUP: Column = column(
    "pickup",
    "pickup",
    Kind::MeetingPlace,
    "Where it is collected: home, or the id of a meeting point; empty = at home.",
);
pub(super) const DROPOFF: Column = column(
    "dropoff",
    "dropoff",
    Kind::MeetingPlace,
    "Where it is brought back to: home, or the id of a meeting point; empty = home.",
);
pub(super) const HOLDS: Column = column("holds", "holds", Kind::Holds, "");
