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

/// Random prices of the linking rows.
#[cfg(feature = "highs")]
pub(crate) fn random_prices(rows: &LinkingRows, mut draw: impl FnMut() -> u64) -> Prices {
    Prices(rows.rows.iter().map(|row| if row.one_driver { 0 } else { draw() as i64 }).collect())
}
