//! The same problem with its lists in a canonical order, so that a rota does not depend on the order in which they are
//! given.

use visitrota_model::{Problem, Request, Travel};

/// A problem with its lists in an order that depends only on the ids in them and the seed. Different seeds give
/// different orders, and so decide differently between rotas that score the same. The travel source is left out.
pub(crate) fn canonical(problem: &Problem, seed: u64) -> Problem {
    let Problem { format, week, timezone, .. } = *problem;
    let of_ordered_families = |request: &Request| {
        let families = ordered(&request.families, seed, |family| family.as_str());
        Request { families, ..request.clone() }
    };
    let requests: Vec<Request> = problem.requests.iter().map(of_ordered_families).collect();
    Problem {
        format,
        name: problem.name.clone(),
        week,
        timezone,
        policy: problem.policy.clone(),
        travel: Travel::default(),
        prisons: ordered(&problem.prisons, seed, |prison| prison.id.as_str()),
        meeting_points: problem.meeting_points.clone(),
        prisoners: problem.prisoners.clone(),
        slots: ordered(&problem.slots, seed, |slot| slot.id.as_str()),
        volunteers: ordered(&problem.volunteers, seed, |volunteer| volunteer.id.as_str()),
        families: ordered(&problem.families, seed, |family| family.id.as_str()),
        requests: ordered(&requests, seed, |request| request.id.as_str()),
        pairs: problem.pairs.clone(),
        pins: problem.pins.clone(),
        published: problem.published.clone(),
        locked: problem.locked.clone(),
    }
}

fn ordered<T: Clone>(list: &[T], seed: u64, id: impl Fn(&T) -> &str) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_by(|a, b| (shuffle(seed, id(a)), id(a)).cmp(&(shuffle(seed, id(b)), id(b))));
    list
}

/// Where an id stands in the order of a seed; seed 0 leaves the order to the ids themselves.
fn shuffle(seed: u64, id: &str) -> u64 {
    if seed == 0 {
        return 0;
    }
    // FNV-1a, begun at the seed.
    id.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}
