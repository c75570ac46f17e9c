//! Problems as people keep them: a folder of CSV files, a workbook or JSON, in and out; and rotas that they made, in.
//!
//! A [`Document`] is a problem as it was read, along with everything found on the way and the cells that it came from:
//! what is wrong is told as people see it, `families.csv row 14, column "children"` or `sheet families, cell G14`. The
//! sheets and their columns are listed in one place, which reading, writing and the [template](init) all follow.
//!
//! This crate reads no clock: today's date, where it matters, comes in from outside.

mod amount;
mod book;
mod booking;
mod cell;
mod csv;
mod directory;
pub mod disk;
mod document;
mod doubt;
mod error;
mod examples;
mod fault;
mod file;
mod folder;
mod found;
mod meeting;
mod offer;
mod option;
mod read;
mod room;
mod rota;
mod said;
mod scan;
mod sheets;
mod store;
mod unpack;
mod unreadable;
mod unseen;
mod value;
mod when;
mod words;
mod workbook;
mod write;
mod xlsx;

pub use document::Document;
pub use error::Error;
pub use file::{bytes, bytes_of};
pub use rota::RotaDocument;
pub use store::{init, save, save_with_contacts};
