//! What people and programs read: documents and findings as text, with styles that the terminal may leave out.

pub(crate) mod answers;
pub(crate) mod findings;
pub(crate) mod problem;
mod reasons;
pub(crate) mod rota;
mod score;
pub(crate) mod shown;
pub(crate) mod text;
pub(crate) mod verdict;
