//! What a report is made with.

use visitrota_model::{Explanation, Instant, Rota};

use crate::contacts::Contacts;
use crate::miles::MilesSoFar;
use crate::privacy::Privacy;
use crate::rates::Rates;

/// What a report is made with, besides the problem and the rota.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names, telephone numbers and languages, joined at the last moment.
    pub contacts: Contacts,
    /// What may be shown to whoever reads along.
    pub privacy: Privacy,
    /// Earlier rotas of the same week that calendars were made of, the oldest first: what has changed since is told as
    /// a change, and what has gone is withdrawn.
    pub earlier: Vec<Rota>,
    /// What is paid for a mile.
    pub rates: Rates,
    /// What volunteers have claimed so far in the tax year.
    pub miles_so_far: MilesSoFar,
    /// Why visits are not met, where that was asked: the page then tells it in place of the rota's own reasons.
    pub why: Option<Explanation>,
    /// Whether the links to maps are left out of drivers' sheets: a route link opens a map site, with both places in it.
    pub no_route_links: bool,
    /// When the report is made, for calendars and workbooks to say; unless given, they say the beginning of 1970.
    pub made: Option<Instant>,
}
