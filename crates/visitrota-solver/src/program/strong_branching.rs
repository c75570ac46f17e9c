//! Ways to go on from a branch, tried on two threads.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

use crate::failure::Failure;
use crate::lp::failed;
use crate::program::Program;
use crate::program::bound_change::BoundChange;
use crate::program::lp_relaxation::{LpRelaxation, LpSolution};

/// Points of which more are looked for, columns that are fixed, and ways to try.
type Trials = (i64, Vec<BoundChange>, Vec<BoundChange>);

/// What each of some ways comes to; none where it leads nowhere.
type TrialSolutions = Result<Vec<Option<LpSolution>>, Failure>;

/// Tries every second way, with a relaxation of its own. Who tries what does not depend on who is done first, so that
/// results do not either.
pub(crate) struct TrialThread {
    asked: Sender<Trials>,
    tried: Receiver<TrialSolutions>,
}

impl TrialThread {
    pub(crate) fn begin<'scope>(scope: &'scope Scope<'scope, '_>, program: &'scope Program, beyond: i64) -> Self {
        let (asked, asks) = channel::<Trials>();
        let (answers, tried) = channel();
        scope.spawn(move || {
            let mut relaxation = LpRelaxation::new(program);
            // Solved once before anyone asks, while others do the same.
            let begun = relaxation.solve(beyond).map(drop);
            for (beyond, fixed, ways) in asks {
                let tried = begun.clone().and_then(|()| try_each(&mut relaxation, beyond, &fixed, &ways));
                if answers.send(tried).is_err() {
                    break;
                }
            }
        });
        Self { asked, tried }
    }

    /// What each way comes to where some columns are fixed and more than so many points are looked for; half of them are
    /// tried with `relaxation`.
    pub(crate) fn try_on_both(
        &self,
        relaxation: &mut LpRelaxation,
        beyond: i64,
        fixed: &[BoundChange],
        ways: &[BoundChange],
    ) -> TrialSolutions {
        let every_second = |first| ways.iter().copied().skip(first).step_by(2).collect::<Vec<_>>();
        let (own, others) = (every_second(0), every_second(1));
        let lost = || failed("lost the thread that tries ways");
        self.asked.send((beyond, fixed.to_vec(), others)).map_err(|_| lost())?;
        let own = try_each(relaxation, beyond, fixed, &own);
        let others = self.tried.recv().map_err(|_| lost())?;
        let (mut own, mut others) = (own?.into_iter(), others?.into_iter());
        Ok((0..ways.len()).filter_map(|at| if at % 2 == 0 { own.next() } else { others.next() }).collect())
    }
}

/// Tries each way where some columns are fixed and more than so many points are looked for.
pub(crate) fn try_each(
    relaxation: &mut LpRelaxation,
    beyond: i64,
    fixed: &[BoundChange],
    ways: &[BoundChange],
) -> TrialSolutions {
    relaxation.apply_only(fixed);
    let try_one = |way: &BoundChange| {
        let range = relaxation.bounds(way.column);
        relaxation.apply(way);
        let solved = relaxation.solve(beyond);
        relaxation.set_bounds(way.column, range);
        solved
    };
    ways.iter().map(try_one).collect()
}
