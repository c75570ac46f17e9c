//! Orders of many stops, by labels.
//!
//! A label is a path from the start of a half over a set of stops to the last of them. Of two labels over the same
//! stops to the same last one, the search keeps the one that is no worse whatever follows: it dominates the other
//! (dynamic programming over sets: M. Held and R. M. Karp, A dynamic programming approach to sequencing problems,
//! Journal of SIAM 10, 1962). Labels are extended best first, by a lower bound on their driving in all, so the first
//! complete label drives least (P. E. Hart, N. J. Nilsson and B. Raphael, A formal basis for the heuristic
//! determination of minimum cost paths, IEEE Transactions on Systems Science and Cybernetics 4, 1968).
//!
//! If the work budget runs out before there is an order, two heuristics follow. Stops are inserted one by one where
//! that is cheapest, and moved while that helps; if that order is not in time, a beam search keeps a few labels of each
//! length. So there is an order if one is easily found, and the caller learns that it may not be the best.

use visitrota_model::Way;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::half::{Criteria, HalfTrip, MAX_RIDERS, Rider, RiderSet, Task};
use super::legs::HalfLegs;
use super::work_budget::WorkBudget;
use crate::instance::Instance;

/// The orders worth having, as [`super::halves`] says; where the budget runs out, those found by then.
pub(super) fn halves(
    instance: &Instance<'_>,
    task: &Task<'_>,
    chaperone: Option<usize>,
    criteria: Criteria,
    budget: &mut WorkBudget,
) -> Vec<HalfTrip> {
    if task.riders.len() > MAX_RIDERS {
        budget.give_up();
        return Vec::new();
    }
    let legs = budget.legs(instance, task);
    let mut search = LabelSearch::new(instance, task, chaperone, criteria, &legs);
    search.best_first(budget);
    if !budget.suffices() && search.found.is_empty() {
        search.insertion();
        if search.found.is_empty() {
            search.beam();
        }
    }
    search.found
}

/// A path over some stops, up to the departure from the last. The resources are `drive`, `metres`, `elapsed`, and for
/// the outward half `gate_deadline`.
#[derive(Clone, Copy, Debug)]
struct Label {
    visited: RiderSet,
    last: usize,
    drive: i64,
    metres: u64,
    /// Minutes from the start of the half, with breaks and boarding.
    elapsed: i64,
    /// In the outward half: the minutes from the start by which the car must be at the gate, or else somebody would
    /// ride for too long or have been fetched too early.
    gate_deadline: i64,
    /// Minutes from the start to the chaperone's stop, once it has been visited.
    chaperone_at: Option<i64>,
    /// On the way back: the riders visited whose announced times are not kept.
    retimed: RiderSet,
    parent: u32,
}

struct LabelSearch<'a> {
    instance: &'a Instance<'a>,
    task: &'a Task<'a>,
    chaperone: Option<usize>,
    criteria: Criteria,
    all: RiderSet,
    legs: &'a HalfLegs,
    /// Boarding at all stops.
    boarding: i64,
    /// Whether any break may fall into the half.
    breaks: bool,
    labels: Vec<Label>,
    found: Vec<HalfTrip>,
}

impl<'a> LabelSearch<'a> {
    fn new(
        instance: &'a Instance<'a>,
        task: &'a Task<'a>,
        chaperone: Option<usize>,
        criteria: Criteria,
        legs: &'a HalfLegs,
    ) -> Self {
        let riders = task.riders;
        Self {
            instance,
            task,
            chaperone,
            criteria,
            all: RiderSet::MAX >> (RiderSet::BITS as usize - riders.len()),
            legs,
            boarding: riders.iter().map(|rider| rider.boarding).sum(),
            breaks: (1..task.slack).contains(&instance.policy.break_after_min.into()),
            labels: Vec::new(),
            found: Vec::new(),
        }
    }

    fn best_first(&mut self, budget: &mut WorkBudget) {
        let mut open = BinaryHeap::new();
        let mut known: HashMap<(RiderSet, usize), Vec<u32>> = HashMap::new();
        let mut next = self.starts(budget);
        loop {
            for label in next.drain(..) {
                let at = label_number(self.labels.len());
                let others = known.entry((label.visited, label.last)).or_default();
                if others.iter().any(|&other| self.dominates(&self.labels[other as usize], &label)) {
                    continue;
                }
                others.push(at);
                // Of equals the one with the most stops, so that an order is complete soon.
                open.push((Reverse(self.driving_at_least(&label)), label.visited.count_ones(), Reverse(at)));
                self.labels.push(label);
            }
            let Some((_, _, Reverse(at))) = open.pop() else { return };
            let label = self.labels[at as usize];
            if label.visited == self.all {
                self.complete(&label);
                continue;
            }
            if self.can_be_pruned(&label) {
                continue;
            }
            next = self.extensions(&label, at, budget);
            if !budget.suffices() {
                return;
            }
        }
    }

    /// Cheapest insertion, then Or-opt: moves up to three stops in a row while that saves driving. (I. Or, Traveling
    /// salesman-type combinatorial problems and their relation to the logistics of regional blood banking, 1976.)
    fn insertion(&mut self) {
        /// How often all moves are looked at. The rounds end earlier once none of them saves anything.
        const ROUNDS: usize = 20;
        let riders = self.task.riders.len();
        let mut order: Vec<usize> = Vec::new();
        for rider in 0..riders {
            let (_, at) = self.cheapest_insertion(&order, &[rider]);
            order.insert(at, rider);
        }
        for _ in 0..ROUNDS {
            let before = self.length(&order);
            for (count, at) in (1..=3).flat_map(|count| (0..riders).map(move |at| (count, at))) {
                if at + count <= riders {
                    let moved: Vec<usize> = order.drain(at..at + count).collect();
                    let (_, to) = self.cheapest_insertion(&order, &moved);
                    order.splice(to..to, moved);
                }
            }
            if self.length(&order) >= before {
                break;
            }
        }
        self.labels.clear();
        let mut label = Self::START;
        for to in order {
            let Some(next) = self.extended(&label, to, label_number(self.labels.len()).wrapping_sub(1)) else { return };
            self.labels.push(next);
            label = next;
        }
        self.complete(&label);
    }

    /// The insertion cost, in minutes, of some stops in a row at their best place in an order, and that place.
    fn cheapest_insertion(&self, order: &[usize], stops: &[usize]) -> (i64, usize) {
        let added = |at: usize| {
            let (from, to) = (at.checked_sub(1).map(|before| order[before]), order.get(at).copied());
            let (first, last) = (stops.first().copied(), stops.last().copied());
            (self.minutes(from, first) + self.minutes(last, to) - self.minutes(from, to), at)
        };
        (0..=order.len()).map(added).min().unwrap_or((0, 0))
    }

    fn length(&self, order: &[usize]) -> i64 {
        let stops = || order.iter().copied().map(Some);
        std::iter::once(None).chain(stops()).zip(stops().chain([None])).map(|(from, to)| self.minutes(from, to)).sum()
    }

    /// Minutes from one rider to another; `None` is the start of the half, or its end.
    fn minutes(&self, from: Option<usize>, to: Option<usize>) -> i64 {
        match (from, to) {
            (None, Some(to)) => self.legs.first[to].0,
            (Some(from), Some(to)) => self.legs.between[from * self.task.riders.len() + to].0,
            (Some(from), None) => self.legs.last[from].0,
            (None, None) => 0,
        }
    }

    /// Beam search: of each length, extends a few labels, those with the least bound on their driving.
    fn beam(&mut self) {
        /// Labels of each length that are extended.
        const BEAM: usize = 24;
        let mut unlimited = WorkBudget::unlimited();
        self.labels.clear();
        let mut front = self.starts(&mut unlimited);
        for _ in 1..self.task.riders.len() {
            front.sort_by_key(|label| (self.driving_at_least(label), label.last));
            let mut kept: Vec<Label> = Vec::with_capacity(BEAM);
            for label in front {
                let same = |other: &Label| (other.visited, other.last) == (label.visited, label.last);
                if kept.len() < BEAM && !kept.iter().any(same) {
                    kept.push(label);
                }
            }
            front = Vec::new();
            for label in kept {
                let at = label_number(self.labels.len());
                self.labels.push(label);
                front.extend(self.extensions(&label, at, &mut unlimited));
            }
        }
        front.sort_by_key(|label| (self.driving_at_least(label), label.last));
        for label in front {
            self.labels.push(label);
            self.complete(&label);
        }
    }

    /// No stop made.
    const START: Label = Label {
        visited: 0,
        last: 0,
        drive: 0,
        metres: 0,
        elapsed: 0,
        gate_deadline: i64::MAX,
        chaperone_at: None,
        retimed: 0,
        parent: u32::MAX,
    };

    fn starts(&self, budget: &mut WorkBudget) -> Vec<Label> {
        self.extensions(&Self::START, u32::MAX, budget)
    }

    /// The labels with one more stop that cannot be pruned.
    fn extensions(&self, from: &Label, parent: u32, budget: &mut WorkBudget) -> Vec<Label> {
        let riders = self.task.riders.len();
        let to = (0..riders).filter(|to| from.visited >> to & 1 == 0);
        // Each extension looks at whether the other riders would be too late.
        let steps = 1 + riders as u64 / 8;
        to.filter_map(|to| {
            budget.spend(steps);
            let label = self.extended(from, to, parent)?;
            (!self.can_be_pruned(&label)).then_some(label)
        })
        .collect()
    }

    /// The label with one more stop; none if that is too late for its rider.
    fn extended(&self, from: &Label, to: usize, parent: u32) -> Option<Label> {
        let (minutes, metres) = if from.visited == 0 {
            self.legs.first[to]
        } else {
            self.legs.between[from.last * self.task.riders.len() + to]
        };
        let rider @ Rider { boarding, max_ride, slack, .. } = self.task.riders[to];
        if self.leaves_somebody_alone(from, to) {
            return None;
        }
        let drive = from.drive + minutes;
        let boarded = from.elapsed - from.drive - self.instance.breaks(from.drive);
        let arrive = drive + self.instance.breaks(drive) + boarded;
        let elapsed = arrive + boarding;
        let mut gate_deadline = from.gate_deadline;
        match self.task.way {
            Way::Out => {
                gate_deadline = gate_deadline.min(elapsed.saturating_add(max_ride.min(slack.saturating_sub(boarding))))
            }
            Way::Back if arrive > max_ride.min(slack) => return None,
            Way::Back => {}
        }
        let chaperone_at = if self.chaperone == Some(to) { Some(arrive) } else { from.chaperone_at };
        let is_retimed = self.task.way == Way::Back && rider.is_retimed(arrive);
        let retimed = from.retimed | if is_retimed { 1 << to } else { 0 };
        let visited = from.visited | 1 << to;
        Some(Label {
            visited,
            last: to,
            drive,
            metres: from.metres + metres,
            elapsed,
            gate_deadline,
            chaperone_at,
            retimed,
            parent,
        })
    }

    /// §4.3: whether somebody who is never in the car without the chaperone would be, if a rider came next.
    fn leaves_somebody_alone(&self, from: &Label, next: usize) -> bool {
        let Some(chaperone) = self.chaperone else { return false };
        let to_visit = |at: usize| from.visited >> at & 1 == 0;
        let riders = &self.task.riders;
        match self.task.way {
            Way::Out => riders[next].escorted && to_visit(chaperone),
            Way::Back => next == chaperone && (0..riders.len()).any(|at| riders[at].escorted && to_visit(at)),
        }
    }

    /// A lower bound on the driving of every order that a label leads to.
    fn driving_at_least(&self, label: &Label) -> i64 {
        label.drive + self.legs.completion.driving_to_the_end(label.visited, label.last, self.all)
    }

    /// Whether every order that a label leads to breaks a limit (§4.8, §4.9), or is dominated by one found.
    fn can_be_pruned(&self, label: &Label) -> bool {
        let drive = self.driving_at_least(label);
        let total = drive + self.instance.breaks(drive) + self.boarding;
        if total > self.task.slack || (self.task.way == Way::Out && total > label.gate_deadline) {
            return true;
        }
        let too_late = |at: usize| {
            let Rider { place, max_ride, slack, .. } = self.task.riders[at];
            let minutes = i64::from(self.instance.travel.at_least(self.task.riders[label.last].place, place));
            let more = self.instance.breaks(label.drive + minutes) - self.instance.breaks(label.drive);
            label.elapsed + minutes + more > max_ride.min(slack)
        };
        if self.task.way == Way::Back
            && (0..self.task.riders.len()).any(|at| label.visited >> at & 1 == 0 && too_late(at))
        {
            return true;
        }
        let Criteria { metres, chaperone_time, every_order, .. } = self.criteria;
        let dominates = |found: &HalfTrip| {
            found.drive <= drive
                && (!metres || found.metres <= label.metres)
                && (!chaperone_time || found.chaperone_minutes <= self.chaperone_minutes_at_least(label, total))
                && found.retimed & !label.retimed == 0
        };
        !every_order && self.found.iter().any(dominates)
    }

    /// A lower bound on the chaperone's time, where the half takes at least `total` minutes.
    fn chaperone_minutes_at_least(&self, label: &Label, total: i64) -> i64 {
        match (self.task.way, label.chaperone_at) {
            (_, None) if self.chaperone.is_none() => 0,
            (Way::Out, Some(at)) => total - at,
            (Way::Out, None) => 0,
            (Way::Back, Some(at)) => at,
            (Way::Back, None) => label.elapsed,
        }
    }

    /// Whether the first of two labels over the same stops to the same last one is no worse than the second, whatever
    /// follows.
    fn dominates(&self, a: &Label, b: &Label) -> bool {
        let Criteria { metres, chaperone_time, announced_times, every_order } = self.criteria;
        if announced_times && !self.keeps_as_many_times(a, b) {
            return false;
        }
        if every_order || a.drive > b.drive || (metres && a.metres > b.metres) {
            return false;
        }
        // The first is ahead by so much, and stays ahead.
        let ahead = b.elapsed - a.elapsed;
        match self.task.way {
            Way::Out => {
                self.same_breaks_to_come(a.drive, b.drive)
                    && a.gate_deadline.saturating_add(ahead) >= b.gate_deadline
                    && (!chaperone_time || a.chaperone_at.zip(b.chaperone_at).is_none_or(|(a, b)| a + ahead >= b))
            }
            Way::Back => !chaperone_time || a.chaperone_at.zip(b.chaperone_at).is_none_or(|(a, b)| a <= b),
        }
    }

    /// Whether the first of two labels over the same stops to the same last one keeps each announced time that the
    /// second keeps, whatever follows.
    ///
    /// Outward, times are counted from the gate: with the same breaks to come, which [`Self::dominates`] asks for, a
    /// stop to come is as far from it after both labels, and a stop made is if as much time has passed since. On the
    /// way back they are counted from the start.
    fn keeps_as_many_times(&self, a: &Label, b: &Label) -> bool {
        let announced = |at: &usize| self.task.riders[*at].announced.is_some();
        let is_visited = |at: usize| a.visited >> at & 1 == 1;
        let mut riders = (0..self.task.riders.len()).filter(announced);
        match self.task.way {
            Way::Out => {
                riders.filter(|&at| is_visited(at)).all(|at| self.minutes_since(a, at) == self.minutes_since(b, at))
            }
            Way::Back => {
                let same_time = a.elapsed == b.elapsed && self.same_breaks_to_come(a.drive, b.drive);
                a.retimed & !b.retimed == 0 && (same_time || riders.all(is_visited))
            }
        }
    }

    /// Minutes between the car's arrival at a stop that a label has visited and the label's end.
    fn minutes_since(&self, label: &Label, rider: usize) -> i64 {
        let parent = |label: &&Label| self.labels.get(label.parent as usize);
        let visit = std::iter::successors(Some(label), parent).find(|label| label.last == rider);
        visit.map_or(0, |visit| label.elapsed - visit.elapsed + self.task.riders[rider].boarding)
    }

    /// Whether the same breaks are still to come after either amount of driving. It matters outward only: a break that
    /// falls into somebody's ride might have fallen before it, had there been more driving.
    fn same_breaks_to_come(&self, a: i64, b: i64) -> bool {
        let after = i64::from(self.instance.policy.break_after_min);
        !self.breaks || a == b || (a > 0 && b > 0 && (b - a) % after == 0)
    }

    fn complete(&mut self, label: &Label) {
        let (minutes, metres) = self.legs.last[label.last];
        let drive = label.drive + minutes;
        let total = drive + self.instance.breaks(drive) + self.boarding;
        if total > self.task.slack || (self.task.way == Way::Out && total > label.gate_deadline) {
            return;
        }
        let chaperone_minutes =
            label.chaperone_at.map_or(0, |at| if self.task.way == Way::Out { total - at } else { at });
        let order = self.order(label);
        let retimed = match self.task.way {
            Way::Back => label.retimed,
            Way::Out => {
                let to_gate = total - label.elapsed;
                let is_retimed =
                    |at: &usize| self.task.riders[*at].is_retimed(to_gate + self.minutes_since(label, *at));
                (0..self.task.riders.len()).filter(is_retimed).fold(0, |set, at| set | 1 << at)
            }
        };
        let metres = label.metres + metres;
        let half = HalfTrip { order, drive, metres, total, chaperone_minutes, retimed };
        self.criteria.keep_undominated(&mut self.found, half);
    }

    fn order(&self, label: &Label) -> Vec<u8> {
        let parent = |label: &&Label| self.labels.get(label.parent as usize);
        let stops = std::iter::successors(Some(label), parent).map(|label| u8::try_from(label.last).unwrap_or(u8::MAX));
        let mut order: Vec<u8> = stops.collect();
        order.reverse();
        order
    }
}

fn label_number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
