//! What the linear programs share: numbers, HiGHS's options, and its failures.

#[expect(clippy::cast_precision_loss, reason = "checked problems stay far below 2^53")]
pub(crate) fn float(whole: i64) -> f64 {
    whole as f64
}

/// Options for a linear program that is solved again and again as it changes: by the simplex method, from the last
/// basis, and on this thread alone.
#[cfg(feature = "highs")]
pub(crate) fn by_simplex(model: &mut highs::Model) {
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("parallel", "off");
    model.set_option("presolve", "off");
    model.set_option("solver", "simplex");
}

/// A failure of HiGHS.
#[cfg(feature = "highs")]
pub(crate) fn failed(what: &str) -> crate::failure::Failure {
    crate::failure::Failure::Solver(format!("HiGHS: {what}"))
}

/// Solves a model as it stands.
///
/// # Errors
/// [`Failure::OutOfTime`] if planning had to end before it was solved; whatever HiGHS says of it then is no answer.
///
/// [`Failure::OutOfTime`]: crate::failure::Failure::OutOfTime
#[cfg(feature = "highs")]
pub(crate) fn solve_until(
    model: highs::Model,
    stop: crate::stop::Stop<'_>,
) -> Result<highs::SolvedModel, crate::failure::Failure> {
    let solved = visitrota_highs::try_solve_until(model, &|| stop.now());
    let solved = solved.map_err(|status| failed(&format!("{status:?}")))?;
    // Asked once more: whatever HiGHS makes of having been told to stop, it is no answer.
    if visitrota_highs::was_stopped(&solved) || stop.now() {
        Err(crate::failure::Failure::OutOfTime)
    } else {
        Ok(solved)
    }
}
