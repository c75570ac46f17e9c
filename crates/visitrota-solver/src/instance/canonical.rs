//! The same problem with its lists in a canonical order, so that a rota does not depend on the order in which they are
//! given.

use visitrota_model::{Problem, Request};

/// A problem with its lists in an order that depends only on the ids in them and the seed. Different seeds give
/// different orders, and so decide differently between rotas that score the same. The travel source is left out.
pub(crate) fn canonical(problem: &Problem, seed: u64) -> Problem {
    let of_ordered_families = |request: &Request| {
        let mut request = request.clone();
        request.families = ordered(&request.families, seed, |family| family.as_str());
        request
    };
    let requests: Vec<Request> = problem.requests.iter().map(of_ordered_families).collect();
    let mut canonical = Problem::new(problem.week);
    canonical.name = problem.name.clone();
    canonical.timezone = problem.timezone;
    canonical.policy = problem.policy.clone();
    canonical.prisons = ordered(&problem.prisons, seed, |prison| prison.id.as_str());
    canonical.meeting_points = problem.meeting_points.clone();
    canonical.prisoners = problem.prisoners.clone();
    canonical.slots = ordered(&problem.slots, seed, |slot| slot.id.as_str());
    canonical.volunteers = ordered(&problem.volunteers, seed, |volunteer| volunteer.id.as_str());
    canonical.families = ordered(&problem.families, seed, |family| family.id.as_str());
    canonical.requests = ordered(&requests, seed, |request| request.id.as_str());
    canonical.pairs = problem.pairs.clone();
    canonical.pins = problem.pins.clone();
    canonical.published = problem.published.clone();
    canonical.locked = problem.locked.clone();
    canonical
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
