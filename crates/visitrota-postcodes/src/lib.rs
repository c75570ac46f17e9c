//! Where the postcodes of Great Britain are, roughly: the middles of its 12,005 postcode sectors and 2,995 districts, as
//! a table within the program. Nothing is asked of a file or of the network.
//!
//! ```
//! use visitrota_postcodes::{Precision, Unknown, locate, nearest};
//!
//! let prison = locate("gl128db").unwrap();
//! assert_eq!(prison.precision, Precision::Sector, "the middle of GL12 8");
//! assert_eq!((prison.lat, prison.lon), (51.61772, -2.41521));
//!
//! // A district alone does, less exactly.
//! assert_eq!(locate("GL12").unwrap().precision, Precision::District);
//!
//! // What exists nowhere is never taken for something else.
//! assert_eq!(locate("GLI2 8DB"), Err(Unknown::Nowhere));
//! assert_eq!(nearest("GLI2 8DB"), ["GL12 8DB"]);
//! assert_eq!(locate("BT1 1AA"), Err(Unknown::Elsewhere("Northern Ireland")));
//! ```
//!
//! The table is of May 2025, with postcodes that are no longer in use; Northern Ireland, Jersey, Guernsey and the Isle of
//! Man are not in it. [`NOTICE`] has its licence, and [`ATTRIBUTION`] the lines that go with whatever shows it.

mod attribution;
mod locate;
mod nearest;
mod table;
mod written;

pub use attribution::{ATTRIBUTION, NOTICE};
pub use locate::{Located, Precision, Unknown, locate, no_such_sector};
pub use nearest::nearest;
