//! Whose the positions are that come from the table of postcodes.

use maud::{Markup, html};
use visitrota_postcodes::ATTRIBUTION;

use crate::book::Tour;

/// Whether a stop of these trips is known by its postcode alone.
pub(crate) fn by_postcode<'t, 'a: 't>(tours: impl IntoIterator<Item = &'t Tour<'a>>) -> bool {
    tours.into_iter().flat_map(|tour| &tour.calls).any(|call| call.rough())
}

/// What stands at the foot of a paper about these trips: that places are known by postcodes alone, and whose the table
/// is. Nothing where none is.
pub(crate) fn attribution<'t, 'a: 't>(tours: impl IntoIterator<Item = &'t Tour<'a>>) -> Markup {
    html! {
        @if by_postcode(tours) {
            p.small {
                "Some places are known by their postcodes alone, so positions, times and distances are rough. "
                @for line in ATTRIBUTION { (line) ". " }
            }
        }
    }
}
