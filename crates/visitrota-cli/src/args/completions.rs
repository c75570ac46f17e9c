//! The arguments of `completions`.

use clap_complete::Shell;

/// Print the completions of a shell
///
/// For bash, for example: visitrota completions bash > ~/.local/share/bash-completion/completions/visitrota
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
