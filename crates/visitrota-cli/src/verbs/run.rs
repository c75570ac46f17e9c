//! Runs the verb asked for, once it is known that none of its files would overwrite another.

use super::{
    advise, apply, check, completions, convert, explain, generate, init, licences, man, plan, report, schema, standby,
    verify,
};
use crate::args::Verb;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::places::Places;

/// Does what was asked.
pub(crate) fn run(verb: &Verb) -> Result<Exit, Failure> {
    Places::of(verb).check()?;
    match verb {
        Verb::Init(args) => init::run(args),
        Verb::Check(args) => check::run(args),
        Verb::Plan(args) => plan::run(args),
        Verb::Report(args) => report::run(args),
        Verb::Verify(args) => verify::run(args),
        Verb::Explain(args) => explain::run(args),
        Verb::Advise(args) => advise::run(args),
        Verb::Apply(args) => apply::run(args),
        Verb::Standby(args) => standby::run(args),
        Verb::Convert(args) => convert::run(args),
        Verb::Generate(args) => generate::run(args),
        Verb::Schema(args) => schema::run(args),
        Verb::Licences(_) => licences::run(),
        Verb::Completions(args) => completions::run(args),
        Verb::Man(args) => man::run(args),
    }
}
