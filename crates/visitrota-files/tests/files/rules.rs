//! Sheets of what makes a week more than families and slots: where families are met, whom they visit, households that
//! visit together, hours, promises, trips that stand.

use visitrota_model::{MeetingPlace, Problem};

use crate::reading::Sheets;
use crate::{findings, told};

/// A sound week with two households that visit one prisoner.
fn joint() -> Sheets {
    Sheets::sound()
        .with("meeting points", "ID;Name;Lat;Lon\nSCHOOL;Fellgate Primary;51,56;-2,57\n")
        .with("prisoners", "id,visits left\nP1,1\nP2,\n")
        .with(
            "families",
            "id,lat,lon,adults,children,Pick-up,drop off,holds\nF1,51.55,-2.6,1,6,SCHOOL,At home,\"consent until \
             31/3/2027, listed\"\nF2,51.57,-2.55,1,,,,consent\n",
        )
        .with(
            "requests",
            "id,families,slots,prisoner,pickup,dropoff\nR1,F1 ; F2,\"sat (from home), sun (3 to SCHOOL)\",P1,,SCHOOL\n",
        )
}

fn place(given: Option<&MeetingPlace>) -> &str {
    given.map_or("as usual", |place| place.point().map_or(MeetingPlace::HOME, |point| point.as_str()))
}

#[test]
fn households_and_where_they_are_met() {
    let problem = joint().read(None).into_problem().unwrap_or_else(|found| panic!("{}", told(&found)));
    assert_eq!(problem.meeting_points[0].lat, Some(51.56));
    let [one, other] = &problem.prisoners[..] else { panic!("two prisoners") };
    assert_eq!((one.prison.as_str(), one.visits, other.visits), ("EWI", Some(1), None));
    let family = &problem.families[0];
    assert_eq!((place(family.pickup.as_ref()), place(family.dropoff.as_ref())), ("SCHOOL", "home"));
    let holds: Vec<_> = family.holds.iter().map(|hold| (hold.what.as_str(), hold.until.is_some())).collect();
    assert_eq!(holds, [("consent", true), ("listed", false)]);
    let request = &problem.requests[0];
    let families: Vec<_> = request.families.iter().map(|family| family.as_str()).collect();
    assert_eq!((families, request.prisoner.as_ref().map(|id| id.as_str())), (vec!["F1", "F2"], Some("P1")));
    assert_eq!((place(request.pickup.as_ref()), place(request.dropoff.as_ref())), ("as usual", "SCHOOL"));
    let met = |n: usize| (place(request.options[n].pickup.as_ref()), place(request.options[n].dropoff.as_ref()));
    assert_eq!((met(0), met(1), request.options[1].rank), (("home", "as usual"), ("as usual", "SCHOOL"), 3));
}

#[test]
fn families_stand_in_one_cell_like_any_list() {
    let families = |cell: &str| {
        let text = format!("id,family,slots\nR1,{cell},sat\n");
        let problem = joint().with("requests", text).read(None).into_problem().expect("a problem");
        problem.requests[0].families.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    for cell in ["F1;F2", "\"F1, F2\"", "\"F1\nF2\""] {
        assert_eq!(families(cell), ["F1", "F2"], "{cell}");
    }
    assert_eq!(families("F2"), ["F2"]);
}

/// What the settings make of a policy.
fn policy(rows: &str) -> Problem {
    let text = format!("setting,value\nweek from,30/11/2026\n{rows}");
    Sheets::sound().with("settings", text).problem()
}

#[test]
fn the_hours_and_rules_of_a_scheme() {
    let policy = policy(
        "Volunteer hours,6.30am to 9pm\nfamily_hours,07:00–20:00\nfamily requires,consent\nchaperone throughout,Yes\n\
         time tolerance min,5\nweight change time,50\n",
    )
    .policy;
    let shown = |hours: Option<visitrota_model::Hours>| hours.map(|hours| format!("{} {}", hours.from, hours.to));
    assert_eq!(shown(policy.volunteer_hours).as_deref(), Some("06:30 21:00"));
    assert_eq!(shown(policy.family_hours).as_deref(), Some("07:00 20:00"));
    assert!(policy.chaperone_throughout && policy.family_requires == ["consent"]);
    assert_eq!((policy.time_tolerance_min, policy.weights.change_time), (5, 50));
}

#[test]
fn no_hours_are_all_hours() {
    let policy = policy("volunteer hours,\nfamily hours,none\n").policy;
    assert_eq!((policy.volunteer_hours, policy.family_hours), (None, None));
}

#[test]
fn announced_times_are_on_the_date_of_the_slot() {
    let rows = "request,slot,driver,chaperone,family,pickup,home\nR1,sat,V1,V2,F1,12.10,4pm\n\
                R1,sun,V1,,F2,6/12/2026 08:10,24:00\nR1,mon,V1,,,7 Dec 2026 09:00,\n";
    let document = joint().with("published", rows).read(None);
    let problem = document.problem().unwrap_or_else(|| panic!("{}", told(&findings(&document))));
    let times = problem.published.iter().map(|entry| {
        let shown = |time: Option<visitrota_model::WallTime>| time.map(|time| time.to_string()).unwrap_or_default();
        [shown(entry.pickup), shown(entry.home)]
    });
    assert_eq!(
        times.collect::<Vec<_>>(),
        [["2026-12-05T12:10", "2026-12-05T16:00"], ["2026-12-06T08:10", "2026-12-07T00:00"], ["2026-12-07T09:00", ""]]
    );
    assert_eq!(problem.published[0].chaperone.as_ref().map(|id| id.as_str()), Some("V2"));
    assert_eq!(problem.published[1].family.as_ref().map(|id| id.as_str()), Some("F2"));
}

#[test]
fn an_announced_time_of_a_slot_that_is_gone_is_ignored_with_a_warning() {
    let document = Sheets::sound().with("published", "request,slot,driver,home\nR1,mon,V1,16:00\n").read(None);
    let found = document.findings(Vec::new());
    let [finding] = &found[..] else { panic!("{}", told(&found)) };
    assert!(!finding.is_error() && finding.path == "published.csv row 2, column \"home\"", "{finding}");
    assert_eq!(document.problem().expect("a problem").published[0].home, None);
}

const LOCKED: &str = "\
trip,driver,slot,requests,stop,place,at,arrive,depart,leg min,leg metres
a,V1,sat,R1,leave,V1,,,12:10,,
b,V1,sun,\"R1; R2\",,,,,,,
a,,,,pickup,F1,SCHOOL,12:20,12:25,10,5000
a,V1,sat,R1,gate,EWI,,13:15,15:15,50,40000
a,,,,dropoff,F1,,16:05,16:10,50,40000
a,,,,home,V1,,16:20,,10,5000
";

#[test]
fn trips_that_stand_have_a_row_for_each_stop() {
    let document = joint().with("locked", LOCKED).read(None);
    let problem = document.problem().unwrap_or_else(|| panic!("{}", told(&findings(&document))));
    let [one, other] = &problem.locked[..] else { panic!("two trips") };
    assert_eq!((one.drive_min, one.metres, one.stops.len()), (120, 90_000, 5), "what the legs add up to");
    let stop = &one.stops[1];
    assert_eq!(stop.at.as_ref().map(|point| point.as_str()), Some("SCHOOL"));
    assert_eq!(stop.arrive.map(|time| time.to_string()).as_deref(), Some("2026-12-05T12:20"));
    let requests: Vec<_> = other.requests.iter().map(|id| id.as_str()).collect();
    assert_eq!((other.slot.as_str(), requests, other.stops.len()), ("sun", vec!["R1", "R2"], 0));
}
