//! The sheets of a problem and their columns: what each is called, holds and means. Reading, writing, the template and
//! its notes all follow this one list.

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
    /// Slots, from the first choice on.
    Options,
    /// A date.
    Date,
    /// A time of day, with a date or without.
    Time,
    /// Weekdays or dates.
    When,
    /// Ages.
    Ages,
}

const COUNT: Kind = Kind::Whole { least: 0, most: u32::MAX as i64 };
const AGE: Kind = Kind::Whole { least: 0, most: 120 };
const MINUTES: Kind = Kind::Whole { least: 0, most: 100_000 };
pub(crate) const ROLES: &[&str] = &["driver", "chaperone"];

const fn column(name: &'static str, field: &'static str, kind: Kind, note: &'static str) -> Column {
    Column { name, also: &[], field, kind, needed: false, default: "", note }
}

impl Column {
    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
    const fn or(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

impl Spec {
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

const LAT: Column = column("lat", "lat", Kind::Decimal, "Degrees north, such as 51.634. Or give a postcode.");
const LON: Column = column("lon", "lon", Kind::Decimal, "Degrees east, such as -2.467: west is negative.");
const POSTCODE: Column =
    column("postcode", "postcode", Kind::Text, "Instead of lat and lon, if the sheet places lists it.");
const NAME: Column = column("name", "name", Kind::Text, "Free text, for people to read.");

/// What goes for the week and the scheme as a whole: a row each.
pub(crate) const SETTINGS: Spec = Spec {
    name: "settings",
    also: &["setting", "options", "policy"],
    note: "Settings for the whole week and scheme. Only the first date of the week is required.",
    columns: &[
        column("setting", "", Kind::Text, "Which setting.").needed().also(&["name"]),
        column("value", "", Kind::Text, "Its value; empty = the default."),
    ],
    examples: &[],
};

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
    ],
    examples: &[&["ASH", "HMP Ashcombe", "", "51.634", "-2.467", "", "", "", "", "", "cleared", "3", "28"]],
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
            "Weekdays, such as: Sat, or Tue, Thu. Or one date, for a session that \
            replaces that day's.",
        )
        .needed()
        .also(&["days", "weekday", "date", "when"]),
        column("start", "", Kind::Time, "When the visit starts.").needed(),
        column("end", "", Kind::Time, "When it ends.").needed(),
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
        &["sat", "ASH", "Sat", "14:00", "15:00", "3", "", "", ""],
        &["fri", "ASH", "Fri", "14:00", "15:00", "2", "2026-11-27", "", "2"],
    ],
};

pub(crate) const BLOCKED: Spec = Spec {
    name: "blocked dates",
    also: &["blocked", "blocked_dates", "unbookable", "closed", "closures"],
    note: "Dates on which a prison has no sessions.",
    columns: &[
        column("prison", "", Kind::Ref("prisons"), "Which prison; empty = all of them."),
        column("date", "", Kind::Date, "The date, or the first of several.").needed().also(&["from"]),
        column("to", "", Kind::Date, "The last date; empty = only that date."),
        column("reason", "", Kind::Text, "For people to read."),
    ],
    examples: &[&["ASH", "2026-12-25", "2026-12-26", "Christmas"]],
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
    examples: &[&["sun-family", "ASH", "2026-12-13", "10:00", "12:00", "2"]],
};

pub(crate) const VOLUNTEERS: Spec = Spec {
    name: "volunteers",
    also: &["volunteer", "drivers"],
    note: "Drivers and chaperones.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        POSTCODE,
        LAT,
        LON,
        column("roles", "roles", Kind::Choices(ROLES), "driver, chaperone, or both.").needed().also(&["role"]),
        column("seats", "car.seats", COUNT, "Seats in the car, not counting the driver's; empty = no car."),
        column("infant", "car.infant", COUNT, "Infant seats in the car.").or("0").also(&["infant seats"]),
        column("harness", "car.harness", COUNT, "Harness seats in the car.").or("0").also(&["harness seats"]),
        column("booster", "car.booster", COUNT, "Booster seats in the car.").or("0").also(&["booster seats"]),
        column("wheelchair", "car.wheelchair", COUNT, "Spaces for a wheelchair with its user.")
            .or("0")
            .also(&["wheelchairs", "wheelchair spaces"]),
        column("max trips", "max_trips", COUNT, "The most trips in the week.").or("1"),
        column("max trips per day", "max_trips_per_day", COUNT, "The most trips on one date.").or("1"),
        column(
            "max duty min",
            "max_duty_min",
            MINUTES,
            "The most minutes away from home on one date; empty = the setting.",
        ),
        column(
            "max driving min",
            "max_driving_min",
            MINUTES,
            "The most minutes of driving on one date; empty = the setting.",
        ),
        column("max km week", "max_km_week", COUNT, "The most kilometres of driving in the week."),
        column("max families", "max_families", COUNT, "The most families in one trip.").or("2"),
        column(
            "holds",
            "holds",
            Kind::Holds,
            "Checks, permissions and skills, with the date each expires, if it does: dbs until 14/3/2028, licence.",
        ),
        column(
            "recent trips",
            "recent_trips",
            Kind::Whole { least: 0, most: 100_000 },
            "Trips made in recent weeks, for fairness.",
        )
        .or("0"),
    ],
    examples: &[
        &[
            "V1",
            "Ann Fellgate",
            "AC1 2BD",
            "",
            "",
            "driver",
            "4",
            "1",
            "1",
            "1",
            "",
            "2",
            "",
            "",
            "",
            "",
            "",
            "dbs until 14/3/2028, insurance until 30/6/2027, licence, cleared",
            "",
        ],
        &[
            "V2",
            "Cath Lindow",
            "AC1 3EF",
            "",
            "",
            "chaperone",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "dbs, cleared",
            "",
        ],
    ],
};

pub(crate) const AVAILABILITY: Spec = Spec {
    name: "availability",
    also: &["available", "availabilities", "free"],
    note: "When volunteers are free, and families that are not always free. A whole trip must fit within one row's \
        hours. A family with no rows is always free; a volunteer with no rows never is.",
    columns: &[
        column("who", "", Kind::Ref("volunteers"), "A volunteer or a family.").needed().also(&[
            "volunteer",
            "family",
            "person",
            "id",
        ]),
        column(
            "when",
            "",
            Kind::When,
            "A date, weekdays, or `not` and a time to take out: 5/12/2026, every Sat, \
            Mon-Fri 9am-5pm, not 5 Dec.",
        )
        .also(&["date", "day", "days"]),
        column("from", "", Kind::Time, "From this time; empty = the start of the day.").also(&["start"]),
        column("to", "", Kind::Time, "Until this time; empty = the end of the day.").also(&["end", "until"]),
    ],
    examples: &[
        &["V1", "every Fri", "10:00", "20:00"],
        &["V1", "weekend", "07:00", "19:00"],
        &["V1", "not 12 Dec", "", ""],
        &["V2", "2026-12-13", "06:30", "18:00"],
    ],
};

pub(crate) const FAMILIES: Spec = Spec {
    name: "families",
    also: &["family"],
    note: "The families that visit. List who visits here, in adults and children, or on the sheet people.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        POSTCODE,
        LAT,
        LON,
        column("adults", "", Kind::Whole { least: 0, most: 50 }, "How many adults (18 or over) visit.")
            .also(&["number of adults"]),
        column("children", "", Kind::Ages, "The age of each child that visits, such as: 6, 3.").also(&[
            "ages of children",
            "childrens ages",
            "child ages",
        ]),
        column("shares car", "shares_car", Kind::YesNo, "Whether it will share the car with other families.").or("no"),
        column("boarding min", "boarding_min", MINUTES, "Minutes the car waits at its home.").or("5"),
        column("max ride min", "max_ride_min", MINUTES, "The longest ride in minutes; empty = as the settings say."),
        column("needs", "needs", Kind::List, "What a driver must hold to take it, such as: female-driver."),
    ],
    examples: &[
        &["F1", "Adair", "AC2 4GH", "", "", "1", "6, 3", "yes", "", "", ""],
        &["F2", "Brandreth", "", "51.52", "-2.61", "", "", "no", "10", "", ""],
    ],
};

pub(crate) const PEOPLE: Spec = Spec {
    name: "people",
    also: &["members", "member", "persons"],
    note: "The people who visit, one per row, for families that do not give adults and children.",
    columns: &[
        column("family", "", Kind::Ref("families"), "Which family.").needed(),
        column("age", "age", AGE, "Age in years.").needed(),
        column(
            "restraint",
            "restraint",
            Kind::Choice(&["infant", "harness", "booster", "none"]),
            "The child seat needed: infant, harness, booster or none; empty = by age.",
        )
        .also(&["seat", "child seat"]),
        column("own restraint", "own_restraint", Kind::YesNo, "Whether they bring their own.")
            .or("no")
            .also(&["own seat"]),
        column("wheelchair", "wheelchair", Kind::YesNo, "Whether they ride in a wheelchair.").or("no"),
    ],
    examples: &[&["F2", "9", "", "", ""], &["F2", "1", "infant", "yes", ""]],
};

pub(crate) const REQUESTS: Spec = Spec {
    name: "requests",
    also: &["request"],
    note: "The visits asked for, one per row.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        column("family", "family", Kind::Ref("families"), "Who asks.").needed(),
        column("slots", "options", Kind::Options, "The slots that suit, first choice first: sat, sun-family.")
            .also(&["slot", "options", "choices"]),
        column(
            "weeks waiting",
            "weeks_waiting",
            Kind::Whole { least: 0, most: 100_000 },
            "Weeks since the last visit, or since the first request.",
        )
        .or("0"),
        column(
            "extra points",
            "extra_points",
            Kind::Whole { least: -1_000_000_000, most: 1_000_000_000 },
            "Extra points for this visit; a negative number takes points off.",
        )
        .or("0"),
    ],
    examples: &[&["R1", "F1", "fri, sun-family", "3", ""], &["R2", "F2", "sun-family", "", ""]],
};

pub(crate) const PAIRS: Spec = Spec {
    name: "pairs",
    also: &["pair"],
    note: "Who should ride together, and who must be kept apart.",
    columns: &[
        column("a", "a", Kind::Ref("families"), "A family or a volunteer.").needed().also(&["one", "first"]),
        column("b", "b", Kind::Ref("volunteers"), "The other.").needed().also(&["other", "second"]),
        column(
            "rule",
            "rule",
            Kind::Choice(&["usual", "never", "never-same-slot"]),
            "usual: the volunteer usually takes the family; never: not in the same trip; never-same-slot: two families \
            not in the same slot.",
        )
        .needed(),
    ],
    examples: &[&["F1", "V1", "usual"]],
};

pub(crate) const PINS: Spec = Spec {
    name: "pins",
    also: &["pin", "pinned", "fixed"],
    note: "What the rota must do: serve a request, in this slot and with this driver if they are given.",
    columns: &[
        column("request", "request", Kind::Ref("requests"), "Which request.").needed(),
        column("slot", "slot", Kind::Ref("slots"), "The slot it must have; empty = any."),
        column("driver", "driver", Kind::Ref("volunteers"), "The driver it must have; empty = any."),
    ],
    examples: &[&["R1", "fri", ""]],
};

pub(crate) const PUBLISHED: Spec = Spec {
    name: "published",
    also: &["announced"],
    note: "What families have already been told. Moving a visit costs points.",
    columns: &[
        column("request", "request", Kind::Ref("requests"), "Which request.").needed(),
        column("slot", "slot", Kind::Ref("slots"), "The slot announced.").needed(),
        column("driver", "driver", Kind::Ref("volunteers"), "The driver announced.").needed(),
    ],
    examples: &[&["R1", "fri", "V1"]],
};

pub(crate) const PLACES: Spec = Spec {
    name: "places",
    also: &["place", "postcodes"],
    note: "Where the postcodes on the other sheets are. The program never goes online, so list each one here.",
    columns: &[
        column("postcode", "", Kind::Text, "The postcode.").needed(),
        column("lat", "", Kind::Decimal, "Degrees north, such as 51.634.").needed(),
        column("lon", "", Kind::Decimal, "Degrees east, such as -2.467: west is negative.").needed(),
    ],
    examples: &[&["AC1 2BD", "51.58", "-2.52"], &["AC1 3EF", "51.60", "-2.55"], &["AC2 4GH", "51.55", "-2.58"]],
};

pub(crate) const TRAVEL: Spec = Spec {
    name: "travel",
    also: &["matrix", "legs"],
    note: "Minutes and metres between places, both ways. Only used if the setting travel is matrix.",
    columns: &[
        column("from", "", Kind::Text, "Whose place: the id of a prison, a volunteer or a family.").needed(),
        column("to", "", Kind::Text, "Whose place.").needed(),
        column("minutes", "", COUNT, "Minutes of driving.").needed(),
        column("metres", "", COUNT, "Metres of road.").needed(),
    ],
    examples: &[],
};

/// Every sheet, in the order in which they are written.
pub(crate) const ALL: [&Spec; 15] = [
    &SETTINGS,
    &PRISONS,
    &SESSIONS,
    &BLOCKED,
    &SLOTS,
    &VOLUNTEERS,
    &AVAILABILITY,
    &FAMILIES,
    &PEOPLE,
    &REQUESTS,
    &PAIRS,
    &PINS,
    &PUBLISHED,
    &PLACES,
    &TRAVEL,
];

/// A rota made by hand. It is no sheet of a problem; that of a rota's own workbook reads as well.
pub(crate) const RIDES: Spec = Spec {
    name: "rides",
    also: &["ride", "rota"],
    note: "Who drives whom: one row per family and slot, with the columns driver, slot and request (or family).",
    columns: &[
        column("driver", "", Kind::Ref("volunteers"), "Who drives.").needed(),
        column("slot", "", Kind::Ref("slots"), "The visiting slot.").needed(),
        column("request", "", Kind::Ref("requests"), "Which request. May be empty if the family has only one."),
        column("family", "", Kind::Ref("families"), "Whose request."),
        column("chaperone", "", Kind::Ref("volunteers"), "The second adult who rides, if any."),
        column("trip", "", Kind::Text, "Numbers the trips if one driver makes several to one slot."),
    ],
    examples: &[],
};

/// A setting.
#[derive(Debug)]
pub(crate) struct Setting {
    /// What it is called in the sheet.
    pub(crate) name: &'static str,
    /// Other names that it goes by.
    pub(crate) also: &'static [&'static str],
    /// Where it stands in the problem document.
    pub(crate) path: &'static str,
    /// What its value is.
    pub(crate) kind: Kind,
    /// What an empty value means.
    pub(crate) default: &'static str,
    /// What it is for.
    pub(crate) note: &'static str,
}

const fn setting(
    name: &'static str,
    path: &'static str,
    kind: Kind,
    default: &'static str,
    note: &'static str,
) -> Setting {
    Setting { name, also: &[], path, kind, default, note }
}

const WEIGHT: Kind = Kind::Whole { least: 0, most: 1_000_000 };
const PER_CENT: Kind = Kind::Whole { least: 0, most: 1_000 };

/// Every setting.
pub(crate) const ALL_SETTINGS: &[Setting] = &[
    setting("name", "name", Kind::Text, "", "The name of the rota."),
    Setting {
        also: &["week", "first day", "from"],
        ..setting("week from", "week.from", Kind::Date, "", "The first date of the week.")
    },
    Setting {
        also: &["last day", "to"],
        ..setting("week to", "week.to", Kind::Date, "", "The last date; empty = six days later.")
    },
    setting("timezone", "timezone", Kind::Text, "Europe/London", "The time zone of all times."),
    setting(
        "driver requires",
        "policy.driver_requires",
        Kind::List,
        "dbs, insurance, licence",
        "What every driver \
        must hold.",
    ),
    setting("chaperone requires", "policy.chaperone_requires", Kind::List, "dbs", "What every chaperone must hold."),
    setting(
        "child only requires",
        "policy.child_only_requires",
        Kind::List,
        "none",
        "What a driver or chaperone of \
        unaccompanied children must also hold.",
    ),
    setting(
        "children alone",
        "policy.children_alone",
        Kind::Choice(&["chaperone", "driver", "never"]),
        "chaperone",
        "Who accompanies children without an adult: chaperone, driver or never.",
    ),
    setting(
        "break after min",
        "policy.break_after_min",
        MINUTES,
        "120",
        "A break is due after more than this many \
        minutes of driving; 0 = none.",
    ),
    setting("break min", "policy.break_min", MINUTES, "15", "How many minutes a break lasts."),
    setting("turnaround min", "policy.turnaround_min", MINUTES, "30", "Minutes between a volunteer's trips."),
    setting(
        "detour min",
        "policy.detour_min",
        MINUTES,
        "20",
        "How many minutes longer than the direct way a family may ride, …",
    ),
    setting("detour pct", "policy.detour_pct", PER_CENT, "20", "… or how many per cent longer, whichever is more."),
    setting(
        "max duty min",
        "policy.max_duty_min",
        MINUTES,
        "",
        "The most minutes away from home on one date, for drivers who give none of their own.",
    ),
    setting(
        "max driving min",
        "policy.max_driving_min",
        MINUTES,
        "",
        "The most minutes of driving on one date, for drivers who give none of their own.",
    ),
    setting("weight visit", "policy.weights.visit", WEIGHT, "10000", "Points for each visit."),
    setting(
        "weight per week waiting",
        "policy.weights.per_week_waiting",
        WEIGHT,
        "500",
        "Points for each week that a \
        visit has waited.",
    ),
    setting(
        "weight max weeks",
        "policy.weights.max_weeks",
        Kind::Whole { least: 0, most: 100_000 },
        "26",
        "No more than \
        this many weeks count.",
    ),
    setting(
        "weight slot rank",
        "policy.weights.slot_rank",
        WEIGHT,
        "100",
        "Points off for each step down a family's \
        list of slots.",
    ),
    setting(
        "weight new volunteer",
        "policy.weights.new_volunteer",
        WEIGHT,
        "200",
        "Points off for a family that \
        rides with none of its usual volunteers.",
    ),
    setting(
        "weight load",
        "policy.weights.load",
        WEIGHT,
        "50",
        "Points off for a volunteer's trip, times the trips \
        already made.",
    ),
    setting("weight drive min", "policy.weights.drive_min", WEIGHT, "1", "Points off for each minute of driving."),
    setting(
        "weight change slot",
        "policy.weights.change_slot",
        WEIGHT,
        "2000",
        "Points off for a published visit \
        that moves to another slot.",
    ),
    setting(
        "weight change driver",
        "policy.weights.change_driver",
        WEIGHT,
        "800",
        "Points off for a published visit \
        that moves to another driver.",
    ),
    setting(
        "weight drop published",
        "policy.weights.drop_published",
        WEIGHT,
        "5000",
        "Points off for a published visit \
        that is not met.",
    ),
    setting(
        "travel",
        "travel.kind",
        Kind::Choice(&["estimate", "matrix", "straight-line", "osrm", "valhalla"]),
        "estimate",
        "Where driving times come from: estimate (from lat and lon), matrix (the sheet travel) or straight-line.",
    ),
    Setting {
        also: &["travel margin"],
        ..setting(
            "travel margin pct",
            "travel.margin_pct",
            Kind::Decimal,
            "0",
            "Per cent added to \
            driving times.",
        )
    },
    setting("travel minutes factor", "travel.minutes_factor", Kind::Decimal, "", "straight-line: minutes at one km."),
    setting("travel minutes power", "travel.minutes_power", Kind::Decimal, "", "straight-line: how minutes grow."),
    setting("travel km factor", "travel.km_factor", Kind::Decimal, "", "straight-line: road km at one km."),
    setting("travel km power", "travel.km_power", Kind::Decimal, "", "straight-line: how road km grow."),
    setting("travel url", "travel.url", Kind::Text, "", "osrm, valhalla: the server's address."),
];
