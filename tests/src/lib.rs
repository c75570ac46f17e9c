//! What the tests from outside share: problems made at random, and an oracle that says what is best.
//!
//! The [`Oracle`] reads the rules of a rota anew, from the problem document alone, and shares neither code nor shortcuts
//! with the planner and the verifier. It counts in whole numbers throughout. Of the problems of [`random_problem`] it
//! tries everything: every trip, every order of stops, every set of trips. It is right because it is simple, and slow
//! because of that. Those of [`bus_problem`] and [`minibus_problem`] have groups too large for this: the oracle works by
//! sets of stops there, and both ways are held against each other on the small problems.
//!
//! [`for_each`] holds a property against many problems. Where one breaks it, the problem is [`reduced`] to what
//! breaks it still, and shown as a document that can be kept as a fixture.

mod buses;
mod clock;
mod judging;
mod making;
mod oracle;
mod random;
mod reducing;
mod seeds;

pub use buses::{bus_problem, minibus_problem};
pub use judging::{Fault, Kind, Planned, any_limits, as_the_oracle, holds_the_best};
pub use making::{CROWDED, MIDDLING, Size, TINY, random_problem};
pub use oracle::Oracle;
pub use random::Random;
pub use reducing::reduced;
pub use seeds::{Held, caught, for_each, for_each_seed, sound};
