//! What is asked for, what is settled already, and rides.

use crate::cell::plain;

use super::spec::{COUNT, DROPOFF, Kind, PICKUP, Spec, column};

pub(crate) const REQUESTS: Spec = Spec {
    name: "requests",
    also: &["request"],
    note: "The visits asked for, one per row.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        column(
            "family",
            "families",
            Kind::Refs("families"),
            "Who asks. Several households that visit together: F1; F2.",
        )
        .needed()
        .also(&["families"]),
        column(
            "slots",
            "options",
            Kind::Options,
            "The slots that suit, first choice first: sat, sun-family. With other meeting places for one of them: \
            sat (from SCHOOL to home).",
        )
        .also(&["slot", "options", "choices"]),
        column("prisoner", "prisoner", Kind::Ref("prisoners"), "Who is visited; empty = not told."),
        PICKUP.saying("Where they are collected for this visit: home, or a meeting point; empty = as usual."),
        DROPOFF.saying("Where they are brought back to after it: home, or a meeting point; empty = as usual."),
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
    examples: &[
        &["example R1", "F1", "fri, sun-family (from home)", "P1", "", "", "3", ""],
        &["example R2", "F2; F3", "sun-family", "", "", "", "", ""],
    ],
};

pub(crate) const PAIRS: Spec = Spec {
    name: "pairs",
    also: &["pair"],
    note: "Who should ride together, and who must be kept apart.",
    columns: &[
        column("a", "a", Kind::Ref("families"), "A family, a volunteer or a prisoner.").needed().also(&["one", "first"]),
        column("b", "b", Kind::Ref("volunteers"), "The other.").needed().also(&["other", "second"]),
        column(
            "rule",
            "rule",
            Kind::Choice(&["usual", "never", "never-same-slot"]),
            "usual: the volunteer usually takes the family; never: not in the same trip; never-same-slot: two families, or \
            two prisoners, not in the same slot.",
        )
        .needed(),
    ],
    examples: &[&["example F1", "V1", "usual"]],
};

pub(crate) const PINS: Spec = Spec {
    name: "pins",
    also: &["pin", "pinned", "fixed"],
    note: "What the rota must do: serve a request, in this slot and with this driver if they are given.",
    columns: &[
        column("request", "request", Kind::Ref("requests"), "Which request.").needed(),
        column("slot", "slot", Kind::Ref("slots"), "The slot it must have; empty = any."),
        column("driver", "driver", Kind::Ref("volunteers"), "The driver it must have; empty = any."),
        column(
            "family",
            "family",
            Kind::Ref("families"),
            "If several families visit together: whose driver it is; empty = everyone's.",
        ),
    ],
    examples: &[&["example R1", "fri", "", ""]],
};

pub(crate) const PUBLISHED: Spec = Spec {
    name: "published",
    also: &["announced"],
    note: "What families have already been told, one row per family and visit. Moving a visit costs points.",
    columns: &[
        column("request", "request", Kind::Ref("requests"), "Which request.").needed(),
        column("slot", "slot", Kind::Ref("slots"), "The slot announced.").needed(),
        column("driver", "driver", Kind::Ref("volunteers"), "The driver announced.").needed(),
        column("chaperone", "chaperone", Kind::Ref("volunteers"), "The chaperone announced; empty = none was named."),
        column(
            "family",
            "family",
            Kind::Ref("families"),
            "Whose ride it is. May be empty if only one family makes the visit.",
        ),
        column(
            "pickup",
            "pickup",
            Kind::Time,
            "When the car was to collect them, such as 12:10; empty = no time was told.",
        ),
        column("home", "home", Kind::Time, "When it was to bring them back, such as 16:20; empty = no time was told."),
    ],
    examples: &[&["example R1", "fri", "V1", "", "", "12:40", "16:00"]],
};

/// The stops that a trip may have, as the rota document calls them.
const STOPS: &[&str] = &["leave", "pickup", "gate", "dropoff", "home"];
/// More metres than any car drives, and yet a whole number in every spreadsheet.
const METRES: Kind = Kind::Whole { least: 0, most: 1 << 53 };

pub(crate) const LOCKED: Spec = Spec {
    name: "locked",
    also: &["locked trips"],
    note: "Trips that stand as they are: done, under way, or not to be touched. One row per stop, in order of time.",
    columns: &[
        column("trip", "", Kind::Text, "A number for each trip, on each of its rows.").needed(),
        column(
            "driver",
            "driver",
            Kind::Ref("volunteers"),
            "Who drives. This and what follows up to metres: on one row of the trip.",
        ),
        column("chaperone", "chaperone", Kind::Ref("volunteers"), "The second adult who rides, if any."),
        column("slot", "slot", Kind::Ref("slots"), "The visiting slot."),
        column("requests", "requests", Kind::Refs("requests"), "The requests that it serves: R1; R2.")
            .also(&["request"]),
        column("drive min", "drive_min", COUNT, "Minutes of driving; empty = those of its rows together."),
        column("metres", "metres", METRES, "Metres driven; empty = those of its rows together."),
        column("stop", "stops.kind", Kind::Choice(STOPS), "What happens there: leave, pickup, gate, dropoff or home."),
        column("place", "stops.place", Kind::Text, "Whose stop it is: the id of a volunteer, a family or a prison."),
        column(
            "at",
            "stops.at",
            Kind::Ref("meeting points"),
            "The meeting point where it is; empty = at home, or the gate.",
        ),
        column("arrive", "stops.arrive", Kind::Time, "When the car gets there; empty where it sets out."),
        column("depart", "stops.depart", Kind::Time, "When it leaves; empty where the trip ends."),
        column("leg min", "stops.leg_min", COUNT, "Minutes of driving from the stop before."),
        column("leg metres", "stops.leg_metres", COUNT, "Metres from the stop before."),
    ],
    examples: &[],
};
/// A rota made by hand. It is no sheet of a problem; that of a rota's own workbook reads as well.
pub(crate) const RIDES: Spec = Spec {
    name: "rides",
    also: &["ride", "rota"],
    note: "Who drives whom: one row per family and slot, with the columns driver, slot and request or family.",
    columns: &[
        column("driver", "", Kind::Ref("volunteers"), "Who drives.").needed(),
        column("slot", "", Kind::Ref("slots"), "The visiting slot.").needed(),
        column("request", "", Kind::Ref("requests"), "Which request. May be empty if the family has only one."),
        column(
            "family",
            "",
            Kind::Ref("families"),
            "Who rides. If several families make the visit: empty = all of them.",
        ),
        column("chaperone", "", Kind::Ref("volunteers"), "The second adult who rides, if any."),
        column("trip", "", Kind::Text, "Numbers the trips if one driver makes several to one slot."),
        column("driver name", "", Kind::Text, "For people to read. It must be the driver's."),
        column("chaperone name", "", Kind::Text, "For people to read. It must be the chaperone's."),
        column("family name", "", Kind::Text, "For people to read. It must be the family's."),
    ],
    examples: &[],
};

/// What a report's own table of rides has besides: it follows from the rota, and is not read.
const OF_A_REPORT: [&str; 19] = [
    "date",
    "prison",
    "prison name",
    "picked up",
    "picked up at",
    "picked up at name",
    "at gate",
    "visit from",
    "visit to",
    "home",
    "brought back to",
    "brought back to name",
    "children",
    "adults",
    "infant seats",
    "harness seats",
    "boosters",
    "own seats",
    "wheelchairs",
];

/// Whether a column is one of those that a report writes for people to read.
pub(crate) fn is_of_a_report(spec: &Spec, heading: &str) -> bool {
    spec.name == RIDES.name && OF_A_REPORT.iter().any(|of_report| plain(of_report) == plain(heading))
}
