//! A cut, and what it is looked for in.

/// A cut: the sum of some rows, a row perhaps several times, divided, all coefficients and then the right-hand side
/// rounded down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    /// The rows, in order.
    pub(crate) of: Vec<u32>,
    pub(crate) divisor: u32,
}

/// The trips that a relaxation uses: the units that each uses of rows, and its share.
pub(crate) type Shares<'a> = &'a [(&'a [(u32, u32)], f64)];

/// Less violation is not worth a cut.
pub(crate) const LEAST: f64 = 0.01;
