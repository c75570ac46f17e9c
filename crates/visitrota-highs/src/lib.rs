//! Solves a model with HiGHS until it is told to stop.
//!
//! HiGHS asks a callback now and then whether to go on: at every iteration of the simplex method, and in a mixed-integer
//! program wherever it looks at its limits. The crate `highs` does not offer that, so this one calls the C functions.
//! It is all of visitrota's code that is unsafe.

use std::any::Any;
use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;

use highs::{HighsModelStatus, HighsStatus, Model, SolvedModel};
use highs_sys::{
    Highs_setCallback, Highs_startCallback, HighsCallbackDataIn, HighsCallbackDataOut, HighsInt,
    kHighsCallbackIpmInterrupt, kHighsCallbackMipInterrupt, kHighsCallbackSimplexInterrupt,
};

/// Where HiGHS asks whether to go on.
const ASKED: [HighsInt; 3] = [kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt, kHighsCallbackMipInterrupt];

/// Says whether to stop. HiGHS may ask from threads of its own, if its options let it have any.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// What the callback is given: whom to ask, and what became of asking.
struct Asked<'a> {
    stop: Stop<'a>,
    /// What `stop` panicked with. It is carried past HiGHS, which no panic may unwind.
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

/// Solves a model as [`Model::try_solve`] does, until `stop` says so: it is asked every few microseconds to
/// milliseconds, so it should be cheap. The status of a model that was stopped is
/// [`ReachedInterrupt`](HighsModelStatus::ReachedInterrupt); of a mixed-integer program there may be a solution, and
/// there is a bound. That it is asked changes nothing else.
///
/// ```
/// use highs::{ColProblem, HighsModelStatus, Sense};
/// use visitrota_highs::try_solve_until;
///
/// let mut problem = ColProblem::new();
/// let row = problem.add_row(..=4.0);
/// problem.add_column(1.0, 0.0.., [(row, 2.0)]);
/// let solved = try_solve_until(problem.optimise(Sense::Maximise), &|| false).expect("a sound model");
/// assert_eq!(solved.status(), HighsModelStatus::Optimal);
/// assert_eq!(solved.get_solution().columns(), [2.0]);
/// ```
///
/// # Errors
/// As [`Model::try_solve`]: HiGHS refuses the model.
///
/// # Panics
/// If `stop` does: the panic goes on once HiGHS has stopped.
pub fn try_solve_until(mut model: Model, stop: Stop<'_>) -> Result<SolvedModel, HighsStatus> {
    let asked = Asked { stop, panic: Mutex::new(None) };
    let highs = model.as_mut_ptr();
    // SAFETY: `highs` is a live instance, since `model` owns it. `ask` takes its last argument for a pointer to `Asked`,
    // which is what it is given. That outlives every call: HiGHS calls back while it solves alone, and after that the
    // pointer is taken back below, or the instance is gone with the model.
    unsafe { Highs_setCallback(highs, Some(ask), (&raw const asked).cast_mut().cast()) };
    for asked_at in ASKED {
        // SAFETY: `highs` is still that instance, and has a callback.
        unsafe { Highs_startCallback(highs, asked_at) };
    }
    // Where this fails, it has dropped the model, and with it the instance.
    let solved = model.try_solve();
    let solved = solved.map(|mut solved| {
        // SAFETY: `solved` owns the instance now. Without a callback, HiGHS keeps no pointer to `asked`.
        unsafe { Highs_setCallback(solved.as_mut_ptr(), None, std::ptr::null_mut()) };
        solved
    });
    if let Some(panic) = asked.panic.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
        resume_unwind(panic);
    }
    solved
}

/// Whether a model was stopped before it was solved.
#[must_use]
pub fn was_stopped(solved: &SolvedModel) -> bool {
    solved.status() == HighsModelStatus::ReachedInterrupt
}

/// What HiGHS calls.
///
/// # Safety
/// `data` must point to an [`Asked`] that nobody changes but through its mutex, and `answer`, unless it is null, to an
/// answer that nobody else reads or writes meanwhile.
unsafe extern "C" fn ask(
    _kind: c_int,
    _message: *const c_char,
    _state: *const HighsCallbackDataOut,
    answer: *mut HighsCallbackDataIn,
    data: *mut c_void,
) {
    // SAFETY: the caller says that `data` points to an `Asked`, which is shared alone.
    let Some(asked) = (unsafe { data.cast::<Asked<'_>>().as_ref() }) else { return };
    let stop = catch_unwind(AssertUnwindSafe(asked.stop)).unwrap_or_else(|panic| {
        *asked.panic.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(panic);
        true
    });
    // SAFETY: the caller says that `answer` is null or for this call alone.
    if let Some(answer) = unsafe { answer.as_mut() } {
        answer.user_interrupt = c_int::from(stop);
    }
}

#[cfg(test)]
mod tests;
