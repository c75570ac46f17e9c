//! The arguments of `completions`.

use clap_complete::Shell;

/// Print the completions for a shell
///
/// For example, for bash: visitrota completions bash > ~/.local/share/bash-completion/completions/visitrota
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
