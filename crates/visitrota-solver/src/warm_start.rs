//! Warm starts: the prices and cuts that one plan leaves to the next of nearly the same problem, by names of rows that
//! both have.
//!
//! Any prices prove some bound, and a cut made from rows holds in whatever problem has these rows. So a warm start can
//! be of little use, but never wrong.

#[cfg(feature = "highs")]
use std::collections::BTreeMap;

#[cfg(feature = "highs")]
use crate::{
    column_generation::{linking_rows::LinkingRows, prices::Prices},
    cuts::cut::Cut,
    instance::Instance,
    row_name::RowName,
};

/// What a plan leaves to the next one: see [`crate::plan_from`]. A plan over all trips leaves nothing.
#[derive(Clone, Debug, Default)]
pub struct WarmStart {
    #[cfg(feature = "highs")]
    prices: BTreeMap<RowName, i64>,
    #[cfg(feature = "highs")]
    cuts: Vec<PricedCut>,
}

/// A cut by the names of its rows, and its price.
#[cfg(feature = "highs")]
#[derive(Clone, Debug)]
struct PricedCut {
    of: Vec<RowName>,
    divisor: u32,
    price: i64,
}

#[cfg(feature = "highs")]
impl WarmStart {
    pub(crate) fn is_empty(&self) -> bool {
        self.prices.is_empty()
    }

    /// The prices of a plan's bound without the bonus of its pins, and the cuts that have a price.
    pub(crate) fn of(instance: &Instance<'_>, rows: &LinkingRows, prices: Option<&Prices>) -> Self {
        let names = rows.names(instance);
        let mut start = Self::default();
        let Some(Prices(prices)) = prices else { return start };
        start.prices = names.iter().zip(prices).filter_map(|(name, &price)| Some((name.clone()?, price))).collect();
        for ride in instance.ride_ixs() {
            let name = RowName::of_ride(instance, ride);
            start.prices.entry(name).and_modify(|price| *price -= instance.pin_bonus(ride) * Prices::SCALE);
        }
        let name_of = |row: u32| names[row as usize].clone();
        let priced_cut = |(row, Cut { rows: of, divisor }): (u32, Cut)| {
            let price = prices.get(row as usize).copied().filter(|price| *price > 0)?;
            Some(PricedCut { of: of.into_iter().map(name_of).collect::<Option<_>>()?, divisor, price })
        };
        start.cuts = rows.cuts().into_iter().filter_map(priced_cut).collect();
        start
    }

    /// Adds the cuts to the rows of a problem. Returns the prices of all rows, with the bonus of the problem's pins.
    pub(crate) fn prices_and_cuts(&self, instance: &Instance<'_>, rows: &mut LinkingRows) -> Prices {
        let names = rows.names(instance);
        let row_by_name: BTreeMap<&RowName, u32> =
            names.iter().zip(0..).filter_map(|(name, row)| Some((name.as_ref()?, row))).collect();
        let mut prices: Vec<i64> = names
            .iter()
            .map(|name| name.as_ref().and_then(|name| self.prices.get(name)).copied().unwrap_or(0))
            .collect();
        for ride in instance.ride_ixs() {
            let name = RowName::of_ride(instance, ride);
            if let Some(&row) = row_by_name.get(&name) {
                prices[row as usize] += instance.pin_bonus(ride) * Prices::SCALE;
            }
        }
        for PricedCut { of, divisor, price } in &self.cuts {
            if let Some(of) = of.iter().map(|name| row_by_name.get(name).copied()).collect::<Option<Vec<_>>>() {
                rows.add_cut(&Cut { rows: of, divisor: *divisor });
                prices.push(*price);
            }
        }
        let is_link = |at: usize| rows.rows[at].is_link;
        let allowed = |(at, price): (usize, i64)| if is_link(at) { price } else { price.max(0) };
        Prices(prices.into_iter().enumerate().map(allowed).collect())
    }
}

#[cfg(not(feature = "highs"))]
impl WarmStart {
    #[expect(clippy::unused_self, reason = "as with column generation")]
    pub(crate) const fn is_empty(&self) -> bool {
        true
    }
}
