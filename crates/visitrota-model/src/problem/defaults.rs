//! Defaults that are not the type's own, for constructors and documents alike.

pub(super) fn check_in_min() -> u32 {
    45
}
pub(super) fn check_out_min() -> u32 {
    15
}
pub(super) fn adult_age() -> u8 {
    18
}
pub(super) fn max_visitors() -> u32 {
    6
}
pub(super) fn max_adults() -> u32 {
    3
}
pub(super) fn max_trips() -> u32 {
    1
}
pub(super) fn max_families() -> u32 {
    2
}
pub(super) fn boarding_min() -> u32 {
    5
}
