//! Strong branching: solves the relaxation of candidate branches before one of them is chosen, on two threads.
//!
//! (D. Applegate, R. Bixby, V. Chvátal and W. Cook, Finding cuts in the TSP, DIMACS Technical Report 95-05, 1995.)

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

use crate::failure::Failure;
use crate::lp::failed;
use crate::program::Program;
use crate::program::bound_change::BoundChange;
use crate::program::lp_formulation::LpSolution;
use crate::program::lp_relaxation::LpRelaxation;
use crate::stop::Stop;

/// The branches to try from one node, and the cutoff that they are to exceed.
#[derive(Clone, Debug)]
pub(crate) struct Trials {
    pub(crate) cutoff: i64,
    /// The bound changes that lead to the node.
    pub(crate) node: Vec<BoundChange>,
    /// A further change for each branch.
    pub(crate) branches: Vec<BoundChange>,
}

/// The solution of each branch; none where a branch is infeasible.
type TrialSolutions = Result<Vec<Option<LpSolution>>, Failure>;

/// A thread with a relaxation of its own that tries every second branch. Which thread tries which branch does not
/// depend on which is done first, so results do not either.
pub(crate) struct TrialThread {
    trials: Sender<Trials>,
    solutions: Receiver<TrialSolutions>,
}

impl TrialThread {
    pub(crate) fn start<'scope>(
        scope: &'scope Scope<'scope, '_>,
        program: &'scope Program,
        cutoff: i64,
        stop: Stop<'scope>,
    ) -> Self {
        let (trials, received_trials) = channel::<Trials>();
        let (sent_solutions, solutions) = channel();
        scope.spawn(move || {
            let mut relaxation = LpRelaxation::new(program, stop);
            // The root is solved before any trial is sent, while the other thread solves it too.
            let root = relaxation.solve(cutoff).map(drop);
            for trials in received_trials {
                let solved = root.clone().and_then(|()| try_each(&mut relaxation, &trials));
                if sent_solutions.send(solved).is_err() {
                    break;
                }
            }
        });
        Self { trials, solutions }
    }

    /// The solution of each branch; this thread tries the other half, with `relaxation`.
    pub(crate) fn try_on_both(&self, relaxation: &mut LpRelaxation<'_>, trials: &Trials) -> TrialSolutions {
        let every_second_from = |first| Trials {
            branches: trials.branches.iter().copied().skip(first).step_by(2).collect(),
            ..trials.clone()
        };
        let lost_thread = || failed("lost the thread that tries branches");
        self.trials.send(every_second_from(1)).map_err(|_| lost_thread())?;
        let even = try_each(relaxation, &every_second_from(0));
        let odd = self.solutions.recv().map_err(|_| lost_thread())?;
        let (mut even, mut odd) = (even?.into_iter(), odd?.into_iter());
        Ok((0..trials.branches.len()).filter_map(|at| if at % 2 == 0 { even.next() } else { odd.next() }).collect())
    }
}

/// The solution of each branch, tried on this thread.
pub(crate) fn try_each(relaxation: &mut LpRelaxation<'_>, trials: &Trials) -> TrialSolutions {
    relaxation.apply_only(&trials.node);
    let try_one = |branch: &BoundChange| {
        let bounds = relaxation.bounds(branch.column);
        relaxation.apply(branch);
        let solution = relaxation.solve(trials.cutoff);
        relaxation.set_bounds(branch.column, bounds);
        solution
    };
    trials.branches.iter().map(try_one).collect()
}
