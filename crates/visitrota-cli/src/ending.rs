//! How a run ends: what is printed of a failure or a panic, and the exit code that it comes to.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};

use visitrota::answers::FindingList;

use crate::args::Format;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{output, render};

/// Prints why a verb failed, on standard error; where programs expect JSON they get a document's findings as such.
pub(crate) fn failed(failure: Failure, format: Format) -> Exit {
    match failure {
        Failure::Usage(message) => {
            output::eprint(&render::failure::error(&message));
            Exit::Usage
        }
        Failure::Invalid { document, findings } => {
            let printed = match format {
                Format::Text => {
                    output::eprint(&render::findings::text(&findings, &document, output::width()));
                    Ok(())
                }
                Format::Json => {
                    render::json(&FindingList::from(findings)).and_then(|json| output::print_document(&json))
                }
            };
            printed.map_or_else(|failure| failed(failure, format), |()| Exit::Invalid)
        }
        Failure::Stopped => {
            output::eprint(&render::failure::error("planning stopped before it found a rota: allow it more time"));
            Exit::Stopped
        }
        Failure::Internal(what) => {
            output::eprint(&render::failure::internal(&what));
            Exit::Internal
        }
        Failure::PipeClosed => Exit::Success,
    }
}

/// Runs the program. A panic is reported in a line, and ends as [`Exit::Internal`].
pub(crate) fn catching_panics(run: impl FnOnce() -> Exit) -> Exit {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}: ", at.file(), at.line())).unwrap_or_default();
        output::eprint(&render::failure::internal(&format!("{place}{}", message(info.payload()))));
    }));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Exit::Internal)
}

fn message(payload: &dyn Any) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_as_an_internal_error() {
        let one = std::hint::black_box([0]);
        assert_eq!(
            catching_panics(|| if one[std::hint::black_box(1)] == 0 { Exit::Success } else { Exit::Usage }),
            Exit::Internal
        );
        assert_eq!(catching_panics(|| Exit::Unmet), Exit::Unmet);
    }
}
