//! A rota in hand, and how it is improved.

pub(crate) mod rota_state;

pub(crate) mod large_neighbourhood;
