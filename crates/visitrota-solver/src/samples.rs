//! Small problems for tests, the same for the same seed.

use visitrota_model::Problem;

#[cfg(feature = "highs")]
use crate::column_generation::{linking_rows::LinkingRows, prices::Prices};

/// Draws random numbers, each below the number given.
pub(crate) fn draws(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |n| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % n
    }
}

/// Two drivers of buses, two slots, and families who share at random distances, which need not obey the triangle
/// inequality.
pub(crate) fn buses(seed: u64, families: usize) -> Problem {
    let mut below = draws(seed);
    let places: Vec<String> =
        ["P", "V", "W"].map(str::to_owned).into_iter().chain((0..families).map(|at| format!("F{at}"))).collect();
    let longest = [3, 20, 60][below(3) as usize];
    let mut table = |longest: u64| -> Vec<Vec<u64>> {
        let mut leg = |from: usize, to: usize| if from == to { 0 } else { below(longest + 1) };
        (0..places.len()).map(|from| (0..places.len()).map(|to| leg(from, to)).collect()).collect()
    };
    let (minutes, metres) = (table(longest), table(9_000));
    let (break_after, break_min) = [(0, 0), (15, 4), (40, 15), (120, 15)][below(4) as usize];
    let mut family = |at: usize| {
        format!(
            r#"{{"id":"F{at}","lat":51.5,"lon":-2.5,"members":[{{"age":30}}],"boarding_min":{},"shares_car":true}}"#,
            below(4) * 3
        )
    };
    let of_families: Vec<String> = (0..families).map(&mut family).collect();
    let mut driver = |id: &str| {
        let max_families = 1 + below(families as u64);
        let limit = if below(3) == 0 { format!(r#","max_km_week":{}"#, 10 + below(60)) } else { String::new() };
        format!(
            r#"{{"id":"{id}","lat":51.5,"lon":-2.5,"roles":["driver"],"car":{{"seats":16}},"max_families":{max_families},
            "max_trips":{},"available":[{{"from":"2026-12-05T00:00","to":"2026-12-07T00:00"}}]{limit}}}"#,
            1 + below(2)
        )
    };
    let drivers = [driver("V"), driver("W")].join(",");
    let mut request = |at: usize| {
        let options = ["S", "T"].map(|slot| format!(r#"{{"slot":"{slot}","rank":{}}}"#, below(3)));
        let options = if below(2) == 0 { options.join(",") } else { options[below(2) as usize].clone() };
        format!(r#"{{"id":"R{at}","family":"F{at}","weeks_waiting":{},"options":[{options}]}}"#, below(6))
    };
    let requests: Vec<String> = (0..families).map(&mut request).collect();
    let json = format!(
        r#"{{"format":"visitrota/1","week":{{"from":"2026-12-05","to":"2026-12-06"}},
        "policy":{{"break_after_min":{break_after},"break_min":{break_min},"detour_min":{},"driver_requires":[]}},
        "travel":{{"kind":"matrix","places":{places:?},"minutes":{minutes:?},"metres":{metres:?}}},
        "prisons":[{{"id":"P","name":"P","lat":51.5,"lon":-2.5}}],
        "slots":[{{"id":"S","prison":"P","start":"2026-12-05T12:00","end":"2026-12-05T13:00"}},
        {{"id":"T","prison":"P","start":"2026-12-06T12:00","end":"2026-12-06T13:00"}}],
        "volunteers":[{drivers}],"families":[{}],"requests":[{}]}}"#,
        [10, 40, 300][below(3) as usize],
        of_families.join(","),
        requests.join(",")
    );
    Problem::from_json(json.as_bytes()).expect("a problem")
}

/// One of the kinds of problem above and below, by the seed.
#[cfg(feature = "highs")]
pub(crate) fn of_any_kind(seed: u64, families: usize) -> Problem {
    match seed % 4 {
        0 | 2 => buses(seed, families),
        1 => mixed(seed, families),
        _ => rich(seed, families),
    }
}

/// Cars, drivers who also chaperone, and families of whom some have no adult: three slots on two dates, some with few
/// tables; limits on kilometres, driving, duty and rides; breaks; usual volunteers, and families who keep apart.
/// Distances are random, and need not obey the triangle inequality.
#[cfg(feature = "highs")]
pub(crate) fn mixed(seed: u64, families: usize) -> Problem {
    let mut below = draws(seed ^ 0x31c5);
    let places: Vec<String> = ["P", "V", "W", "B", "C"]
        .map(str::to_owned)
        .into_iter()
        .chain((0..families).map(|at| format!("F{at}")))
        .collect();
    let longest = [5, 20, 60][below(3) as usize];
    let mut table = |most: u64| -> Vec<Vec<u64>> {
        let mut leg = |from: usize, to: usize| if from == to { 0 } else { below(most + 1) };
        (0..places.len()).map(|from| (0..places.len()).map(|to| leg(from, to)).collect()).collect()
    };
    let (minutes, metres) = (table(longest), table(9_000));
    let (break_after, break_min) = [(0, 0), (15, 4), (40, 15), (120, 15)][below(4) as usize];
    let children_alone = ["chaperone", "chaperone", "chaperone", "driver"][below(4) as usize];
    let mut family = |at: usize| {
        let members = [r#"{"age":30}"#, r#"{"age":30},{"age":12}"#, r#"{"age":15}"#][below(3) as usize];
        let ride = if below(4) == 0 { format!(r#","max_ride_min":{}"#, 20 + below(100)) } else { String::new() };
        let (boarding, shares) = (below(4) * 3, below(6) > 0);
        format!(
            r#"{{"id":"F{at}","lat":51.5,"lon":-2.5,"members":[{members}],"boarding_min":{boarding},
            "shares_car":{shares}{ride}}}"#
        )
    };
    let of_families: Vec<String> = (0..families).map(&mut family).collect();
    let mut limit = |field: &str, least: u64, range: u64| {
        if below(3) == 0 { format!(r#","{field}":{}"#, least + below(range)) } else { String::new() }
    };
    let limits: Vec<String> = (0..4)
        .map(|_| {
            let km = limit("max_km_week", 10, 60);
            let duty = limit("max_duty_min", 120, 240);
            km + &duty + &limit("max_driving_min", 40, 160)
        })
        .collect();
    let mut volunteer = |id: &str, roles: &str, limits: &str| {
        let car = if roles.contains("driver") {
            format!(r#","car":{{"seats":{}}}{limits}"#, 3 + below(4))
        } else {
            String::new()
        };
        let (max_families, max_trips, a_day) = (1 + below(3), 1 + below(3), 1 + below(2));
        format!(
            r#"{{"id":"{id}","lat":51.5,"lon":-2.5,"roles":[{roles}],"max_families":{max_families},
            "max_trips":{max_trips},"max_trips_per_day":{a_day},"recent_trips":{},
            "available":[{{"from":"2026-12-05T0{}:00","to":"2026-12-07T00:00"}}]{car}}}"#,
            below(2),
            below(10)
        )
    };
    let volunteers = [
        volunteer("V", r#""driver""#, &limits[0]),
        volunteer("W", r#""driver""#, &limits[1]),
        volunteer("B", r#""driver","chaperone""#, &limits[2]),
        volunteer("C", r#""chaperone""#, &limits[3]),
    ]
    .join(",");
    let mut request = |at: usize, of: usize| {
        let mut options: Vec<String> =
            ["S", "T", "U"].map(|slot| format!(r#"{{"slot":"{slot}","rank":{}}}"#, below(3))).into();
        while options.len() > 1 && below(2) == 0 {
            options.remove(below(options.len() as u64) as usize);
        }
        format!(r#"{{"id":"R{at}","family":"F{of}","weeks_waiting":{},"options":[{}]}}"#, below(6), options.join(","))
    };
    let mut requests: Vec<String> = (0..families).map(|at| request(at, at)).collect();
    // A family that asks twice.
    requests.push(request(families, 0));
    let mut tables = || if below(2) == 0 { format!(r#","tables":{}"#, 1 + below(3)) } else { String::new() };
    let slots = [("S", "05T12:00", "05T13:00"), ("T", "05T14:30", "05T15:15"), ("U", "06T12:00", "06T13:00")]
        .map(|(id, start, end)| {
            let tables = tables();
            format!(r#"{{"id":"{id}","prison":"P","start":"2026-12-{start}","end":"2026-12-{end}"{tables}}}"#)
        })
        .join(",");
    let (detour, usual, apart) = ([10, 40, 300][below(3) as usize], ["V", "B", "C"][below(3) as usize], below(2));
    let apart = if apart == 0 { r#",{"a":"F0","b":"F1","rule":"never-same-slot"}"# } else { "" };
    let weights = format!(
        r#"{{"load":{},"drive_min":{},"new_volunteer":{}}}"#,
        [0, 300, 2_000][below(3) as usize],
        below(20),
        below(3) * 400
    );
    let json = format!(
        r#"{{"format":"visitrota/1","week":{{"from":"2026-12-05","to":"2026-12-06"}},
        "policy":{{"break_after_min":{break_after},"break_min":{break_min},"detour_min":{detour},
        "children_alone":"{children_alone}","driver_requires":[],"chaperone_requires":[],"child_only_requires":[],
        "weights":{weights}}},
        "travel":{{"kind":"matrix","places":{places:?},"minutes":{minutes:?},"metres":{metres:?}}},
        "prisons":[{{"id":"P","name":"P","lat":51.5,"lon":-2.5}}],
        "slots":[{slots}],"volunteers":[{volunteers}],"families":[{}],"requests":[{}],
        "pairs":[{{"a":"F1","b":"{usual}","rule":"usual"}}{apart}]}}"#,
        of_families.join(","),
        requests.join(",")
    );
    Problem::from_json(json.as_bytes()).expect("a problem")
}

/// Prices of the linking rows, each as drawn; 0 for rows that only one driver uses.
#[cfg(feature = "highs")]
pub(crate) fn random_prices(rows: &LinkingRows, mut draw: impl FnMut() -> u64) -> Prices {
    Prices(rows.rows.iter().map(|row| if row.one_driver { 0 } else { draw() as i64 }).collect())
}

/// A problem of the kind above with visits of several families, prisoners of few visits, meeting points, promises with
/// times, hours, and chaperones who ride throughout.
#[cfg(feature = "highs")]
fn rich(seed: u64, families: usize) -> Problem {
    use visitrota_model::{Hours, MeetingPlace, MeetingPoint, Prisoner, Published, TimeOfDay, TravelSource, WallTime};

    let mut below = draws(seed ^ 0x71c4);
    let mut problem = mixed(seed, families);
    let join = |problem: &mut Problem, first: usize, second: usize| {
        if problem.requests.len() > second && first < second {
            let joined = problem.requests.remove(second);
            let of = &mut problem.requests[first].families;
            of.extend(joined.families);
            of.sort_unstable();
            of.dedup();
        }
    };
    for _ in 0..2 {
        let (first, second) = (below(families as u64) as usize, below(families as u64) as usize);
        let apart = ["F0", "F1"].map(visitrota_model::FamilyId::from);
        let ours = [first, second].map(|at| problem.requests.get(at).map(|request| request.families.clone()));
        let both: Vec<_> = ours.into_iter().flatten().flatten().collect();
        if !apart.iter().all(|family| both.contains(family)) {
            join(&mut problem, first, second);
        }
    }
    problem.prisoners = ["X", "Y"]
        .map(|id| {
            let mut prisoner = Prisoner::new(id, "P");
            prisoner.visits = (below(2) == 0).then(|| 1 + below(2) as u32);
            prisoner
        })
        .to_vec();
    for request in &mut problem.requests {
        request.prisoner = [None, Some("X".into()), Some("Y".into())][below(3) as usize].clone();
    }
    if let TravelSource::Matrix { places, minutes, metres } = &mut problem.travel.source {
        let near = 5 + below(families as u64) as usize;
        places.push("M".into());
        for table in [minutes, metres] {
            table.iter_mut().for_each(|row| row.push(row[near] + 1));
            let mut row = table[near].clone();
            row[near] = 1;
            table.push(row);
        }
    }
    let (lat, lon) = (Some(51.5), Some(-2.5));
    let mut point = MeetingPoint::new("M");
    (point.lat, point.lon) = (lat, lon);
    problem.meeting_points = vec![point];
    for family in &mut problem.families {
        family.pickup = (below(4) == 0).then(|| MeetingPlace::Point("M".into()));
    }
    for request in &mut problem.requests {
        request.dropoff = (below(6) == 0).then(|| MeetingPlace::Point("M".into()));
        if let Some(option) = request.options.first_mut() {
            option.pickup = [None, None, Some(MeetingPlace::Home), Some(MeetingPlace::Point("M".into()))]
                [below(4) as usize]
                .clone();
        }
    }
    let clock =
        |date: u8, hour: u64, minute: u64| format!("2026-12-0{date}T{hour}:{minute:02}").parse::<WallTime>().ok();
    for request in &problem.requests {
        for family in &request.families {
            if below(2) == 0 {
                continue;
            }
            let slot = request.options[below(request.options.len() as u64) as usize].slot.clone();
            let date = if slot.as_str() == "U" { 6 } else { 5 };
            let driver = ["V", "W", "B"][below(3) as usize];
            let chaperone = (below(4) == 0).then(|| ["B", "C"][below(2) as usize].into());
            let pickup = clock(date, 10 + below(2), below(60));
            let home = clock(date, 13 + below(3), below(60)).filter(|_| below(2) == 0);
            let mut published = Published::new(request.id.clone(), slot, driver);
            (published.chaperone, published.family) = (chaperone, Some(family.clone()));
            (published.pickup, published.home) = (pickup, home);
            problem.published.push(published);
        }
    }
    problem.policy.chaperone_throughout = below(2) == 0;
    problem.policy.time_tolerance_min = below(12) as u32;
    problem.policy.weights.change_time = [300, 3_000][below(2) as usize];
    if below(3) == 0
        && let (Some(from), Some(to)) = (TimeOfDay::new(9 * 60), TimeOfDay::new(16 * 60))
    {
        problem.policy.volunteer_hours = Some(Hours::new(from, to));
    }
    problem
}
