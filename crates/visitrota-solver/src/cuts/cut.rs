//! A cut, and the fractional solution that separation is to cut off.

/// A Chvátal–Gomory cut: the sum of some rows, a row perhaps several times, divided. All coefficients are rounded down,
/// and so is the right-hand side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    /// The rows, in order; a row as often as it is added.
    pub(crate) rows: Vec<u32>,
    pub(crate) divisor: u32,
}

/// The trips of a fractional solution: the units that each uses of rows, and its share, which is the value of its
/// variable.
pub(crate) type Shares<'a> = &'a [(&'a [(u32, i32)], f64)];

/// The least violation worth a cut: far above the error of the solver's arithmetic, and a cut violated by less hardly
/// moves the bound.
pub(crate) const MIN_VIOLATION: f64 = 0.01;
