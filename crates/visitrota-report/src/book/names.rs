//! Who is called what, and how to reach them: what the file of names and [`Privacy`](crate::Privacy) make of an id.

use visitrota_model::{Contact, Language, MeetingPoint, Prison};

use super::{Book, Who};

/// What a prisoner is called where the prison is not named.
const PRISONER: &str = "the prisoner";

impl<'a> Book<'a> {
    /// What the file of names says of an id.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&'a Contact> {
        self.options.contacts.get(id)
    }

    /// The telephone number of somebody, where it is known.
    #[must_use]
    pub fn phone(&self, id: &str) -> Option<&'a str> {
        self.contact(id).map(|contact| contact.phone.as_str()).filter(|phone| !phone.is_empty())
    }

    /// Notes on somebody, where there are any.
    #[must_use]
    pub fn notes(&self, id: &str) -> Option<&'a str> {
        self.contact(id).map(|contact| contact.notes.as_str()).filter(|notes| !notes.is_empty())
    }

    /// The language somebody is written to in.
    #[must_use]
    pub fn language(&self, id: &str) -> Language {
        self.contact(id).map(|contact| contact.language).unwrap_or_default()
    }

    /// A volunteer, a family or a meeting point: the name of the file of names; that of the problem only if it may be
    /// shown.
    #[must_use]
    pub fn who(&self, id: &'a str) -> Who<'a> {
        let name = self.joined(id).or_else(|| self.named(id).filter(|_| self.privacy().names));
        Who { id, name }
    }

    /// How somebody is called in a sentence. Who is visited is nobody's to read where the prison is not.
    #[must_use]
    pub fn called(&self, id: &str) -> String {
        let prisoner = self.index.prisoners.contains(id);
        if prisoner && !self.privacy().prisons {
            return PRISONER.to_owned();
        }
        let is_prison = || self.index.prisons.keys().any(|prison| prison.as_str() == id);
        let shown = || if is_prison() { self.privacy().prisons } else { self.privacy().names };
        let name = self.joined(id).or_else(|| self.named(id).filter(|_| shown()));
        name.map_or_else(|| id.to_owned(), |name| format!("{id} {name}"))
    }

    /// A prison, as anybody may read it.
    #[must_use]
    pub fn where_to(&self, prison: &'a Prison) -> Who<'a> {
        let id = prison.id.as_str();
        if self.privacy().prisons { self.gate(prison) } else { Who { id, name: None } }
    }

    /// A prison, as whoever drives there must know it.
    #[must_use]
    pub fn gate(&self, prison: &'a Prison) -> Who<'a> {
        self.known(prison.id.as_str())
    }

    /// A meeting point, as whoever goes there must know it.
    #[must_use]
    pub fn meeting_point(&self, point: &'a MeetingPoint) -> Who<'a> {
        self.known(point.id.as_str())
    }

    fn known(&self, id: &'a str) -> Who<'a> {
        Who { id, name: self.joined(id).or_else(|| self.named(id)) }
    }

    /// The name that the file of names has.
    fn joined(&self, id: &str) -> Option<&'a str> {
        self.contact(id).map(|contact| contact.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The name that the problem has.
    fn named(&self, id: &str) -> Option<&'a str> {
        self.index.names.get(id).copied().filter(|name| !name.is_empty())
    }
}
