//! A trip as the verifier has read it.

use super::journey::Journey;
use super::party::Party;

/// One trip as it was read: who it carries and how it goes.
pub(super) struct Outing<'a> {
    pub(super) party: Party<'a>,
    pub(super) journey: Journey<'a>,
}
