//! The book: problem, rota and names, joined once and read only.
//!
//! Here alone it is seen whether the three go together. What a paper takes from a book is there.

mod index;
mod join;
mod names;
mod place;
mod tour;

use std::collections::BTreeSet;

use visitrota_model::{
    Date, Explanation, Family, FamilyId, Instant, PlaceId, Prison, PrisonId, Problem, Request, RequestId, Rota, Slot,
    SlotId, Unmet, Volunteer, VolunteerId, WhyUnmet,
};

pub use place::{Area, Placed, Spot};
pub use tour::{Call, Drive, Host, Load, Ride, Tour};

use crate::error::Error;
use crate::miles::MilesSoFar;
use crate::options::Options;
use crate::privacy::Privacy;
use crate::rates::Rates;
use index::Index;

/// A problem, a rota of it and the names that go with them.
#[derive(Clone, Debug)]
pub struct Book<'a> {
    problem: &'a Problem,
    rota: &'a Rota,
    options: &'a Options,
    index: Index<'a>,
    tours: Vec<Tour<'a>>,
    unmet: Vec<(&'a Request, &'a Unmet)>,
}

/// Somebody, as they may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'a> {
    /// The id.
    pub id: &'a str,
    /// The name, where there is one and it may be shown.
    pub name: Option<&'a str>,
}

impl<'a> Book<'a> {
    /// Joins the documents.
    ///
    /// # Errors
    /// [`Error::Mismatch`] with everything in the rota that the problem does not know, and every stop that is missing.
    pub fn new(problem: &'a Problem, rota: &'a Rota, options: &'a Options) -> Result<Self, Error> {
        let index = Index::new(problem);
        let (tours, unmet) = join::join(problem, rota, &index).map_err(Error::Mismatch)?;
        Ok(Self { problem, rota, options, index, tours, unmet })
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &'a Problem {
        self.problem
    }

    /// The rota.
    #[must_use]
    pub fn rota(&self) -> &'a Rota {
        self.rota
    }

    /// What may be shown.
    #[must_use]
    pub fn privacy(&self) -> Privacy {
        self.options.privacy
    }

    /// Earlier rotas of the week, the oldest first.
    #[must_use]
    pub fn earlier(&self) -> &'a [Rota] {
        &self.options.earlier
    }

    /// What is paid for a mile.
    #[must_use]
    pub fn rates(&self) -> &'a Rates {
        &self.options.rates
    }

    /// What has been claimed so far.
    #[must_use]
    pub fn miles_so_far(&self) -> &'a MilesSoFar {
        &self.options.miles_so_far
    }

    /// When the report is made.
    #[must_use]
    pub fn made(&self) -> Option<Instant> {
        self.options.made
    }

    /// The trips, in the rota's order; their numbers count from 1.
    #[must_use]
    pub fn tours(&self) -> &[Tour<'a>] {
        &self.tours
    }

    /// The trips of a volunteer, as driver or chaperone.
    pub fn tours_of(&self, volunteer: &VolunteerId) -> impl Iterator<Item = &Tour<'a>> {
        self.tours.iter().filter(move |tour| tour.volunteers().any(|who| who.id == *volunteer))
    }

    /// The trips on a date.
    pub(crate) fn tours_on(&self, day: Date) -> impl Iterator<Item = &Tour<'a>> {
        self.tours.iter().filter(move |tour| tour.date() == day)
    }

    /// The requests that no trip serves, and why.
    #[must_use]
    pub fn unmet(&self) -> &[(&'a Request, &'a Unmet)] {
        &self.unmet
    }

    /// How many visits are met: a joint one once, however many families and cars it takes.
    #[must_use]
    pub fn met(&self) -> usize {
        let rides = self.tours.iter().flat_map(|tour| &tour.rides);
        rides.map(|ride| &ride.request.id).collect::<BTreeSet<_>>().len()
    }

    /// The trip that carries a family of a request, if one does.
    #[must_use]
    pub fn tour_with(&self, request: &RequestId, family: &FamilyId) -> Option<&Tour<'a>> {
        let carries =
            |tour: &&Tour<'a>| tour.rides.iter().any(|ride| ride.request.id == *request && ride.family.id == *family);
        self.tours.iter().find(carries)
    }

    /// Whether families of a request ride in another trip too.
    #[must_use]
    pub fn rides_elsewhere(&self, request: &RequestId, tour: &Tour<'a>) -> bool {
        let others = self.tours.iter().filter(|other| other.number != tour.number);
        others.flat_map(|other| &other.rides).any(|ride| ride.request.id == *request)
    }

    /// The dates of the week, from the first to the last.
    #[must_use]
    pub fn week(&self) -> Vec<Date> {
        let week = self.problem.week;
        let days = u32::try_from(week.to.days_since(week.from)).unwrap_or_default();
        (0..=days).map(|day| week.from.plus_days(day)).collect()
    }

    /// The dates on which there are trips.
    #[must_use]
    pub fn days(&self) -> BTreeSet<Date> {
        self.tours.iter().map(Tour::date).collect()
    }

    /// A prison.
    #[must_use]
    pub fn prison(&self, id: &PrisonId) -> Option<&'a Prison> {
        self.index.prisons.get(id).copied()
    }

    /// The prison at a place, if one is there.
    #[must_use]
    pub fn prison_at(&self, place: &PlaceId) -> Option<&'a Prison> {
        self.problem.prisons.iter().find(|prison| prison.id.as_str() == place.as_str())
    }

    /// A slot.
    #[must_use]
    pub fn slot(&self, id: &SlotId) -> Option<&'a Slot> {
        self.index.slots.get(id).copied()
    }

    /// A volunteer.
    #[must_use]
    pub fn volunteer(&self, id: &VolunteerId) -> Option<&'a Volunteer> {
        self.index.volunteers.get(id).copied()
    }

    /// A family.
    #[must_use]
    pub fn family(&self, id: &FamilyId) -> Option<&'a Family> {
        self.index.families.get(id).copied()
    }

    /// A request.
    #[must_use]
    pub fn request(&self, id: &RequestId) -> Option<&'a Request> {
        self.index.requests.get(id).copied()
    }

    /// An answer about a request, where one was asked for.
    #[must_use]
    pub fn why(&self, request: &RequestId) -> Option<(&'a WhyUnmet, &'a Explanation)> {
        let explanation = self.options.why.as_ref()?;
        Some((explanation.unmet.iter().find(|unmet| unmet.request == *request)?, explanation))
    }

    /// Whether drivers' sheets link to maps.
    pub(crate) fn links_routes(&self) -> bool {
        !self.options.no_route_links
    }
}

impl std::fmt::Display for Who<'_> {
    /// Id and name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name {
            Some(name) => write!(f, "{} {name}", self.id),
            None => f.pad(self.id),
        }
    }
}
