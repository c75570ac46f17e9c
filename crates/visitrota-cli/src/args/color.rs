//! When to use colour.

use std::ffi::OsString;

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always, even in a file
    Always,
    /// Never
    Never,
}

impl When {
    /// What a command line that could not be read as a whole says of colour: `--help` and errors have colour too.
    pub(crate) fn among(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let words: Vec<_> = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let after = words.iter().position(|word| word == "--color").and_then(|at| words.get(at + 1));
        let within = words.iter().find_map(|word| word.strip_prefix("--color="));
        after.map(String::as_str).or(within).and_then(|when| Self::from_str(when, false).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_found_in_a_bad_command_line() {
        let among = |line: &str| When::among(line.split(' ').map(OsString::from));
        assert_eq!(among("visitrota --color never plna"), When::Never);
        assert_eq!(among("visitrota plan --color=always --help"), When::Always);
        assert_eq!(among("visitrota --color"), When::Auto);
        assert_eq!(among("visitrota --color=sometimes"), When::Auto);
    }
}
