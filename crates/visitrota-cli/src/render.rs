//! What people and programs read: documents and findings as text, with styles that the terminal may leave out.

pub(crate) mod answers;
pub(crate) mod failure;
pub(crate) mod findings;
mod json;
pub(crate) mod papers;
pub(crate) mod problem;
pub(crate) mod progress;
mod reasons;
pub(crate) mod rota;
mod score;
pub(crate) mod shown;
mod text;
pub(crate) mod verdict;

pub(crate) use json::json;
