//! What would help: changes thought of where the best rota leaves something wanting, each planned to its proven best.

use visitrota_model::{Advice, Bounds, Change, Problem, RequestId, Rota, Suggestion, apply, effort, patch};
use visitrota_solver::WarmStart;

use super::ask::{Answer, Asker, bounds};
use super::candidates::candidates;
use super::served::trips_of;
use crate::error::Error;
use crate::options::Options;
use crate::run::{sound, verify};

/// Single changes that would help, each with its exact gain.
///
/// Changes are thought of where the best rota falls short: whatever keeps a driver from a request that is unmet, more
/// tables in a full slot, another trip of a driver who has made all of theirs, more seats in a car that could take one
/// family more, somebody new near a family that stays at home. What each could gain at the most is told by the prices of
/// the plan as it is. Then the problem with each change made is planned to its proven best, those of most hope first,
/// until the `top` most helpful are known. Of each, the least is told that gains the same. What those who are there could
/// do is told before anybody new.
///
/// Costs the best plan and some hundred from its prices: a third of a second for a scheme's week, half a
/// minute for a region's.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tiny/problem.json");
/// use visitrota::{Options, advise, load};
///
/// for suggestion in advise(&load(file)?, 3, &Options::default())?.suggestions {
///     println!("{:?} gains {} points", suggestion.changes, suggestion.gain_points);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::Stopped`] if planning ended before there was a rota of the problem as it is; see [`Error`].
pub fn advise(problem: &Problem, top: usize, options: &Options) -> Result<Advice, Error> {
    let travel = sound(problem)?;
    let asker = Asker::new(options, problem, &travel)?;
    let (rota, start) = asker.best(problem, &travel)?;
    let best = bounds(&rota);
    let visits = trips_of(&rota).len();
    let unmet: Vec<&RequestId> = rota.unmet.iter().map(|unmet| &unmet.request).collect();
    let stop = asker.stop();
    let near = asker.each(&unmet, |request| Ok(visitrota_solver::near_misses(problem, &travel, request, &stop)))?;
    let candidates = candidates(problem, &rota, &unmet, &near, &stop);
    let weigher = Weigher { asker: &asker, problem, start: &start };
    let Weighed { helpful, weighed, unknown } = weigher.most_helpful(&candidates, best, top)?;
    let mut suggestions: Vec<Suggestion> = (weigher.shrunk(helpful, top)?.into_iter())
        .filter_map(|helps| helps.suggestion(problem, best, visits))
        .collect();
    // Of two that gain the same, the easier first.
    suggestions.sort_by_key(|Suggestion { changes, gain_points, .. }| {
        let is_new = changes.iter().any(|change| matches!(change, Change::Recruit { .. }));
        (is_new, std::cmp::Reverse(*gain_points), effort(changes, problem.timezone))
    });
    Ok(Advice::new(best, visits, suggestions, weighed, unknown))
}

/// What came of weighing changes.
struct Weighed {
    helpful: Vec<Helpful>,
    /// How many are known to help, or to help no more than these.
    weighed: usize,
    unknown: usize,
}

enum Weight {
    Helps(Helpful),
    Idle,
    Unknown,
}

/// Changes that help, and the proven best rota after them.
#[derive(Clone)]
struct Helpful {
    changes: Vec<Change>,
    after: Box<Rota>,
}

impl Helpful {
    /// Whether it is another that gains the same, or more than that.
    fn covers(&self, other: &Self) -> bool {
        let covered = |less: &Change| self.changes.iter().any(|change| change.covers(less));
        self.after.score == other.after.score && other.changes.iter().all(covered)
    }

    fn suggestion(self, problem: &Problem, best: Bounds, visits: usize) -> Option<Suggestion> {
        let number = |visits: usize| i64::try_from(visits).unwrap_or(i64::MAX);
        let patch = patch(&self.changes, problem)?;
        let gain_visits = number(trips_of(&self.after).len()) - number(visits);
        let score = self.after.score;
        Some(Suggestion::new(self.changes, patch, score, score - best.least, gain_visits))
    }
}

/// What is not covered by another: what gains no more than a part of it does is no advice of its own.
fn distinct(all: Vec<Helpful>) -> Vec<Helpful> {
    let mut distinct: Vec<Helpful> = Vec::new();
    for helps in all {
        if !distinct.iter().any(|other| helps.covers(other)) {
            distinct.retain(|other| !other.covers(&helps));
            distinct.push(helps);
        }
    }
    distinct
}

/// Plans a problem with changes made.
struct Weigher<'a> {
    asker: &'a Asker,
    problem: &'a Problem,
    start: &'a WarmStart,
}

/// Changes planned side by side.
const AT_ONCE: usize = 8;

impl Weigher<'_> {
    /// Of the changes with most hope, those that help most.
    fn most_helpful(&self, candidates: &[Vec<Change>], best: Bounds, top: usize) -> Result<Weighed, Error> {
        /// The most changes planned.
        const PLANNED: usize = 90;
        if best.least < best.most {
            return Ok(Weighed { helpful: Vec::new(), weighed: 0, unknown: candidates.len() });
        }
        let ceilings = self.asker.each(candidates, |changes| self.ceiling(changes))?;
        let mut hopeful: Vec<(i64, &Vec<Change>)> =
            ceilings.into_iter().zip(candidates).filter(|(ceiling, _)| *ceiling > best.least).collect();
        hopeful.sort_by_key(|(ceiling, _)| std::cmp::Reverse(*ceiling));
        let hopeless = candidates.len() - hopeful.len();
        hopeful.truncate(PLANNED);
        let mut helpful: Vec<Helpful> = Vec::new();
        let mut unknown = 0;
        for some in hopeful.chunks(AT_ONCE) {
            let mut scores: Vec<i64> = helpful.iter().map(|helps| helps.after.score).collect();
            scores.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
            // What gains no more than the last of the most helpful need not be known any better.
            let beyond = top.checked_sub(1).and_then(|last| scores.get(last)).copied().unwrap_or(best.least);
            if some[0].0 <= beyond {
                break;
            }
            for weight in self.asker.each(some, |(_, changes)| self.weigh(changes, beyond))? {
                match weight {
                    Weight::Helps(helps) => helpful.push(helps),
                    Weight::Idle => {}
                    Weight::Unknown => unknown += 1,
                }
            }
            helpful = distinct(helpful);
        }
        // Of equals, those thought of first.
        helpful.sort_by_key(|helps| std::cmp::Reverse(helps.after.score));
        Ok(Weighed { helpful, weighed: hopeless + hopeful.len() - unknown, unknown })
    }

    /// The first so many of helpful changes, each made as small as can be.
    fn shrunk(&self, helpful: Vec<Helpful>, top: usize) -> Result<Vec<Helpful>, Error> {
        let mut shrunk: Vec<Helpful> = Vec::new();
        let mut left = helpful.into_iter();
        while shrunk.len() < top {
            let some: Vec<Helpful> = left.by_ref().take(top - shrunk.len()).collect();
            if some.is_empty() {
                break;
            }
            shrunk.extend(self.asker.each(&some, |helps| self.shrink(helps.clone()))?);
            shrunk = distinct(shrunk);
        }
        Ok(shrunk)
    }

    /// What no rota after changes exceeds.
    fn ceiling(&self, changes: &[Change]) -> Result<i64, Error> {
        if self.asker.over() {
            return Ok(i64::MAX);
        }
        let Some(changed) = self.changed(changes) else { return Ok(i64::MIN) };
        Ok(self.asker.ceiling(&changed, self.start)?.unwrap_or(i64::MAX))
    }

    /// Whether the best rota after changes has more points than so many.
    fn weigh(&self, changes: &[Change], beyond: i64) -> Result<Weight, Error> {
        if self.asker.over() {
            return Ok(Weight::Unknown);
        }
        let Some(changed) = self.changed(changes) else { return Ok(Weight::Idle) };
        let Answer::Rota(after) = self.asker.plan_beyond(beyond, &changed, self.start)? else {
            return Ok(Weight::Unknown);
        };
        let score = bounds(&after);
        if score.most <= beyond {
            return Ok(Weight::Idle);
        }
        let known = score.least == score.most;
        Ok(if known { Weight::Helps(Helpful { changes: changes.to_vec(), after }) } else { Weight::Unknown })
    }

    /// The problem with changes made, if there is such a problem and it is sound.
    fn changed(&self, changes: &[Change]) -> Option<Problem> {
        let changed = patch(changes, self.problem).and_then(|patch| apply(self.problem, &patch).ok())?;
        sound(&changed).is_ok().then_some(changed)
    }

    fn plan(&self, changed: &Problem) -> Result<Option<Box<Rota>>, Error> {
        let answer = self.asker.plan_changed(changed, self.start)?;
        Ok(if let Answer::Rota(rota) = answer { Some(rota) } else { None })
    }

    /// The least of helpful changes that gains the same. More never gains less, so that each is made as small as can be
    /// once; what the best rota at hand does not use goes without planning.
    fn shrink(&self, mut helps: Helpful) -> Result<Helpful, Error> {
        for at in (0..helps.changes.len()).rev() {
            let fewer = [&helps.changes[..at], &helps.changes[at + 1..]].concat();
            if !fewer.is_empty() {
                self.lessen(&mut helps, fewer)?;
            }
        }
        let zone = self.problem.timezone;
        for at in 0..helps.changes.len() {
            for (side, most) in helps.changes[at].spare(zone).into_iter().enumerate() {
                let whole = helps.changes.clone();
                let less = |by| {
                    let less = whole[at].less(side, by, zone);
                    [&whole[..at], &[less], &whole[at + 1..]].concat()
                };
                let unused = last(0, most, &mut |by| Ok(self.allows(&less(by), &helps.after)))?;
                helps.changes = less(unused);
                if unused < most && self.lessen(&mut helps, less(unused + 1))? {
                    last(unused + 1, most, &mut |by| self.lessen(&mut helps, less(by)))?;
                }
            }
        }
        Ok(helps)
    }

    /// Whether these changes are enough for a rota.
    fn allows(&self, changes: &[Change], rota: &Rota) -> bool {
        if self.asker.over() {
            return false;
        }
        let verdict = self.changed(changes).and_then(|changed| verify(&changed, rota).ok());
        verdict.is_some_and(|verdict| verdict.broken.is_empty() && verdict.score.total() == rota.score)
    }

    /// Takes smaller changes in the place of others if there is a rota as good after them.
    fn lessen(&self, helps: &mut Helpful, smaller: Vec<Change>) -> Result<bool, Error> {
        if self.asker.over() {
            return Ok(false);
        }
        let after = match self.changed(&smaller) {
            None => None,
            Some(_) if self.allows(&smaller, &helps.after) => Some(helps.after.clone()),
            Some(changed) => self.plan(&changed)?.filter(|after| after.score >= helps.after.score),
        };
        let enough = after.is_some();
        if let Some(after) = after {
            *helps = Helpful { changes: smaller, after };
        }
        Ok(enough)
    }
}

/// The last number that will do, from one that does up to the last there is; whatever is less than one that does will do.
fn last(mut does: u32, most: u32, ask: &mut dyn FnMut(u32) -> Result<bool, Error>) -> Result<u32, Error> {
    let mut beyond = most + 1;
    while does + 1 < beyond {
        let middle = does + (beyond - does) / 2;
        if ask(middle)? { does = middle } else { beyond = middle }
    }
    Ok(does)
}
