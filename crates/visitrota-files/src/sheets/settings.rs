//! What goes for the week and the scheme as a whole.

use super::spec::{Column, Kind, MINUTES, Spec, column};

const COLUMNS: &[Column] = &[
    column("setting", "", Kind::Text, "Which setting.").needed().also(&["name"]),
    column("value", "", Kind::Text, "Its value; empty = the default."),
    column("what it means", "", Kind::Text, "For people to read.").also(&["meaning", "what it is for"]),
];

/// What a coordinator decides: a row each.
pub(crate) const SETTINGS: Spec = Spec {
    name: "settings",
    also: &["setting", "options", "policy"],
    note: "Settings for the whole week and scheme. Only the first date of the week is required.",
    columns: COLUMNS,
    examples: &[],
};

/// All other settings, which do well as they are. Either sheet may hold any.
pub(crate) const MORE_SETTINGS: Spec = Spec {
    name: "more settings",
    also: &["other settings", "further settings", "advanced settings"],
    note: "What does well as it is: how the rota weighs one thing against another, and where driving times come from.",
    columns: COLUMNS,
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
    /// Whether it is written on the sheet of what does well as it is.
    pub(crate) is_more: bool,
}

const fn setting(
    name: &'static str,
    path: &'static str,
    kind: Kind,
    default: &'static str,
    note: &'static str,
) -> Setting {
    Setting { name, also: &[], path, kind, default, note, is_more: false }
}

const fn more(
    name: &'static str,
    path: &'static str,
    kind: Kind,
    default: &'static str,
    note: &'static str,
) -> Setting {
    Setting { is_more: true, ..setting(name, path, kind, default, note) }
}

impl Setting {
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// The sheet that it is written on.
    pub(crate) fn sheet(&self) -> &'static Spec {
        if self.is_more { &MORE_SETTINGS } else { &SETTINGS }
    }

    /// Whether its value is a time in minutes.
    pub(crate) fn is_minutes(&self) -> bool {
        self.kind == MINUTES && self.path.ends_with("_min")
    }

    /// Whether its value is so many per cent.
    pub(crate) fn is_per_cent(&self) -> bool {
        self.path.ends_with("_pct")
    }
}

const WEIGHT: Kind = Kind::Whole { least: 0, most: 1_000_000 };
const PER_CENT: Kind = Kind::Whole { least: 0, most: 1_000 };

/// Every setting, in the order in which they are written.
pub(crate) const ALL_SETTINGS: &[Setting] = &[
    setting("name", "name", Kind::Text, "", "What this week's rota is called, such as: Week 49."),
    setting("week from", "week.from", Kind::Date, "", "The first date of the week, such as 7/12/2026. Needed.")
        .also(&["week", "first day", "from"]),
    setting("week to", "week.to", Kind::Date, "", "The last date; empty = six days later.").also(&["last day", "to"]),
    setting(
        "driver requires",
        "policy.driver_requires",
        Kind::List,
        "dbs, insurance, licence",
        "What every driver must hold.",
    ),
    setting("chaperone requires", "policy.chaperone_requires", Kind::List, "dbs", "What every chaperone must hold."),
    setting(
        "family requires",
        "policy.family_requires",
        Kind::List,
        "none",
        "What every family must hold before it is driven, such as: consent.",
    ),
    setting(
        "child only requires",
        "policy.child_only_requires",
        Kind::List,
        "none",
        "What a driver or chaperone of unaccompanied children must also hold.",
    ),
    setting(
        "children alone",
        "policy.children_alone",
        Kind::Choice(&["chaperone", "driver", "never"]),
        "chaperone",
        "Who accompanies children without an adult: chaperone, driver or never.",
    ),
    setting(
        "chaperone throughout",
        "policy.chaperone_throughout",
        Kind::YesNo,
        "no",
        "Whether the chaperone is collected before unaccompanied children and leaves the car after them.",
    ),
    setting(
        "volunteer hours",
        "policy.volunteer_hours",
        Kind::Hours,
        "",
        "No volunteer leaves home before, or gets back after, these hours: 06:30-21:00. Empty = any time.",
    ),
    setting(
        "family hours",
        "policy.family_hours",
        Kind::Hours,
        "",
        "No family is collected before, or brought back after, these hours: 07:00-20:00. Empty = any time.",
    ),
    setting(
        "max duty",
        "policy.max_duty_min",
        MINUTES,
        "",
        "The longest time away from home on one date, such as 11 h, for drivers who give none of their own. Empty = \
        no limit.",
    )
    .also(&["max duty min"]),
    setting(
        "max driving",
        "policy.max_driving_min",
        MINUTES,
        "",
        "The longest time at the wheel on one date, such as 5 h 30 min, for drivers who give none of their own. Empty \
        = no limit.",
    )
    .also(&["max driving min"]),
    setting(
        "break after",
        "policy.break_after_min",
        MINUTES,
        "120",
        "A break is due after driving for longer than this; 0 = no breaks.",
    )
    .also(&["break after min"]),
    setting("break", "policy.break_min", MINUTES, "15", "How long a break lasts.").also(&["break min", "break length"]),
    setting("turnaround", "policy.turnaround_min", MINUTES, "30", "The time between two trips of one volunteer.")
        .also(&["turnaround min"]),
    setting(
        "travel margin",
        "travel.margin_pct",
        Kind::Decimal,
        "0",
        "Per cent added to all driving times, such as 20, for traffic and slow roads.",
    )
    .also(&["travel margin pct"]),
    more("timezone", "timezone", Kind::Text, "Europe/London", "The time zone of all times."),
    more("detour", "policy.detour_min", MINUTES, "20", "How much longer than the direct way a family may ride, …")
        .also(&["detour min"]),
    more("detour pct", "policy.detour_pct", PER_CENT, "20", "… or how many per cent longer, whichever is more."),
    more(
        "time tolerance",
        "policy.time_tolerance_min",
        MINUTES,
        "10",
        "By how much an announced time may move before it counts as changed.",
    )
    .also(&["time tolerance min"]),
    more("weight visit", "policy.weights.visit", WEIGHT, "10000", "Points for each visit."),
    more(
        "weight per week waiting",
        "policy.weights.per_week_waiting",
        WEIGHT,
        "500",
        "Points for each week that a visit has waited.",
    ),
    more(
        "weight max weeks",
        "policy.weights.max_weeks",
        Kind::Whole { least: 0, most: 100_000 },
        "26",
        "No more than this many weeks count.",
    ),
    more(
        "weight slot rank",
        "policy.weights.slot_rank",
        WEIGHT,
        "100",
        "Points off for each step down a family's list of slots.",
    ),
    more(
        "weight new volunteer",
        "policy.weights.new_volunteer",
        WEIGHT,
        "200",
        "Points off for a family that rides with none of its usual volunteers.",
    ),
    more(
        "weight load",
        "policy.weights.load",
        WEIGHT,
        "50",
        "Points off for a volunteer's trip, times the trips already made.",
    ),
    more("weight drive min", "policy.weights.drive_min", WEIGHT, "1", "Points off for each minute of driving."),
    more(
        "weight change slot",
        "policy.weights.change_slot",
        WEIGHT,
        "2000",
        "Points off for a published visit that moves to another slot.",
    ),
    more(
        "weight change driver",
        "policy.weights.change_driver",
        WEIGHT,
        "800",
        "Points off for a published visit that moves to another driver.",
    ),
    more(
        "weight change time",
        "policy.weights.change_time",
        WEIGHT,
        "300",
        "Points off for a published visit whose times move.",
    ),
    more(
        "weight drop published",
        "policy.weights.drop_published",
        WEIGHT,
        "5000",
        "Points off for a published visit that is not met.",
    ),
    more(
        "travel",
        "travel.kind",
        Kind::Choice(&["estimate", "matrix", "straight-line", "osrm", "valhalla"]),
        "estimate",
        "Where driving times come from: estimate (from lat and lon), matrix (the sheet travel) or straight-line.",
    ),
    more("travel minutes factor", "travel.minutes_factor", Kind::Decimal, "", "straight-line: minutes at one km."),
    more("travel minutes power", "travel.minutes_power", Kind::Decimal, "", "straight-line: how minutes grow."),
    more("travel km factor", "travel.km_factor", Kind::Decimal, "", "straight-line: road km at one km."),
    more("travel km power", "travel.km_power", Kind::Decimal, "", "straight-line: how road km grow."),
    more("travel url", "travel.url", Kind::Text, "", "osrm, valhalla: the server's address."),
];
