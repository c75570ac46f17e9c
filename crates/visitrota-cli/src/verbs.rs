//! The verbs: each reads its documents, calls the library and writes what comes back.

mod run;

// One verb each.
mod advise;
mod apply;
mod check;
mod completions;
mod convert;
mod explain;
mod generate;
mod init;
mod licences;
mod man;
mod plan;
mod report;
mod schema;
mod standby;
mod verify;

pub(crate) use run::run;
