//! The program `visitrota`: plans the week's rota of a prison-visit driving scheme.
//!
//! It reads arguments and files, calls the library and writes what comes back; it holds no rule of planning.

mod args;
mod exit;
mod failure;
mod files;
mod interrupt;
mod output;
mod problems;
mod progress;
mod render;
mod report;
mod verbs;
mod why;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, When};
use exit::Exit;

fn main() -> ExitCode {
    exit::guarded(run).into()
}

fn run() -> Exit {
    let parsed = Args::command().try_get_matches().and_then(|matches| Args::from_arg_matches(&matches));
    match parsed {
        Ok(args) => {
            output::colour(args.color);
            let format = args.verb.format();
            verbs::run(args.verb).unwrap_or_else(|failure| failure.report(format))
        }
        Err(error) => {
            output::colour(When::among(std::env::args_os()));
            let text = error.render().ansi().to_string();
            if error.use_stderr() {
                output::tell(&text);
                Exit::Usage
            } else {
                output::print(&text).map_or_else(|failure| failure.report(args::Format::Text), |()| Exit::Fine)
            }
        }
    }
}
