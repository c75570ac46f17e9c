//! The neighbourhood of a large-neighbourhood search: the part of the rota that is opened up for other trips.
//!
//! (P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, CP 1998; with
//! column generation, S. N. Parragh and V. Schmid, Hybrid column generation and large neighborhood search for the
//! dial-a-ride problem, Computers & Operations Research 40, 2013.)

/// Where trips may be added: to which slots, by which drivers, serving which rides.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) slots: Vec<bool>,
    pub(crate) drivers: Vec<bool>,
    pub(crate) rides: Vec<bool>,
}
