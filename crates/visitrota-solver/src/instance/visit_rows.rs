//! The rules between visits as rows, whoever drives (§5.1, §5.2, §5.5): how many units a ride to a slot uses of each.
//!
//! Programs over trips, the linking rows of column generation and the search for rotas all read them here.

use super::index::{DateIx, FamilyIx, Person, PrisonerIx, RideIx, SlotIx};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VisitRule {
    /// §5.1: each ride at most once.
    Ride(RideIx),
    /// §5.1: a family's visits are on different dates.
    FamilyDate(FamilyIx, DateIx),
    /// §5.2: the tables of a slot.
    Tables(SlotIx),
    /// §5.2: two families, or two prisoners, that never share a slot.
    Apart { slot: SlotIx, a: Person, b: Person },
    /// §5.5: how many visits a prisoner has left.
    Visits(PrisonerIx),
    /// §5.5: a prisoner's visits do not overlap: those in slots under way when this one starts.
    AtOnce(PrisonerIx, SlotIx),
    /// §5.1: a further family of a joint request rides to a slot exactly when its first one does.
    Together(RideIx, SlotIx),
}

/// A row: rides use up to so many units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VisitRow {
    pub(crate) rule: VisitRule,
    pub(crate) limit: i64,
}

impl VisitRow {
    /// Whether exactly the limit, which is 0, must be used; units are of either sign then.
    pub(crate) fn is_link(&self) -> bool {
        matches!(self.rule, VisitRule::Together(..))
    }

    /// The slot that the row is about, if it is about one alone.
    pub(crate) fn slot(&self) -> Option<SlotIx> {
        match self.rule {
            VisitRule::Tables(slot) | VisitRule::Apart { slot, .. } | VisitRule::Together(_, slot) => Some(slot),
            _ => None,
        }
    }
}

/// A ride to a slot, and how many units of a row it uses.
pub(super) type User = (RideIx, SlotIx, i32);

/// A row's position, and how many units of it are used.
pub(crate) type Use = (u32, i32);

/// The rows, and what each ride uses of them.
#[derive(Debug, Default)]
pub(crate) struct VisitRows {
    pub(crate) rows: Vec<VisitRow>,
    /// For each ride, by the slots that it asks for.
    uses: Vec<Vec<(SlotIx, Vec<Use>)>>,
}

impl VisitRows {
    pub(super) fn new(slots_of_rides: impl Iterator<Item = Vec<SlotIx>>) -> Self {
        let no_uses = |slots: Vec<SlotIx>| slots.into_iter().map(|slot| (slot, Vec::new())).collect();
        Self { rows: Vec::new(), uses: slots_of_rides.map(no_uses).collect() }
    }

    /// Adds a row of which these rides to these slots use so many units.
    pub(super) fn add(&mut self, rule: VisitRule, limit: i64, users: impl IntoIterator<Item = User>) {
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(VisitRow { rule, limit });
        for (ride, slot, units) in users {
            let of_slot = self.uses[ride.at()].iter_mut().find(|(other, _)| *other == slot);
            of_slot.into_iter().for_each(|(_, uses)| uses.push((row, units)));
        }
    }

    /// What a ride to a slot uses of the rows, in their order.
    pub(crate) fn of(&self, ride: RideIx, slot: SlotIx) -> &[Use] {
        let of_slot = self.uses[ride.at()].iter().find(|(other, _)| *other == slot);
        of_slot.map_or(&[], |(_, uses)| uses)
    }

    /// Whether two rides to a slot exclude each other: they would use more than there is of a row.
    pub(crate) fn exclude_each_other(&self, a: RideIx, b: RideIx, slot: SlotIx) -> bool {
        let others = self.of(b, slot);
        self.of(a, slot).iter().any(|&(row, units)| {
            let VisitRow { limit, .. } = self.rows[row as usize];
            let both = others.iter().find(|(other, _)| *other == row).map(|(_, more)| i64::from(units + more));
            !self.rows[row as usize].is_link() && both.is_some_and(|both| both > limit)
        })
    }

    /// How many tables a ride to a slot takes: one of a visit's rides takes the visit's table.
    pub(crate) fn tables(&self, ride: RideIx, slot: SlotIx) -> usize {
        let of_tables = |(row, _): &&Use| matches!(self.rows[*row as usize].rule, VisitRule::Tables(_));
        self.of(ride, slot).iter().filter(of_tables).count()
    }
}
