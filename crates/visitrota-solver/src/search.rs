//! Primal search: a rota in hand, and how it is improved. (A heuristic: it proves nothing.)

pub(crate) mod rota_state;

pub(crate) mod large_neighbourhood;
