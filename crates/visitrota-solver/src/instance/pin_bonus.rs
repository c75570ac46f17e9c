//! Pins as points, for the parts of the solver that may leave a pinned request out on the way (§5.4).

use visitrota_model::Policy;

use super::facts::{Instance, RequestFacts, VolunteerFacts};
use super::index::RequestIx;

impl Instance<'_> {
    /// Points added to a pinned request, more than leaving it out can gain. A rota that keeps all pins is then better
    /// than any that does not.
    pub(crate) fn pin_bonus(&self, request: RequestIx) -> i64 {
        if self.requests[request.at()].pin.is_some() { self.pin_bonus_points } else { 0 }
    }
}

/// More points than any two rotas differ by.
pub(super) fn larger_than_any_difference(
    policy: &Policy,
    requests: &[RequestFacts],
    volunteers: &[VolunteerFacts],
) -> i64 {
    /// No trip is longer: eleven days each way.
    const MAX_TRIP_MIN: i64 = 2 * 11 * 24 * 60;
    let weights = &policy.weights;
    let points = |request: &RequestFacts| {
        let largest = request.options.iter().map(|option| option.points.abs()).max().unwrap_or(0);
        let changes = i64::try_from(request.announced.len()).unwrap_or(i64::MAX);
        largest + i64::from(weights.new_volunteer) + i64::from(weights.change_driver) * changes
    };
    let pins = requests.iter().filter(|request| request.pin.is_some()).count();
    let largest_load = (volunteers.iter())
        .map(|facts| i64::from(facts.recent_trips) + i64::try_from(2 * pins).unwrap_or(i64::MAX))
        .max()
        .unwrap_or(0);
    let a_trip = i64::from(weights.drive_min) * MAX_TRIP_MIN + 2 * i64::from(weights.load) * largest_load;
    requests.iter().map(points).sum::<i64>() + a_trip * i64::try_from(pins).unwrap_or(i64::MAX) + 1
}
