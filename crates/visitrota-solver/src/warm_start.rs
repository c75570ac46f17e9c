//! What one plan leaves to another of nearly the same problem: prices and cuts, by names of rows that both know.
//!
//! Any prices prove some bound, and any cut made from rows holds in whatever problem has these rows. So what is carried
//! over can be of little use, but never wrong.

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
    /// The rows of each cut, and its price.
    #[cfg(feature = "highs")]
    cuts: Vec<(Vec<RowName>, u32, i64)>,
}

#[cfg(feature = "highs")]
impl WarmStart {
    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.prices.is_empty()
    }

    /// What is worth keeping of a plan.
    pub(crate) fn of(instance: &Instance<'_>, rows: &LinkingRows, prices: Option<&Prices>) -> Self {
        let names = rows.names(instance);
        let mut start = Self::default();
        let Some(Prices(prices)) = prices else { return start };
        start.prices = names.iter().zip(prices).filter_map(|(name, &price)| Some((name.clone()?, price))).collect();
        for request in instance.request_ixs() {
            let name = RowName::Request(instance.problem.requests[request.at()].id.clone());
            start.prices.entry(name).and_modify(|price| *price -= instance.pin_bonus(request) * Prices::SCALE);
        }
        let priced = |cut: u32| prices.get(cut as usize).copied().unwrap_or(0);
        let named = |of: Vec<u32>| of.into_iter().map(|row| names[row as usize].clone()).collect::<Option<Vec<_>>>();
        let cuts = rows.cuts().into_iter().filter(|(cut, _)| priced(*cut) > 0);
        start.cuts = cuts.filter_map(|(cut, Cut { of, divisor })| Some((named(of)?, divisor, priced(cut)))).collect();
        start
    }

    /// Adds its cuts to the rows of a problem; returns its prices.
    pub(crate) fn prices_and_cuts(&self, instance: &Instance<'_>, rows: &mut LinkingRows) -> Prices {
        let names = rows.names(instance);
        let by_name: BTreeMap<&RowName, u32> =
            names.iter().zip(0..).filter_map(|(name, row)| Some((name.as_ref()?, row))).collect();
        let mut prices: Vec<i64> = names
            .iter()
            .map(|name| name.as_ref().and_then(|name| self.prices.get(name)).copied().unwrap_or(0))
            .collect();
        for request in instance.request_ixs() {
            let name = RowName::Request(instance.problem.requests[request.at()].id.clone());
            if let Some(&row) = by_name.get(&name) {
                prices[row as usize] += instance.pin_bonus(request) * Prices::SCALE;
            }
        }
        for (of, divisor, price) in &self.cuts {
            if let Some(of) = of.iter().map(|name| by_name.get(name).copied()).collect::<Option<Vec<_>>>() {
                rows.add_cut(&Cut { of, divisor: *divisor });
                prices.push(*price);
            }
        }
        Prices(prices.into_iter().map(|price| price.max(0)).collect())
    }
}

#[cfg(not(feature = "highs"))]
impl WarmStart {
    /// That it says nothing.
    #[expect(clippy::unused_self, reason = "as with column generation")]
    pub(crate) const fn is_empty(&self) -> bool {
        true
    }
}
