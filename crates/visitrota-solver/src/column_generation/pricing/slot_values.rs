//! The parts of a trip's reduced cost at a slot, at given prices, and the reduced cost required of each driver's trips.

use std::cmp::Reverse;

use super::groups::{Group, Groups};
use super::query::PricingQuery;
use super::slot::{ChaperoneAccess, DriverAccess, SlotAccess};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::mileage::{NEVER, StepFunction};
use crate::column_generation::prices::Prices;
use crate::instance::index::{RideIx, VolunteerIx};
use crate::instance::{Instance, Load};
use crate::trip::Trip;

/// What trips to a slot earn at given prices, and what they are required to earn.
///
/// The reduced cost of a trip is the value of its rides, less what their cuts cost, less the cost of driving, of the
/// driver and of a chaperone.
pub(super) struct SlotValues<'a> {
    pub(super) instance: &'a Instance<'a>,
    pub(super) rows: &'a LinkingRows,
    pub(super) prices: &'a Prices,
    pub(super) access: &'a SlotAccess,
    /// The value of each ride at the prices, cuts not counted.
    pub(super) ride_values: Vec<i64>,
    /// For each ride, the units that it adds to the sums that cuts with a price are made from.
    pub(super) cut_units: Vec<Vec<(u32, u32)>>,
    /// The rides, the most valuable first.
    pub(super) by_value: Vec<usize>,
    /// For each driver, the value required of a group before driving and a chaperone: the required reduced cost and the
    /// driver's own cost.
    pub(super) required: Vec<i64>,
    /// For each driver, what a trip costs at the prices and in load.
    pub(super) driver_costs: Vec<i64>,
    /// For drivers whose kilometres are limited, the required reduced cost by metres.
    required_by_metres: Vec<Option<StepFunction>>,
    /// Whether a chaperone goes with families without an adult.
    pub(super) chaperones_ride: bool,
    /// The chaperones, the cheapest first.
    pub(super) chaperones: Vec<ChaperoneCost>,
    /// The cost of a minute of driving.
    pub(super) minute_cost: i64,
}

/// What a chaperone costs at the prices and in load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChaperoneCost {
    pub(super) cost: i64,
    /// The chaperone's position at the slot.
    pub(super) position: usize,
}

/// A driver who may take a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct DriverOption {
    /// The driver's position at the slot.
    pub(super) position: usize,
    /// Lower bounds on the minutes of driving of the driver's trips with the group: out, back and altogether.
    pub(super) out: i64,
    pub(super) back: i64,
    pub(super) drive: i64,
}

impl<'a> SlotValues<'a> {
    pub(super) fn new(
        instance: &'a Instance<'a>,
        rows: &'a LinkingRows,
        query: PricingQuery<'a>,
        groups: &Groups,
        access: &'a SlotAccess,
    ) -> Self {
        let PricingQuery { prices, required, required_by_metres, opening, .. } = query;
        let slot = access.slot;
        let ride_value = |&ride: &RideIx| {
            if opening.is_some_and(|opening| !opening.rides[ride.at()]) {
                return -NEVER;
            }
            let points = instance.option(ride, slot).map_or(0, |option| option.points);
            let points = points + instance.pin_bonus(ride);
            points * Prices::SCALE - rows.ride_price(&prices.0, instance, ride, slot)
        };
        let ride_values: Vec<i64> = groups.rides.iter().map(ride_value).collect();
        let cut_units = |&ride: &RideIx| rows.priced_cuts(&prices.0, instance, ride, slot);
        let mut by_value: Vec<usize> = (0..ride_values.len()).collect();
        by_value.sort_unstable_by_key(|&at| (Reverse(ride_values[at]), at));
        let cost = |volunteer: VolunteerIx| {
            instance.load_step(volunteer, 0) * Prices::SCALE + rows.volunteer_price(&prices.0, volunteer, access.date)
        };
        let required = |access: &DriverAccess| {
            let open = opening.is_none_or(|opening| opening.drivers[access.driver.at()]);
            if open { required(access.driver, slot) + cost(access.driver) } else { NEVER }
        };
        let chaperones = access.chaperones.iter().enumerate();
        let chaperone_cost = |(position, chaperone): (usize, &ChaperoneAccess)| ChaperoneCost {
            cost: cost(chaperone.volunteer),
            position,
        };
        let mut chaperones: Vec<ChaperoneCost> = chaperones.map(chaperone_cost).collect();
        chaperones.sort_unstable();
        let drivers = || access.drivers.iter();
        Self {
            instance,
            rows,
            prices,
            access,
            cut_units: groups.rides.iter().map(cut_units).collect(),
            ride_values,
            by_value,
            required: drivers().map(required).collect(),
            driver_costs: drivers().map(|access| cost(access.driver)).collect(),
            required_by_metres: drivers().map(|access| required_by_metres(access.driver, slot)).collect(),
            chaperones_ride: instance.chaperone_rides(),
            chaperones,
            minute_cost: i64::from(instance.policy.weights.drive_min) * Prices::SCALE,
        }
    }

    /// All drivers who may look for trips, those who require least first.
    pub(super) fn driver_options(&self) -> Vec<DriverOption> {
        let drivers = self.access.drivers.iter().enumerate().filter(|(at, _)| self.required[*at] < NEVER);
        let option = |(position, access): (usize, &DriverAccess)| DriverOption {
            position,
            out: 0,
            back: 0,
            drive: access.direct,
        };
        let mut options: Vec<DriverOption> = drivers.map(option).collect();
        options.sort_unstable_by_key(|option| {
            (self.required[option.position] + self.minute_cost * option.drive, option.position)
        });
        options
    }

    /// A driver's option to take a group, if there is one; all that does not depend on prices decides.
    pub(super) fn driver_option(
        &self,
        groups: &Groups,
        group: &Group,
        position: usize,
        load: Load,
    ) -> Option<DriverOption> {
        let instance = self.instance;
        let access = &self.access.drivers[position];
        let volunteer = &instance.volunteers[access.driver.at()];
        let car = volunteer.car?;
        let last = *group.members.last()?;
        if !(group.members.len() <= access.max_families
            && access.able.has(last)
            && load.fits_seats(car)
            && load.fits_wheelchairs(car)
            && load.fits_restraints(car))
        {
            return None;
        }
        let ways = || group.members.iter().map(|&member| access.leg(member)).zip(groups.drive_by_farthest(group));
        let way = |side: usize| ways().map(|(leg, drive)| leg[side] + i64::from(drive[side])).min().unwrap_or(0);
        let [out, back] = [way(0), way(1)];
        let drive = access.direct.max(out + back);
        let boarding = boarding_minutes(instance, groups, group);
        let elapsed = |drive: i64| drive + instance.breaks(drive) + boarding;
        let [before, after] = [elapsed(out), elapsed(back)];
        let visit = &instance.slots[groups.slot.at()];
        let duty = before + after + visit.gate_out - visit.gate_in;
        let in_time = access.slacks.iter().any(|slack| before <= slack.before && after <= slack.after)
            && instance.max_duty_on(access.driver, self.access.date).is_none_or(|limit| duty <= limit)
            && instance.max_driving_on(access.driver, self.access.date).is_none_or(|limit| drive <= limit);
        in_time.then_some(DriverOption { position, out, back, drive })
    }

    /// The value required of a driver's trip with a group, before driving and a chaperone; none if it goes too far.
    pub(super) fn required_of(&self, groups: &Groups, group: &Group, position: usize) -> Option<i64> {
        let required = self.required[position];
        let Some((metres, limit)) = self.access.drivers[position].metres(self.instance, groups, group) else {
            return Some(required);
        };
        if metres > limit {
            return None;
        }
        let steps = self.required_by_metres[position].as_ref();
        let by_metres = steps.and_then(|steps| Some(steps.at(metres)? + self.driver_costs[position]));
        Some(by_metres.map_or(required, |by_metres| by_metres.max(required)))
    }

    /// The reduced cost of a trip.
    pub(super) fn reduced_cost(&self, trip: &Trip) -> i64 {
        let bonus: i64 = trip.rides.iter().map(|&ride| self.instance.pin_bonus(ride)).sum();
        self.prices.reduced_cost(trip.net(self.instance) + bonus, &self.rows.coefficients(self.instance, trip))
    }

    /// For each driver, what is left out if nothing has been looked at.
    pub(super) fn left_out_of_all(&self) -> Vec<LeftOut> {
        let surplus = |(access, required): (&DriverAccess, &i64)| {
            let most_valuable = self.by_value.iter().filter(|&&at| access.able.has(at)).take(access.max_families);
            let value = most_valuable.map(|&at| self.ride_values[at].max(0)).sum::<i64>();
            LeftOut::NOTHING.with(value - self.minute_cost * access.direct - required)
        };
        self.access.drivers.iter().zip(&self.required).map(surplus).collect()
    }
}

pub(super) fn boarding_minutes(instance: &Instance<'_>, groups: &Groups, group: &Group) -> i64 {
    group.members.iter().map(|&member| instance.family(groups.rides[member]).boarding).sum()
}
