//! Who: volunteers, families and prisoners, and when they are free.

use super::spec::{
    AGE, COUNT, DROPOFF, HOLDS, Kind, LANGUAGE, LAT, LON, MINUTES, NAME, NOTES, PHONE, PICKUP, POSTCODE, Spec, column,
};

const ROLES: &[&str] = &["driver", "chaperone"];

pub(crate) const VOLUNTEERS: Spec = Spec {
    name: "volunteers",
    also: &["volunteer", "drivers"],
    note: "Drivers and chaperones.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        PHONE,
        LANGUAGE,
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
        HOLDS.saying(
            "Checks, permissions and skills, with the date each expires, if it does: dbs until 14/3/2028, licence.",
        ),
        column(
            "recent trips",
            "recent_trips",
            Kind::Whole { least: 0, most: 100_000 },
            "Trips made in recent weeks, for fairness.",
        )
        .or("0"),
        NOTES,
    ],
    examples: &[
        &[
            "example V1",
            "Ann Fellgate",
            "07700 900123",
            "",
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
            "",
        ],
        &[
            "example V2",
            "Cath Lindow",
            "07700 900456",
            "cy",
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
            "Ring before nine.",
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
        &["example V1", "every Fri", "10:00", "20:00"],
        &["example V1", "weekend", "07:00", "19:00"],
        &["example V1", "not Sat 12 Dec", "", ""],
        &["example V2", "2026-12-13", "06:30", "18:00"],
    ],
};

pub(crate) const FAMILIES: Spec = Spec {
    name: "families",
    also: &["family"],
    note: "The families that visit. List who visits here, in adults and children, or on the sheet people.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        PHONE,
        LANGUAGE,
        POSTCODE,
        LAT,
        LON,
        column("adults", "", Kind::Whole { least: 0, most: 50 }, "How many adults (18 or over) visit.")
            .also(&["number of adults"]),
        column("children's ages", "", Kind::Ages, "The age of each child that visits, such as: 6, 3.").also(&[
            "children",
            "ages of children",
            "childrens ages",
            "child ages",
        ]),
        column("shares car", "shares_car", Kind::YesNo, "Whether it will share the car with other families.").or("no"),
        column("boarding min", "boarding_min", MINUTES, "Minutes the car waits where it is met.").or("5"),
        column("max ride min", "max_ride_min", MINUTES, "The longest ride in minutes; empty = as the settings say."),
        PICKUP,
        DROPOFF,
        column(
            "consent",
            "",
            Kind::Text,
            "Whether there is consent: yes, no, or the date until which. It is what the setting family requires asks for.",
        ),
        HOLDS.saying("What else the family holds, with the date each expires, if it does: on the contact list."),
        column("needs", "needs", Kind::List, "What a driver must hold to take it, such as: female-driver."),
        NOTES,
    ],
    examples: &[
        &[
            "example F1",
            "Adair",
            "07700 900789",
            "",
            "AC2 4GH",
            "",
            "",
            "1",
            "6, 3",
            "yes",
            "",
            "",
            "SCHOOL",
            "",
            "31/3/2027",
            "",
            "",
            "The blue door.",
        ],
        &["example F2", "Brandreth", "", "", "AC2 6KL", "", "", "", "", "no", "10", "", "", "", "yes", "", "", ""],
        &["example F3", "Corrigan", "", "", "AC2 4GH", "", "", "1", "", "yes", "", "", "", "", "yes", "", "", ""],
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
    examples: &[&["example F2", "9", "", "", ""], &["example F2", "1", "infant", "yes", ""]],
};

pub(crate) const PRISONERS: Spec = Spec {
    name: "prisoners",
    also: &["prisoner", "residents"],
    note: "Who is visited, where it matters: no two visits to one prisoner at the same time, nor more than are left.",
    columns: &[
        column("id", "id", Kind::Id, "A short name, used on other sheets.").needed(),
        NAME,
        column("prison", "prison", Kind::Ref("prisons"), "Which prison. May be empty if there is only one."),
        column("visits", "visits", COUNT, "How many visits are left in this week; empty = no limit.")
            .also(&["visits left"]),
    ],
    examples: &[&["example P1", "", "ASH", "2"]],
};
