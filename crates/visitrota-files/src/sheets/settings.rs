//! What goes for the week and the scheme as a whole.

use super::spec::{Kind, MINUTES, Spec, column};

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
        "family requires",
        "policy.family_requires",
        Kind::List,
        "none",
        "What every family must hold, such as: consent.",
    ),
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
        "chaperone throughout",
        "policy.chaperone_throughout",
        Kind::YesNo,
        "no",
        "Whether the chaperone is collected before unaccompanied children and leaves the car after them.",
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
    setting(
        "time tolerance min",
        "policy.time_tolerance_min",
        MINUTES,
        "10",
        "How many minutes an announced time may move before it counts as changed.",
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
        "weight change time",
        "policy.weights.change_time",
        WEIGHT,
        "300",
        "Points off for a published visit \
        whose times move.",
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
