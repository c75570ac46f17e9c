//! Branch and cut: the best choice of a program of which nearly all is known already.
//!
//! The programs that the engine comes to in the end have a bound that is nearly reached. Cuts bring it down further, and
//! rule out most choices by what they would cost; branching decides the rest. The branch with the most hope is followed
//! first, down to where it ends; then the best of those left. (H. Crowder, E. L. Johnson and M. Padberg, Solving
//! large-scale zero-one linear programming problems, Operations Research 31, 1983.)

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::program::Program;
use crate::program::bound_change::{BoundChange, BranchSide};
use crate::program::lp_relaxation::{LpRelaxation, LpSolution};
use crate::program::scaled_points::ScaledPoints;
use crate::program::strong_branching::{TrialThread, try_each};

/// A program made smaller, for those who look for more than so many points.
#[derive(Debug)]
pub(crate) struct ReducedProgram {
    /// The choices that are left, by their positions in the program.
    pub(crate) choices: Vec<ChoiceIx>,
    /// The program over them, with the cuts that hold the bound.
    pub(crate) program: Program,
    /// What no choice exceeds, except where there is none of more than was asked for.
    upper_bound: ScaledPoints,
}

/// What came of a search.
#[derive(Debug)]
pub(crate) struct BranchAndBoundResult {
    /// The best choice of more points than were asked for, if one was found.
    pub(crate) chosen: Option<Vec<bool>>,
    /// Points that no choice exceeds, except where there is none of more than was asked for.
    pub(crate) upper_bound: i64,
    /// Branches that were looked at.
    pub(crate) nodes: u32,
}

/// Makes a program smaller by rounds of cuts, until they are idle: what no choice of more than `beyond` points takes is
/// left out.
pub(crate) fn cut_and_fix(
    program: &Program,
    beyond: i64,
    stopped: &dyn Fn() -> bool,
) -> Result<ReducedProgram, Failure> {
    /// Rounds without much in a row before cutting ends, and how many there are at the most.
    const IDLE: u32 = 6;
    const ROUNDS: u32 = 10;
    /// A round is idle unless the bound comes down by this part of what it is above the points asked for, or a choice
    /// is left out.
    const TAIL: i128 = 300;
    /// Terms of cuts that are enough: more make the relaxation slow.
    const TERMS: usize = 250_000;
    let mut relaxation = LpRelaxation::new(program);
    let mut best: Option<LpSolution> = None;
    let mut idle = 0;
    for _ in 0..ROUNDS {
        let Some(solved) = relaxation.solve(beyond)? else { break };
        let fixed = relaxation.fix_by_reduced_cost(&solved, beyond);
        let fell = best.as_ref().is_none_or(|best| solved.upper_bound.fell_since(best.upper_bound, beyond, TAIL));
        idle = match (fell, fixed) {
            (true, _) => 0,
            (false, true) => idle.min(IDLE - 1),
            (false, false) => idle + 1,
        };
        let worth_it = solved.upper_bound.exceeds(beyond) && idle < IDLE && relaxation.terms_of_cuts() < TERMS;
        let more = worth_it && !stopped() && relaxation.separate_cuts(&solved)?;
        if best.as_ref().is_none_or(|best| solved.upper_bound < best.upper_bound) {
            best = Some(solved);
        }
        if !more {
            break;
        }
    }
    let best = best.ok_or(Failure::OutOfTime)?;
    let choices = relaxation.remaining_choices();
    let mut with_cuts = program.clone();
    relaxation.export_cuts(&best, &mut with_cuts);
    Ok(ReducedProgram { program: with_cuts.restricted_to(&choices), choices, upper_bound: best.upper_bound })
}

/// Looks for the best choice of more than `beyond` points, of which it is known that none exceeds `known`, in no more
/// than so many branches; on two threads if `helped`. Whether to stop is asked with what no choice exceeds by then.
pub(crate) fn branch_and_bound(
    tight: &ReducedProgram,
    beyond: i64,
    known: i64,
    nodes: u32,
    helped: bool,
    stopped: &dyn Fn(i64) -> bool,
) -> Result<BranchAndBoundResult, Failure> {
    if !tight.upper_bound.exceeds(beyond) {
        return Ok(BranchAndBoundResult { chosen: None, upper_bound: beyond, nodes: 0 });
    }
    let program = &tight.program;
    std::thread::scope(|scope| {
        let mut tree = Tree {
            program,
            relaxation: LpRelaxation::new(program),
            assistant: helped.then(|| TrialThread::begin(scope, program, beyond)),
            cutoff: beyond,
            known_bound: known,
            incumbent: None,
            pseudocosts: BTreeMap::new(),
            unproven: None,
            nodes: 0,
        };
        let left = tree.run(nodes, stopped)?;
        let most = left.map_or(tree.cutoff, |left| left.min(tight.upper_bound).floor()).max(tree.cutoff);
        Ok(BranchAndBoundResult { chosen: tree.incumbent, upper_bound: most, nodes: tree.nodes })
    })
}

/// A branch that goes on.
#[derive(Debug)]
struct BranchNode {
    solved: LpSolution,
    /// The columns that are not whole.
    fractional: Vec<ColumnIx>,
    bound_changes: Vec<BoundChange>,
    /// How many were looked at before it.
    nth: u32,
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
    /// The one with more hope is the greater; of equals, the one looked at first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.solved.upper_bound.cmp(&other.solved.upper_bound).then(other.nth.cmp(&self.nth))
    }
}

struct Tree<'a> {
    program: &'a Program,
    relaxation: LpRelaxation,
    assistant: Option<TrialThread>,
    /// What is looked for is better than this.
    cutoff: i64,
    /// Nothing is better than this.
    known_bound: i64,
    incumbent: Option<Vec<bool>>,
    /// What deciding each column either way has cost the bound, for a whole share: the sum, and of how many times.
    pseudocosts: BTreeMap<BranchSide, (f64, f64)>,
    /// What branches may come to that ended in a solution whole but for the solver's arithmetic.
    unproven: Option<ScaledPoints>,
    nodes: u32,
}

impl Tree<'_> {
    /// Looks at branches; returns what the best of those left, or unproven, may come to, if any is.
    fn run(&mut self, most_nodes: u32, stopped: &dyn Fn(i64) -> bool) -> Result<Option<ScaledPoints>, Failure> {
        let mut open: BinaryHeap<BranchNode> = BinaryHeap::new();
        let root = self.relaxation.solve(self.cutoff)?;
        let mut next = self.evaluate(root, Vec::new());
        loop {
            let hopeful =
                |node: &BranchNode| node.solved.upper_bound.exceeds(self.cutoff) && self.cutoff < self.known_bound;
            let Some(node) = next.take().filter(hopeful).or_else(|| open.pop().filter(hopeful)) else {
                return Ok(self.unproven);
            };
            let most =
                open.peek().map(|open| open.solved.upper_bound).max(Some(node.solved.upper_bound)).max(self.unproven);
            if self.nodes >= most_nodes || stopped(most.map_or(self.cutoff, ScaledPoints::floor)) {
                return Ok(most);
            }
            let (column, [down, up]) = self.branch_on(&node)?;
            let share = node.solved.shares[column.at()];
            let fixed = |up| node.bound_changes.iter().copied().chain([BoundChange::of(column, share, up)]).collect();
            let (down, up) = (self.evaluate(down, fixed(false)), self.evaluate(up, fixed(true)));
            // The likelier way is followed at once.
            let (ahead, aside) = if fraction(share) > 0.5 { (up, down) } else { (down, up) };
            next = ahead;
            open.extend(aside);
        }
    }

    /// Looks at what a branch comes to with columns fixed, and fixes what follows; nothing where it ends.
    fn evaluate(&mut self, solved: Option<LpSolution>, mut fixed: Vec<BoundChange>) -> Option<BranchNode> {
        self.nodes += 1;
        let solved = solved.filter(|solved| solved.upper_bound.exceeds(self.cutoff))?;
        let undecided = self.relaxation.fractional(&solved);
        if undecided.is_empty() {
            let chosen = self.relaxation.chosen(&solved);
            let points = self.program.value(&chosen);
            if points > self.cutoff && self.program.allows(&chosen) {
                (self.cutoff, self.incumbent) = (points, Some(chosen));
            }
            if solved.upper_bound.exceeds(self.cutoff) {
                self.unproven = self.unproven.max(Some(solved.upper_bound));
            }
            return None;
        }
        fixed.extend(self.relaxation.fixed_by_reduced_cost(&solved, self.cutoff, &fixed));
        Some(BranchNode { solved, fractional: undecided, bound_changes: fixed, nth: self.nodes })
    }

    /// The column to decide next, and what either way comes to: the one of which either way costs the bound most, by
    /// what it has cost before, or by trying. (T. Achterberg, T. Koch and A. Martin, Branching rules revisited,
    /// Operations Research Letters 33, 2005.)
    fn branch_on(&mut self, node: &BranchNode) -> Result<(ColumnIx, [Option<LpSolution>; 2]), Failure> {
        /// How many ways are tried at one branch.
        const TRIED: usize = 8;
        /// What a way costs at the least: of two that cost nothing one way, the one that costs more the other is better.
        const LEAST: f64 = 0.01;
        /// What a way costs that leads nowhere.
        const NOWHERE: f64 = 1e6;
        let solved = &node.solved;
        let from_half = |column: ColumnIx| (fraction(solved.shares[column.at()]) - 0.5).abs();
        let mut candidates = node.fractional.clone();
        candidates.sort_by(|&a, &b| from_half(a).total_cmp(&from_half(b)).then(a.cmp(&b)));
        let ways = candidates
            .iter()
            .flat_map(|&column| [false, true].map(|up| BoundChange::of(column, solved.shares[column.at()], up)));
        let ways: Vec<BoundChange> =
            ways.filter(|way| !self.pseudocosts.contains_key(&way.side())).take(TRIED).collect();
        let mut tried = self.strong_branch(node, &ways)?;
        let cost = |column, taken| {
            let cost = match tried.get(&(column, taken)) {
                Some(Some(after)) if after.upper_bound.exceeds(self.cutoff) => {
                    solved.upper_bound.excess_over(after.upper_bound)
                }
                Some(_) => NOWHERE,
                None => self.pseudocost(column, taken) * distance(solved, column, taken),
            };
            cost.max(LEAST)
        };
        let (mut best, mut most) = (candidates[0], f64::NEG_INFINITY);
        for column in candidates {
            let score = cost(column, false) * cost(column, true);
            if score > most {
                (best, most) = (column, score);
            }
        }
        let untried = [false, true].into_iter().filter(|up| !tried.contains_key(&(best, *up)));
        let untried: Vec<BoundChange> = untried.map(|up| BoundChange::of(best, solved.shares[best.at()], up)).collect();
        tried.extend(self.strong_branch(node, &untried)?);
        let mut after = |taken| tried.remove(&(best, taken)).flatten();
        Ok((best, [after(false), after(true)]))
    }

    /// What a branch comes to with one more column fixed, for each of some ways; what each costs the bound is remembered.
    fn strong_branch(
        &mut self,
        node: &BranchNode,
        ways: &[BoundChange],
    ) -> Result<BTreeMap<BranchSide, Option<LpSolution>>, Failure> {
        let tried = match &self.assistant {
            Some(assistant) => assistant.try_on_both(&mut self.relaxation, self.cutoff, &node.bound_changes, ways)?,
            None => try_each(&mut self.relaxation, self.cutoff, &node.bound_changes, ways)?,
        };
        for (way, after) in ways.iter().zip(&tried) {
            if let Some(after) = after {
                let cost = self.pseudocosts.entry(way.side()).or_default();
                let fell = node.solved.upper_bound.excess_over(after.upper_bound);
                *cost = (cost.0 + fell / distance(&node.solved, way.column, way.up), cost.1 + 1.0);
            }
        }
        Ok(ways.iter().map(BoundChange::side).zip(tried).collect())
    }

    /// What deciding a column has cost before, for a whole share; of others, where it has not been decided.
    fn pseudocost(&self, column: ColumnIx, taken: bool) -> f64 {
        let mean = |(sum, times): (f64, f64)| if times > 0.0 { sum / times } else { 1.0 };
        let all = || self.pseudocosts.values().fold((0.0, 0.0), |(sum, times), cost| (sum + cost.0, times + cost.1));
        mean(self.pseudocosts.get(&(column, taken)).copied().unwrap_or_else(all))
    }
}

/// How far a share is from being decided so.
fn distance(solved: &LpSolution, column: ColumnIx, up: bool) -> f64 {
    let part = fraction(solved.shares[column.at()]);
    if up { 1.0 - part } else { part }
}

/// By how much a share is more than a whole.
fn fraction(share: f64) -> f64 {
    share - share.floor()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::components::tests::{brute_force, random};

    fn searched(
        program: &Program,
        beyond: i64,
        known: i64,
        nodes: u32,
        helped: bool,
    ) -> (ReducedProgram, BranchAndBoundResult) {
        let going = || false;
        let tight = cut_and_fix(program, beyond, &going).expect("a relaxation");
        let searched = branch_and_bound(&tight, beyond, known, nodes, helped, &|_| false).expect("a search");
        (tight, searched)
    }

    #[test]
    fn the_best_choice_is_found_and_proven_and_none_that_is_better() {
        for seed in 0..400 {
            let mut program = random(seed);
            let Some(most) = brute_force(&program) else { continue };
            // Good guesses or bad, the best choice is the same.
            program.rows.iter_mut().zip(0..).for_each(|(row, at)| row.initial_price = at * 97 % 400);
            // Sums that may be decided take nothing away.
            let choices = (0..program.points.len()).map(ChoiceIx::new);
            program.branching_sums = vec![
                choices.clone().map(|choice| (choice, 1)).collect(),
                choices.step_by(2).map(|choice| (choice, 2)).collect(),
            ];
            for (beyond, known, helped) in
                [(most - 1, i64::MAX, true), (most - 500, i64::MAX, false), (most - 500, most, false)]
            {
                let (tight, searched) = searched(&program, beyond, known, u32::MAX, helped);
                let chosen = searched.chosen.expect("more than was asked for");
                let value = tight.program.value(&chosen);
                assert_eq!((value, searched.upper_bound), (most, most), "seed {seed} beyond {beyond}");
                let mut whole = vec![false; program.points.len()];
                tight.choices.iter().zip(chosen).for_each(|(&choice, taken)| whole[choice.at()] = taken);
                assert!(program.allows(&whole) && program.value(&whole) == most, "seed {seed} beyond {beyond}");
            }
            let (_, none) = searched(&program, most, i64::MAX, u32::MAX, false);
            assert!(none.chosen.is_none() && none.upper_bound == most, "seed {seed}: {none:?}");
        }
    }

    #[test]
    fn a_search_that_ends_early_says_what_may_be_left() {
        for seed in 0..400 {
            let program = random(seed);
            let Some(most) = brute_force(&program) else { continue };
            let (_, few) = searched(&program, most - 300, i64::MAX, 2, true);
            assert!(most <= few.upper_bound, "seed {seed}: {few:?} of {most}");
        }
    }
}
