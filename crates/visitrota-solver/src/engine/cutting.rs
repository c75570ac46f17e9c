//! Relaxation and cuts: weeks are generated until none improves the linear program, and cuts are added.

use crate::column_generation::decomposition::{Bound, Decomposition};
use crate::column_generation::master::{Master, MasterSolution};
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::Scope;
use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::index::VolunteerIx;

use super::approach::KEEP;
use super::state::Engine;

impl Engine<'_> {
    /// The linear relaxation over the drivers' best weeks at some prices.
    pub(super) fn master(&self, prices: &Prices) -> Result<Master, Failure> {
        let Decomposition { rows, pool, .. } = &self.decomposition;
        let mut master = Master::new(rows, prices, &self.decomposition.best_week_values(prices));
        for (driver, weeks) in self.decomposition.good_weeks(&pool.reduced_costs(prices)) {
            for week in weeks {
                master.add_week(pool, driver, week)?;
            }
        }
        Ok(master)
    }

    /// Generates weeks until the bound has come down by so much, as a part, of what it can, or none improves the
    /// relaxation.
    pub(super) fn relax(&mut self, master: &mut Master, enough: f64) -> Result<(), Failure> {
        let before = self.best_bound.as_ref().map(Bound::value);
        let mut keep = KEEP;
        while !self.stopped() {
            let (relaxed, prices, better) = self.solve_known(master)?;
            let targets =
                master.best_known_values(&self.decomposition, &self.decomposition.pool.reduced_costs(&prices));
            let priced = self.decomposition.price(&prices, &targets, Scope::keeping(keep), self.limits.seconds_left);
            self.record_bound(&priced)?;
            self.round_shares(&master.trip_shares(&relaxed, self.decomposition.pool.trips.len()));
            // More weeks only raise the relaxation's value: the bound will not come below what it is over those known.
            let followed = |before: f64, bound: &Bound| before - bound.value() >= enough * (before - relaxed.value);
            if before.zip(self.best_bound.as_ref()).is_some_and(|(before, bound)| followed(before, bound)) {
                break;
            }
            if priced.truncated && !better {
                keep = keep.saturating_mul(8);
            } else if priced.new_trips == 0 && !priced.truncated {
                break;
            }
        }
        Ok(())
    }

    /// Solves the relaxation over all weeks of the trips known, which are sooner found than trips; returns its prices too,
    /// and whether any week was new.
    pub(super) fn solve_known(&mut self, master: &mut Master) -> Result<(MasterSolution, Prices, bool), Failure> {
        let mut better = false;
        loop {
            let relaxed = master.solve()?;
            self.work += relaxed.work;
            let prices = Prices::rounded(&self.decomposition.rows, &relaxed.duals);
            if self.stopped() || !self.add_weeks(master, &prices, &relaxed)? {
                return Ok((relaxed, prices, better));
            }
            better = true;
        }
    }

    /// Adds weeks of the trips known that improve the relaxation; returns whether there are any.
    pub(super) fn add_weeks(
        &self,
        master: &mut Master,
        prices: &Prices,
        relaxed: &MasterSolution,
    ) -> Result<bool, Failure> {
        /// Reduced value, scaled, below which a week is not worth adding.
        const TRIFLE: f64 = 4.0;
        let values = self.decomposition.pool.reduced_costs(prices);
        let targets = master.best_known_values(&self.decomposition, &values);
        let mut added = false;
        for (driver, best) in self.decomposition.better_weeks(&values, &targets).into_iter().enumerate() {
            for (worth, week) in best.weeks {
                #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
                let gain = worth as f64 - relaxed.driver_duals[driver] * Prices::SCALE as f64;
                added |= gain > TRIFLE && master.add_week(&self.decomposition.pool, VolunteerIx::new(driver), week)?;
            }
        }
        Ok(added)
    }

    /// Cuts off what the relaxation has in parts; returns whether it did.
    pub(super) fn add_cuts(&mut self, master: &mut Master) -> Result<bool, Failure> {
        let relaxed = master.solve()?;
        self.work += relaxed.work;
        let Decomposition { instance, rows, pool, .. } = &mut self.decomposition;
        let shares = master.trip_shares(&relaxed, pool.trips.len());
        let used: Vec<_> = shares
            .iter()
            .zip(&pool.coefficients)
            .filter(|(share, _)| **share > 1e-6)
            .map(|(&share, uses)| (uses.as_ref(), share))
            .collect();
        let cuts = separate(&|row| rows.is_original(row).then(|| rows.rows[row as usize].limit), &used);
        if let Some(first) = cuts.iter().map(|cut| rows.add_cut(cut)).min() {
            if let Some(witness) = self.limits.witness {
                witness.keeps(instance, rows)?;
            }
            pool.count_cuts(rows, first);
            master.add_cuts(pool, rows, first)?;
        }
        for bound in self.best_bound.iter_mut().chain(&mut self.recent_bounds) {
            bound.prices.0.resize(rows.rows.len(), 0);
        }
        Ok(!cuts.is_empty())
    }

    /// Brings the bound down by cuts, until so many rounds of them in a row are idle; looks for better rotas in between.
    pub(super) fn cut_rounds(&mut self, master: &mut Master, most_idle: u32) -> Result<(), Failure> {
        /// A round of cuts is idle unless the bound comes down by this part of what is asked for first, or of the gap if
        /// that is less; by as much as all of it where the rota is far from the bound, since programs do better then.
        const TAIL: i64 = 10;
        /// Rounds of cuts between two rounds of search.
        const A_FEW: u32 = 4;
        /// How far the bound follows the relaxation's value between two rounds of cuts: the last weeks gain little.
        const FOLLOWED: f64 = 0.25;
        let (mut rounds, mut idle) = (0, 0);
        while idle < most_idle && !self.stopped() {
            let before = self.upper_bound;
            if rounds % A_FEW == A_FEW - 1 {
                self.search(1, true);
            }
            rounds += 1;
            if !self.add_cuts(master)? {
                break;
            }
            self.relax(master, FOLLOWED)?;
            let gap = before - self.incumbent.points;
            let much = gap.min(self.first_step()) / if self.far_from_bound() { 1 } else { TAIL };
            idle = if before - self.upper_bound > much { 0 } else { idle + 1 };
        }
        Ok(())
    }
}
