//! Branch and cut: the best choice of a program whose bound is nearly reached already.
//!
//! Cuts and reduced costs have left a [`ReducedProgram`]. Branching decides the rest, best node first; from each node
//! the search dives to the likelier child until the dive ends. Branches are chosen by pseudocosts, which strong
//! branching initialises (T. Achterberg, T. Koch and A. Martin, Branching rules revisited, Operations Research Letters
//! 33, 2005).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::failure::Failure;
use crate::instance::index::ColumnIx;
use crate::program::Program;
use crate::program::bound_change::{BoundChange, BranchSide, Side};
use crate::program::lp_formulation::LpSolution;
use crate::program::lp_relaxation::LpRelaxation;
use crate::program::reduced_program::ReducedProgram;
use crate::program::scaled_points::ScaledPoints;
use crate::program::strong_branching::{TrialThread, Trials, try_each};
use crate::stop::Stop;

/// What branch and bound is to look for, and how far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BranchLimits<'a> {
    /// Only solutions of more points are looked for.
    pub(crate) cutoff: i64,
    /// Points that no solution exceeds, by an earlier proof: a solution that reaches them ends the search.
    pub(crate) known_bound: i64,
    pub(crate) max_nodes: u32,
    pub(crate) threads: BranchThreads,
    /// Whether planning must end.
    pub(crate) stop: Stop<'a>,
}

/// On how many threads branches are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BranchThreads {
    /// Where many searches run side by side already.
    One,
    Two,
}

/// The result of branch and bound.
#[derive(Debug)]
pub(crate) struct BranchAndBoundResult {
    /// The best solution above the cutoff, if one was found.
    pub(crate) chosen: Option<Vec<bool>>,
    /// A bound on every solution above the cutoff; never below the cutoff.
    pub(crate) upper_bound: i64,
    /// Nodes evaluated.
    pub(crate) nodes: u32,
}

/// Looks for the best solution above the cutoff. `should_stop` is asked at every node, with the bound proven by then.
pub(crate) fn branch_and_bound(
    reduced: &ReducedProgram,
    limits: BranchLimits<'_>,
    should_stop: &dyn Fn(i64) -> bool,
) -> Result<BranchAndBoundResult, Failure> {
    let BranchLimits { cutoff, known_bound, max_nodes, threads, stop } = limits;
    if !reduced.upper_bound.exceeds(cutoff) {
        return Ok(BranchAndBoundResult { chosen: None, upper_bound: cutoff, nodes: 0 });
    }
    let program = &reduced.program;
    std::thread::scope(|scope| {
        let mut tree = BranchTree {
            program,
            relaxation: LpRelaxation::new(program, stop),
            trial_thread: (threads == BranchThreads::Two).then(|| TrialThread::start(scope, program, cutoff, stop)),
            cutoff,
            known_bound,
            incumbent: None,
            pseudocosts: BTreeMap::new(),
            unresolved_bound: None,
            nodes: 0,
        };
        let open_bound = tree.search(max_nodes, should_stop)?;
        let upper_bound = open_bound.map_or(tree.cutoff, |bound| bound.min(reduced.upper_bound).floor());
        Ok(BranchAndBoundResult {
            chosen: tree.incumbent,
            upper_bound: upper_bound.max(tree.cutoff),
            nodes: tree.nodes,
        })
    })
}

/// A node of the tree that is still to be branched on.
#[derive(Debug)]
struct BranchNode {
    solution: LpSolution,
    fractional: Vec<ColumnIx>,
    /// What leads here from the root, and what follows from it.
    bound_changes: Vec<BoundChange>,
    /// How many nodes were evaluated up to this one.
    number: u32,
}

impl PartialEq for BranchNode {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for BranchNode {}

impl PartialOrd for BranchNode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for BranchNode {
    /// The node of the higher bound is the greater; of equals, the one evaluated first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.solution.upper_bound.cmp(&other.solution.upper_bound).then(other.number.cmp(&self.number))
    }
}

struct BranchTree<'a> {
    program: &'a Program,
    relaxation: LpRelaxation<'a>,
    trial_thread: Option<TrialThread>,
    /// The incumbent's points once there is one: only solutions of more points are looked for.
    cutoff: i64,
    /// Points that no solution exceeds, by an earlier proof.
    known_bound: i64,
    incumbent: Option<Vec<bool>>,
    pseudocosts: BTreeMap<BranchSide, Pseudocost>,
    /// The highest bound of the nodes that ended in a solution whole but for the solver's arithmetic.
    unresolved_bound: Option<ScaledPoints>,
    nodes: u32,
}

/// What one side of branching on a column has cost the bound, per unit of the share that it took off or added.
#[derive(Clone, Copy, Debug, Default)]
struct Pseudocost {
    sum: f64,
    times: f64,
}

impl Pseudocost {
    /// The mean; 1 where nothing is known.
    fn mean(self) -> f64 {
        if self.times > 0.0 { self.sum / self.times } else { 1.0 }
    }
}

impl BranchTree<'_> {
    /// Branches until nothing is left, or it is time to stop; returns the highest bound of the nodes left or
    /// unresolved, if there are any.
    fn search(&mut self, max_nodes: u32, should_stop: &dyn Fn(i64) -> bool) -> Result<Option<ScaledPoints>, Failure> {
        let mut open: BinaryHeap<BranchNode> = BinaryHeap::new();
        let root = self.relaxation.solve(self.cutoff)?;
        let mut dive = self.evaluate(root, Vec::new());
        loop {
            let promising =
                |node: &BranchNode| node.solution.upper_bound.exceeds(self.cutoff) && self.cutoff < self.known_bound;
            let Some(node) = dive.take().filter(promising).or_else(|| open.pop().filter(promising)) else {
                return Ok(self.unresolved_bound);
            };
            let highest_open = open.peek().map(|open| open.solution.upper_bound);
            let bound = highest_open.max(Some(node.solution.upper_bound)).max(self.unresolved_bound);
            if self.nodes >= max_nodes || should_stop(bound.map_or(self.cutoff, ScaledPoints::floor)) {
                return Ok(bound);
            }
            let (column, [down, up]) = match self.branch_on(&node) {
                // What is open stays open, this node with it.
                Err(Failure::OutOfTime) => return Ok(bound),
                branched => branched?,
            };
            let share = node.solution.shares[column.at()];
            let changes =
                |side| node.bound_changes.iter().copied().chain([BoundChange::rounding(column, share, side)]).collect();
            let (down, up) = (self.evaluate(down, changes(Side::Down)), self.evaluate(up, changes(Side::Up)));
            let (likelier, other) = if fraction(share) > 0.5 { (up, down) } else { (down, up) };
            dive = likelier;
            open.extend(other);
        }
    }

    /// A node for a solution at some bound changes, with what these imply; none where the node is pruned or its
    /// solution is whole.
    fn evaluate(&mut self, solution: Option<LpSolution>, mut changes: Vec<BoundChange>) -> Option<BranchNode> {
        self.nodes += 1;
        let solution = solution.filter(|solution| solution.upper_bound.exceeds(self.cutoff))?;
        let fractional = self.relaxation.fractional(&solution);
        if fractional.is_empty() {
            let chosen = self.relaxation.chosen(&solution);
            let points = self.program.value(&chosen);
            if points > self.cutoff && self.program.allows(&chosen) {
                (self.cutoff, self.incumbent) = (points, Some(chosen));
            }
            if solution.upper_bound.exceeds(self.cutoff) {
                self.unresolved_bound = self.unresolved_bound.max(Some(solution.upper_bound));
            }
            return None;
        }
        changes.extend(self.relaxation.fixed_by_reduced_cost(&solution, self.cutoff, &changes));
        Some(BranchNode { solution, fractional, bound_changes: changes, number: self.nodes })
    }

    /// The column to branch on, and the solutions of both sides: the column of the greatest product of what its sides
    /// cost the bound, by pseudocosts, or by strong branching where there are none. (Achterberg, Koch and Martin 2005.)
    fn branch_on(&mut self, node: &BranchNode) -> Result<(ColumnIx, [Option<LpSolution>; 2]), Failure> {
        /// Sides without a pseudocost that are tried at one node: enough that a good branch is among them, few enough
        /// that trials do not outweigh the nodes that they save.
        const MAX_TRIALS: usize = 8;
        /// The least cost of a side, in points: of two columns with a side that costs nothing, the one whose other side
        /// costs more is better.
        const MIN_COST: f64 = 0.01;
        /// The cost of a side that ends at once: more points than any side that does not.
        const PRUNED_COST: f64 = 1e6;
        let solution = &node.solution;
        let share = |column: ColumnIx| solution.shares[column.at()];
        let distance_from_half = |column: ColumnIx| (fraction(share(column)) - 0.5).abs();
        let mut candidates = node.fractional.clone();
        candidates.sort_by(|&a, &b| distance_from_half(a).total_cmp(&distance_from_half(b)).then(a.cmp(&b)));
        let branches = candidates
            .iter()
            .flat_map(|&column| Side::BOTH.map(|side| BoundChange::rounding(column, share(column), side)))
            .filter(|branch| !self.pseudocosts.contains_key(&branch.branch_side()))
            .take(MAX_TRIALS);
        let mut tried = self.strong_branch(node, branches.collect())?;
        let cost = |column, side| {
            let cost = match tried.get(&(column, side)) {
                Some(Some(child)) if child.upper_bound.exceeds(self.cutoff) => {
                    solution.upper_bound.excess_over(child.upper_bound)
                }
                Some(_) => PRUNED_COST,
                None => self.pseudocost(column, side) * distance(solution, column, side),
            };
            cost.max(MIN_COST)
        };
        let (mut best, mut best_score) = (candidates[0], f64::NEG_INFINITY);
        for column in candidates {
            let score = cost(column, Side::Down) * cost(column, Side::Up);
            if score > best_score {
                (best, best_score) = (column, score);
            }
        }
        let untried = Side::BOTH.into_iter().filter(|side| !tried.contains_key(&(best, *side)));
        let untried = untried.map(|side| BoundChange::rounding(best, share(best), side)).collect();
        tried.extend(self.strong_branch(node, untried)?);
        let mut child = |side| tried.remove(&(best, side)).flatten();
        Ok((best, [child(Side::Down), child(Side::Up)]))
    }

    /// Solves the relaxation of each branch of a node, and adds what it costs the bound to the pseudocosts.
    fn strong_branch(
        &mut self,
        node: &BranchNode,
        branches: Vec<BoundChange>,
    ) -> Result<BTreeMap<BranchSide, Option<LpSolution>>, Failure> {
        let trials = Trials { cutoff: self.cutoff, node: node.bound_changes.clone(), branches };
        let children = match &self.trial_thread {
            Some(thread) => thread.try_on_both(&mut self.relaxation, &trials)?,
            None => try_each(&mut self.relaxation, &trials)?,
        };
        for (branch, child) in trials.branches.iter().zip(&children) {
            if let Some(child) = child {
                let cost = node.solution.upper_bound.excess_over(child.upper_bound);
                let pseudocost = self.pseudocosts.entry(branch.branch_side()).or_default();
                pseudocost.sum += cost / distance(&node.solution, branch.column, branch.side);
                pseudocost.times += 1.0;
            }
        }
        Ok(trials.branches.iter().map(BoundChange::branch_side).zip(children).collect())
    }

    /// The mean cost of a side so far; of all sides, where this one has not been tried.
    fn pseudocost(&self, column: ColumnIx, side: Side) -> f64 {
        let of_all = || {
            self.pseudocosts.values().fold(Pseudocost::default(), |all, one| Pseudocost {
                sum: all.sum + one.sum,
                times: all.times + one.times,
            })
        };
        self.pseudocosts.get(&(column, side)).copied().unwrap_or_else(of_all).mean()
    }
}

/// How far a share is from the whole number that one side of the branch asks for.
fn distance(solution: &LpSolution, column: ColumnIx, side: Side) -> f64 {
    let fraction = fraction(solution.shares[column.at()]);
    match side {
        Side::Down => fraction,
        Side::Up => 1.0 - fraction,
    }
}

/// By how much a share exceeds a whole number.
fn fraction(share: f64) -> f64 {
    share - share.floor()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instance::index::ChoiceIx;
    use crate::program::components::tests::{brute_force, random};
    use crate::program::reduced_program::cut_and_fix;

    const UNLIMITED: BranchLimits<'static> = BranchLimits {
        cutoff: 0,
        known_bound: i64::MAX,
        max_nodes: u32::MAX,
        threads: BranchThreads::One,
        stop: Stop::NEVER,
    };

    fn searched(program: &Program, limits: BranchLimits<'_>) -> (ReducedProgram, BranchAndBoundResult) {
        let reduced = cut_and_fix(program, limits.cutoff, Stop::NEVER).expect("a relaxation");
        let result = branch_and_bound(&reduced, limits, &|_| false).expect("a search");
        (reduced, result)
    }

    #[test]
    fn the_best_choice_is_found_and_proven_and_none_that_is_better() {
        for seed in 0..400 {
            let mut program = random(seed);
            let Some(best) = brute_force(&program) else { continue };
            // Whatever the initial prices, the best choice is the same.
            program.rows.iter_mut().zip(0..).for_each(|(row, at)| row.initial_price = at * 97 % 400);
            // Sums that may be branched on take nothing away.
            let choices = (0..program.points.len()).map(ChoiceIx::new);
            program.branching_sums = vec![
                choices.clone().map(|choice| (choice, 1)).collect(),
                choices.step_by(2).map(|choice| (choice, 2)).collect(),
            ];
            for limits in [
                BranchLimits { cutoff: best - 1, threads: BranchThreads::Two, ..UNLIMITED },
                BranchLimits { cutoff: best - 500, ..UNLIMITED },
                BranchLimits { cutoff: best - 500, known_bound: best, ..UNLIMITED },
            ] {
                let (reduced, result) = searched(&program, limits);
                let chosen = result.chosen.expect("a choice above the cutoff");
                let value = reduced.program.value(&chosen);
                assert_eq!((value, result.upper_bound), (best, best), "seed {seed} {limits:?}");
                let mut original = vec![false; program.points.len()];
                reduced.original_choices(&chosen).for_each(|choice| original[choice.at()] = true);
                assert!(program.allows(&original) && program.value(&original) == best, "seed {seed} {limits:?}");
            }
            let (_, none) = searched(&program, BranchLimits { cutoff: best, ..UNLIMITED });
            assert!(none.chosen.is_none() && none.upper_bound == best, "seed {seed}: {none:?}");
        }
    }

    #[test]
    fn a_search_that_ends_early_says_what_may_be_left() {
        for seed in 0..400 {
            let program = random(seed);
            let Some(best) = brute_force(&program) else { continue };
            let limits = BranchLimits { cutoff: best - 300, max_nodes: 2, threads: BranchThreads::Two, ..UNLIMITED };
            let (_, few) = searched(&program, limits);
            assert!(best <= few.upper_bound, "seed {seed}: {few:?} of {best}");
        }
    }
}
