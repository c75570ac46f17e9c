//! Other places where a request's families could be met.

use visitrota_model::{Change, MeetingPlace, MeetingPoint, PlaceId, SlotId, Way};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::case::Case;

/// Changes that have the families of a request met elsewhere for a slot, outward, on the return or both: at home, where
/// they are met at a meeting point now, or at one of the meeting points nearest to where they are met.
pub(super) fn meetings(case: &Case, travel: &TravelTable, slot: &SlotId) -> Vec<Vec<Change>> {
    let each = [Way::Out, Way::Back].map(|way| elsewhere(case, travel, slot, way));
    let meet = |way, at: &MeetingPlace| Change::Meet {
        request: case.request.clone(),
        slot: Some(slot.clone()),
        way,
        at: at.clone(),
    };
    let [out, back] = &each;
    let one_way = out.iter().map(|at| vec![meet(Way::Out, at)]).chain(back.iter().map(|at| vec![meet(Way::Back, at)]));
    let both = out.iter().filter(|at| back.contains(at)).map(|at| vec![meet(Way::Out, at), meet(Way::Back, at)]);
    one_way.chain(both).collect()
}

/// Where else the families could be met on one way.
fn elsewhere(case: &Case, travel: &TravelTable, slot: &SlotId, way: Way) -> Vec<MeetingPlace> {
    /// The most meeting points that are tried.
    const POINTS: usize = 3;
    let Some(request) = case.asked() else { return Vec::new() };
    let families = || case.problem.families.iter().filter(|family| request.families.contains(&family.id));
    let met = || families().map(|family| request.meeting_place(request.option(slot), family, way));
    let known = |place: &PlaceId| travel.place(place).is_some();
    let mut places = Vec::new();
    if met().any(|place| place.point().is_some()) && families().all(|family| known(&family.id.place())) {
        places.push(MeetingPlace::Home);
    }
    let now: Vec<PlaceIndex> = families()
        .filter_map(|family| travel.place(&request.meeting_place(request.option(slot), family, way).place(&family.id)))
        .collect();
    let minutes_to = |point: &MeetingPoint| {
        let place = travel.place(&point.id.place())?;
        let minutes = now.iter().map(|&now| match way {
            Way::Out => travel.leg(now, place).minutes,
            Way::Back => travel.leg(place, now).minutes,
        });
        minutes.max()
    };
    let is_new = |point: &&MeetingPoint| met().any(|place| place.point() != Some(&point.id));
    let points = case.problem.meeting_points.iter().filter(is_new);
    let mut points: Vec<_> = points.filter_map(|point| Some((minutes_to(point)?, point))).collect();
    points.sort_by_key(|(minutes, _)| *minutes);
    places.extend(points.into_iter().take(POINTS).map(|(_, point)| MeetingPlace::Point(point.id.clone())));
    places
}
