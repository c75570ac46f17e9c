//! A part of the rota that is opened up for other trips.

/// Where trips may be added: to which slots, by which drivers, serving which requests.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) slots: Vec<bool>,
    pub(crate) drivers: Vec<bool>,
    pub(crate) requests: Vec<bool>,
}
