//! The verb `generate`.

use visitrota::generate::Recipe;

use crate::args::{GenerateArgs, Size};
use crate::documents::problem::write_problem;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::files;

/// Generates a problem of invented people.
pub(crate) fn run(args: &GenerateArgs) -> Result<Exit, Failure> {
    let target = args.output.as_deref().map(|file| files::target(file, "leave out --output")).transpose()?;
    let problem = visitrota::generate(&recipe(args));
    write_problem(&problem, target.as_ref())?;
    Ok(Exit::Success)
}

fn recipe(args: &GenerateArgs) -> Recipe {
    let size = match args.size {
        Size::Tiny => visitrota::generate::Size::Tiny,
        Size::Scheme => visitrota::generate::Size::Scheme,
        Size::Region => visitrota::generate::Size::Region,
        Size::National => visitrota::generate::Size::National,
    };
    let mut recipe = Recipe::from(size).minibuses(args.minibuses).seed(args.seed);
    if let Some(families) = args.families {
        recipe = recipe.families(families);
    }
    if let Some(volunteers) = args.volunteers {
        recipe = recipe.volunteers(volunteers);
    }
    if let Some(prisons) = args.prisons {
        recipe = recipe.prisons(prisons);
    }
    if args.rich { recipe.rich() } else { recipe }
}
