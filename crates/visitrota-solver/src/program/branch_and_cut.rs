//! Branch and cut: the best choice of a program whose bound is nearly reached already.
//!
//! Cuts bring the bound down, and reduced costs fix most choices (H. Crowder, E. L. Johnson and M. Padberg, Solving
//! large-scale zero-one linear programming problems, Operations Research 31, 1983). Branching decides the rest, best
//! node first; from each node the search dives to the likelier child until the dive ends. Branches are chosen by
//! pseudocosts, which strong branching initialises (T. Achterberg, T. Koch and A. Martin, Branching rules revisited,
//! Operations Research Letters 33, 2005).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::program::Program;
use crate::program::bound_change::{BoundChange, BranchSide};
use crate::program::lp_formulation::LpSolution;
use crate::program::lp_relaxation::LpRelaxation;
use crate::program::scaled_points::ScaledPoints;
use crate::program::strong_branching::{TrialThread, Trials, try_each};

/// A program without the choices that no solution above the cutoff takes.
#[derive(Debug)]
pub(crate) struct ReducedProgram {
    /// The choices that are left, by their positions in the original program.
    pub(crate) choices: Vec<ChoiceIx>,
    /// The program over them, with the cuts that the bound rests on.
    pub(crate) program: Program,
    /// A bound on every solution above the cutoff.
    upper_bound: ScaledPoints,
}

impl ReducedProgram {
    /// The choices that a solution takes, by their positions in the original program.
    pub(crate) fn original_choices(&self, taken: &[bool]) -> impl Iterator<Item = ChoiceIx> {
        self.choices.iter().zip(taken).filter(|(_, taken)| **taken).map(|(&choice, _)| choice)
    }
}

/// What branch and bound is to look for, and how far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BranchLimits {
    /// Only solutions of more points are looked for.
    pub(crate) cutoff: i64,
    /// Points that no solution exceeds, by an earlier proof: a solution that reaches them ends the search.
    pub(crate) known_bound: i64,
    pub(crate) max_nodes: u32,
    pub(crate) threads: BranchThreads,
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

/// Shrinks a program by rounds of cuts and reduced-cost fixing, until they are idle: choices that no solution above the
/// cutoff takes are left out.
pub(crate) fn cut_and_fix(
    program: &Program,
    cutoff: i64,
    should_stop: &dyn Fn() -> bool,
) -> Result<ReducedProgram, Failure> {
    /// Idle rounds in a row that end cutting, and rounds in all: enough to see the bound past rounds that gain nothing,
    /// few enough that the relaxation does not grow for nothing.
    const MAX_IDLE_ROUNDS: u32 = 6;
    const MAX_ROUNDS: u32 = 10;
    /// A round is idle unless the bound falls by more than 1/`TAIL` of its distance from the cutoff, or a choice is
    /// fixed. Small: a round costs milliseconds, since no trips are priced, and every choice fixed saves branches.
    const TAIL: i128 = 300;
    /// Terms of cuts that end cutting. Large programs grew by cuts until their relaxations were too slow to branch on:
    /// this leaves room for hundreds of dense cuts over a thousand choices.
    const MAX_CUT_TERMS: usize = 250_000;
    let mut relaxation = LpRelaxation::new(program);
    let mut best: Option<LpSolution> = None;
    let mut idle_rounds = 0;
    for _ in 0..MAX_ROUNDS {
        let Some(solution) = relaxation.solve(cutoff)? else { break };
        let fixed_any = relaxation.fix_by_reduced_cost(&solution, cutoff);
        let fell = best.as_ref().is_none_or(|best| solution.upper_bound.fell_since(best.upper_bound, cutoff, TAIL));
        idle_rounds = match (fell, fixed_any) {
            (true, _) => 0,
            (false, true) => idle_rounds.min(MAX_IDLE_ROUNDS - 1),
            (false, false) => idle_rounds + 1,
        };
        let worth_cutting = solution.upper_bound.exceeds(cutoff)
            && idle_rounds < MAX_IDLE_ROUNDS
            && relaxation.cut_terms() < MAX_CUT_TERMS;
        let added_cuts = worth_cutting && !should_stop() && relaxation.separate_cuts(&solution)?;
        if best.as_ref().is_none_or(|best| solution.upper_bound < best.upper_bound) {
            best = Some(solution);
        }
        if !added_cuts {
            break;
        }
    }
    let best = best.ok_or(Failure::OutOfTime)?;
    let choices = relaxation.remaining_choices();
    let mut with_cuts = program.clone();
    relaxation.export_cuts(&best, &mut with_cuts);
    Ok(ReducedProgram { program: with_cuts.restricted_to(&choices), choices, upper_bound: best.upper_bound })
}

/// Looks for the best solution above the cutoff. `should_stop` is asked at every node, with the bound proven by then.
pub(crate) fn branch_and_bound(
    reduced: &ReducedProgram,
    limits: BranchLimits,
    should_stop: &dyn Fn(i64) -> bool,
) -> Result<BranchAndBoundResult, Failure> {
    let BranchLimits { cutoff, known_bound, max_nodes, threads } = limits;
    if !reduced.upper_bound.exceeds(cutoff) {
        return Ok(BranchAndBoundResult { chosen: None, upper_bound: cutoff, nodes: 0 });
    }
    let program = &reduced.program;
    std::thread::scope(|scope| {
        let mut tree = BranchTree {
            program,
            relaxation: LpRelaxation::new(program),
            trial_thread: (threads == BranchThreads::Two).then(|| TrialThread::start(scope, program, cutoff)),
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
    relaxation: LpRelaxation,
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
    /// Branches until nothing is left, or it is time to stop; returns the highest bound of the nodes left or unresolved,
    /// if there are any.
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
            let (column, [down, up]) = self.branch_on(&node)?;
            let share = node.solution.shares[column.at()];
            let changes =
                |up| node.bound_changes.iter().copied().chain([BoundChange::rounding(column, share, up)]).collect();
            let (down, up) = (self.evaluate(down, changes(false)), self.evaluate(up, changes(true)));
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
            .flat_map(|&column| [false, true].map(|up| BoundChange::rounding(column, share(column), up)))
            .filter(|branch| !self.pseudocosts.contains_key(&branch.side()))
            .take(MAX_TRIALS);
        let mut tried = self.strong_branch(node, branches.collect())?;
        let cost = |column, up| {
            let cost = match tried.get(&(column, up)) {
                Some(Some(child)) if child.upper_bound.exceeds(self.cutoff) => {
                    solution.upper_bound.excess_over(child.upper_bound)
                }
                Some(_) => PRUNED_COST,
                None => self.pseudocost(column, up) * distance(solution, column, up),
            };
            cost.max(MIN_COST)
        };
        let (mut best, mut best_score) = (candidates[0], f64::NEG_INFINITY);
        for column in candidates {
            let score = cost(column, false) * cost(column, true);
            if score > best_score {
                (best, best_score) = (column, score);
            }
        }
        let untried = [false, true].into_iter().filter(|up| !tried.contains_key(&(best, *up)));
        let untried = untried.map(|up| BoundChange::rounding(best, share(best), up)).collect();
        tried.extend(self.strong_branch(node, untried)?);
        let mut child = |up| tried.remove(&(best, up)).flatten();
        Ok((best, [child(false), child(true)]))
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
                let pseudocost = self.pseudocosts.entry(branch.side()).or_default();
                pseudocost.sum += cost / distance(&node.solution, branch.column, branch.up);
                pseudocost.times += 1.0;
            }
        }
        Ok(trials.branches.iter().map(BoundChange::side).zip(children).collect())
    }

    /// The mean cost of a side so far; of all sides, where this one has not been tried.
    fn pseudocost(&self, column: ColumnIx, up: bool) -> f64 {
        let of_all = || {
            self.pseudocosts.values().fold(Pseudocost::default(), |all, one| Pseudocost {
                sum: all.sum + one.sum,
                times: all.times + one.times,
            })
        };
        self.pseudocosts.get(&(column, up)).copied().unwrap_or_else(of_all).mean()
    }
}

/// How far a share is from the whole number that one side of the branch asks for.
fn distance(solution: &LpSolution, column: ColumnIx, up: bool) -> f64 {
    let fraction = fraction(solution.shares[column.at()]);
    if up { 1.0 - fraction } else { fraction }
}

/// By how much a share exceeds a whole number.
fn fraction(share: f64) -> f64 {
    share - share.floor()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::components::tests::{brute_force, random};

    const UNLIMITED: BranchLimits =
        BranchLimits { cutoff: 0, known_bound: i64::MAX, max_nodes: u32::MAX, threads: BranchThreads::One };

    fn searched(program: &Program, limits: BranchLimits) -> (ReducedProgram, BranchAndBoundResult) {
        let reduced = cut_and_fix(program, limits.cutoff, &|| false).expect("a relaxation");
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
