//! The program `visitrota`: plans the week's rota of a prison-visit driving scheme.
//!
//! It reads arguments and files, calls the library and writes what comes back; it holds no rule of planning.

// What was asked, and doing it.
mod args;
mod places;
mod verbs;

// What verbs share.
mod documents;
mod papers;
mod planning;

// The world outside, and what people see of a run.
mod clock;
mod files;
mod interrupt;
mod output;
mod progress;
mod render;

// How a run ends.
mod ending;
mod exit;
mod failure;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, When};
use exit::Exit;
use render::shown::line;

fn main() -> ExitCode {
    ending::catching_panics(run).into()
}

fn run() -> Exit {
    let parsed = Args::command().try_get_matches().and_then(|matches| Args::from_arg_matches(&matches));
    match parsed {
        Ok(args) => {
            output::colour(args.color);
            files::raise_limits(args.size_limit);
            let format = args.verb.format();
            interrupt::install_handler();
            verbs::run(&args.verb).unwrap_or_else(|failure| ending::failed(failure, format))
        }
        Err(error) => {
            output::colour(When::among(std::env::args_os()));
            let text = error.render();
            if error.use_stderr() {
                // It repeats what was given: in colour only where nothing of that would command the terminal.
                let given = std::env::args_os().any(|given| line(&given.to_string_lossy()) != given.to_string_lossy());
                if given {
                    output::eprint(&text.to_string())
                } else {
                    output::eprint_own(&text.ansi().to_string())
                }
                Exit::Usage
            } else {
                output::print_own(&text.ansi().to_string())
                    .map_or_else(|failure| ending::failed(failure, args::Format::Text), |()| Exit::Success)
            }
        }
    }
}
