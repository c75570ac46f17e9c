//! Where: prisons with their timetables and slots, meeting points, postcodes and legs of the road.

use super::spec::{AGE, COUNT, Kind, LAT, LATITUDE, LON, LONGITUDE, MINUTES, NAME, NOTES, POSTCODE, Spec, column};

pub(crate) const PRISONS: Spec = Spec {
    name: "prisons",
    also: &["prison"],
    note: "The prisons visited.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        POSTCODE,
        LAT,
        LON,
        column(
            "check in min",
            "check_in_min",
            MINUTES,
            "How many minutes before the visit everyone must be at the gate.",
        )
        .or("45"),
        column("check out min", "check_out_min", MINUTES, "How many minutes after the visit everyone is out.").or("15"),
        column("adult age", "adult_age", AGE, "The age from which a visitor counts as an adult here.").or("18"),
        column("max visitors", "max_visitors", COUNT, "The most visitors in one family's visit.").or("6"),
        column("max adults", "max_adults", COUNT, "The most adults among them.").or("3"),
        column(
            "escort requires",
            "escort_requires",
            Kind::List,
            "What an adult must hold to go in with unaccompanied children, such as: cleared.",
        ),
        column(
            "visitor requires",
            "visitor_requires",
            Kind::List,
            "What every family that visits here must hold, such as: on the contact list.",
        ),
        column(
            "lead days",
            "",
            Kind::Whole { least: 0, most: 365 },
            "How many working days' notice a booking \
            needs. Empty = not checked.",
        )
        .also(&["booking lead days", "lead time"]),
        column(
            "booking window",
            "",
            Kind::Whole { least: 0, most: 3650 },
            "How many days ahead a visit can be \
            booked. Empty = not checked.",
        )
        .also(&["booking window days"]),
        NOTES,
    ],
    examples: &[&[
        "example ASH",
        "HMP Ashcombe",
        "AC3 5HJ",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "cleared",
        "",
        "3",
        "28",
        "The visitors' centre is left of the gate.",
    ]],
};

pub(crate) const SESSIONS: Spec = Spec {
    name: "sessions",
    also: &["session", "timetable"],
    note: "A prison's timetable of weekly visiting sessions, from which the week's slots are made. A session on a \
        date, not a weekday, replaces that day's sessions.",
    columns: &[
        column("id", "", Kind::Text, "The name of its slots; empty = prison, day and time, as in ASH-sat-1400."),
        column("prison", "", Kind::Ref("prisons"), "Which prison. May be empty if there is only one."),
        column(
            "day",
            "",
            Kind::When,
            "Weekdays, such as: Sat, or Tue, Thu, or 2nd Wed of the month. Or one date, for a session that \
            replaces that day's.",
        )
        .needed()
        .also(&["days", "weekday", "date", "when"]),
        column("start", "", Kind::Time, "When the visit starts."),
        column("end", "", Kind::Time, "When it ends; empty if start holds both, as in 2-4pm."),
        column("tables", "", COUNT, "How many families at once; empty = no limit.").also(&["capacity"]),
        column("from", "", Kind::Date, "The first date it runs; empty = always.").also(&["valid from"]),
        column("to", "", Kind::Date, "The last date it runs; empty = always.").also(&["valid to"]),
        column(
            "every",
            "",
            Kind::Whole { least: 1, most: 52 },
            "1 = each week, 2 = every other week, counted from \
            the week of the date in `from`.",
        )
        .or("1")
        .also(&["weeks", "frequency"]),
    ],
    examples: &[
        &["example sat", "ASH", "Sat", "14:00", "15:00", "3", "", "", ""],
        &["example fri", "ASH", "Fri", "14:00", "15:00", "2", "2026-11-27", "", "2"],
    ],
};

pub(crate) const BLOCKED: Spec = Spec {
    name: "blocked dates",
    also: &["blocked", "blocked_dates", "unbookable", "closed", "closures"],
    note: "Dates, or hours of them, on which a prison takes no visits.",
    columns: &[
        column("prison", "", Kind::Ref("prisons"), "Which prison; empty = all of them."),
        column(
            "date",
            "",
            Kind::Date,
            "The date, or the first of several; 24-26 Dec, or 5 Dec 1-3pm for part of a day.",
        )
        .needed()
        .also(&["from"]),
        column("to", "", Kind::Date, "The last date; empty = only that date."),
        column("reason", "", Kind::Text, "For people to read."),
    ],
    examples: &[&["example ASH", "2026-12-25", "2026-12-26", "Christmas"]],
};

pub(crate) const SLOTS: Spec = Spec {
    name: "slots",
    also: &["slot", "visits"],
    note: "Single visiting slots of the week, in addition to those from the sheet sessions.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        column("prison", "prison", Kind::Ref("prisons"), "Which prison. May be empty if there is only one."),
        column("date", "", Kind::Date, "The date of the visit.").also(&["day"]),
        column("start", "start", Kind::Time, "When the visit starts.").needed(),
        column("end", "end", Kind::Time, "When it ends.").needed(),
        column("tables", "tables", COUNT, "How many families at once; empty = no limit.").also(&["capacity"]),
    ],
    examples: &[&["example sun-family", "ASH", "2026-12-13", "10:00", "12:00", "2"]],
};
pub(crate) const MEETING_POINTS: Spec = Spec {
    name: "meeting points",
    also: &["meeting point", "points", "pickup points"],
    note: "Places where families are collected or brought back to that are nobody's home: a school, a station.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        POSTCODE,
        LAT,
        LON,
        NOTES,
    ],
    examples: &[&["example SCHOOL", "Fellgate Primary School", "AC2 8MN", "", "", "By the bus stop."]],
};

pub(crate) const PLACES: Spec = Spec {
    name: "places",
    also: &["place", "postcodes"],
    note: "Where postcodes on the other sheets are, more exactly than the program knows: it has the middle of each postcode sector. It never goes online.",
    columns: &[
        column("postcode", "", Kind::Text, "The postcode.").needed(),
        column("lat", "", Kind::Decimal, "Degrees north, such as 51.634.").needed().also(LATITUDE),
        column("lon", "", Kind::Decimal, "Degrees east, such as -2.467: west is negative.").needed().also(LONGITUDE),
    ],
    // No such postcodes are: whoever types over an example and forgets its postcode is told.
    examples: &[
        &["example AC1 2BD", "51.58", "-2.52"],
        &["example AC1 3EF", "51.60", "-2.55"],
        &["example AC2 4GH", "51.55", "-2.58"],
        &["example AC2 6KL", "51.52", "-2.61"],
        &["example AC2 8MN", "51.556", "-2.574"],
        &["example AC3 5HJ", "51.634", "-2.467"],
    ],
};

pub(crate) const TRAVEL: Spec = Spec {
    name: "travel",
    also: &["matrix", "legs"],
    note: "Minutes and metres between places, both ways. Only used if the setting travel is matrix.",
    columns: &[
        column("from", "", Kind::Text, "Whose place: the id of a prison, a volunteer, a family or a meeting point.")
            .needed(),
        column("to", "", Kind::Text, "Whose place.").needed(),
        column("minutes", "", COUNT, "Minutes of driving.").needed(),
        column("metres", "", COUNT, "Metres of road.").needed(),
    ],
    examples: &[],
};
