//! Primal search: a rota in hand, and how it is improved. (A heuristic: it proves nothing.)

mod random;
pub(crate) mod rota_state;

pub(crate) mod destroy;
pub(crate) mod large_neighbourhood;
