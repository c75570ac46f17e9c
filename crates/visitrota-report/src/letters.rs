//! Families' letters and messages, in their language. They say nothing of a prison unless asked to, and nothing of other
//! families: not of those in the car, nor of those who make the same visit.

use maud::{Markup, html};

use crate::book::{Book, Load, Ride, Tour};
use crate::html::{Document, apart, head, plain, who};
use crate::name::FileNames;
use crate::out_file::OutFile;
use crate::sheets::STYLE;
use crate::texts::{Text, Writer, Written};
use crate::words::clock;
use visitrota_model::Language;

/// A letter for each family of each visit that is met, all of them in one file to print, and the messages to send.
pub(crate) fn files(book: &Book<'_>) -> Vec<OutFile> {
    let mut names = FileNames::default();
    let mut files = Vec::new();
    let (mut letters, mut messages) = (Vec::new(), Vec::new());
    for tour in book.tours() {
        for ride in &tour.rides {
            let letter = Letter { book, tour, ride, writer: Writer::new(book.language(ride.family.id.as_str())) };
            let name = names.give("letters/letter", &[ride.family.id.as_str(), ride.request.id.as_str()], "html");
            let title = format!("{} {}", ride.family.id, tour.date());
            let language = letter.writer.language();
            files.push(document(language, &title).file(name, &html! { main { (letter.page(1)) } }));
            letters.push(letter.page(2));
            messages.push(letter.message());
        }
    }
    let letters = html! {
        main { h1.visually-hidden { "Letters" } @for letter in &letters { (letter) } @if letters.is_empty() { p { "There are none." } } }
    };
    files.push(document(Language::English, "Letters").file("letters.html".to_owned(), &letters));
    let messages = html! {
        main.paper {
            h1 { "Messages" }
            @if messages.is_empty() { p { "There are none." } }
            @for message in &messages { (message) }
        }
    };
    files.push(document(Language::English, "Messages").file("messages.html".to_owned(), &messages));
    files
}

fn document(language: Language, title: &str) -> Document<'_> {
    Document { language: language.code(), title, style: STYLE, script: None }
}

/// What a letter is about.
struct Letter<'b, 'a> {
    book: &'b Book<'a>,
    tour: &'b Tour<'a>,
    ride: &'b Ride<'a>,
    writer: Writer,
}

impl Letter<'_, '_> {
    /// A text with everything filled in that a letter may say.
    fn write(&self, text: Text) -> Written {
        let Self { book, tour, ride, writer } = self;
        let day = Some(tour.date());
        let named = |id| {
            let who = book.who(id);
            plain(who.name.unwrap_or(who.id))
        };
        let prison = book.where_to(tour.prison);
        let met = |point: Option<_>| {
            let who = point.map(|point| book.meeting_point(point));
            who.map(|who| plain(who.name.unwrap_or(who.id))).unwrap_or_default()
        };
        let words = [
            ("date", writer.date(tour.date())),
            ("family", named(ride.family.id.as_str())),
            ("pickup", clock(ride.pickup, day)),
            ("boarding", ride.family.boarding_min.to_string()),
            ("start", clock(tour.slot.start, day)),
            ("end", clock(tour.slot.end, day)),
            ("prison", plain(prison.name.unwrap_or(prison.id))),
            ("home", clock(ride.home, day)),
            ("from", met(ride.from)),
            ("to", met(ride.to)),
            ("driver", named(tour.driver.id.as_str())),
            ("chaperone", tour.chaperone.map(|chaperone| named(chaperone.id.as_str())).unwrap_or_default()),
        ];
        let words: Vec<_> = words.iter().map(|(word, text)| (*word, text.as_str())).collect();
        writer.write(text, &words)
    }

    /// The letter, with a heading of this level.
    fn page(&self, level: u8) -> Markup {
        let Self { book, tour, ride, writer } = self;
        let text = |text| self.write(text).html();
        let named = book.who(ride.family.id.as_str()).name.is_some();
        let greeting = if named { Text::Greeting } else { Text::GreetingUnnamed };
        let visit = if book.privacy().prisons { Text::VisitAt } else { Text::Visit };
        let introduction = if ride.to.is_some() { Text::IntroductionBack } else { Text::Introduction };
        let pickup = if ride.from.is_some() { Text::PickupAt } else { Text::Pickup };
        let home = if ride.to.is_some() { Text::BackAt } else { Text::Home };
        let load = Load::of(ride.family);
        let fitted = load.infant + load.harness + load.booster > 0;
        html! {
            article.paper.letter lang=(writer.language().code()) {
                p.reference { (apart(ride.family.id.as_str())) " " (apart(ride.request.id.as_str())) }
                (head(level, &text(Text::Title)))
                p { (text(greeting)) }
                p { (text(introduction)) }
                (head(level + 1, &text(Text::When)))
                p { b { (text(pickup)) } }
                p { (text(visit)) }
                p { (text(home)) }
                (head(level + 1, &text(Text::Who)))
                p { (text(Text::Driver)) }
                @if tour.chaperone.is_some() { p { (text(Text::Chaperone)) } }
                @if ride.family.child_only() { p { (text(Text::Escort)) } }
                (head(level + 1, &text(Text::Bring)))
                ul {
                    li { (text(Text::Identity)) }
                    @if load.own > 0 { li { (text(Text::SeatsOwn)) } }
                    li { (text(Text::Luggage)) }
                }
                @if fitted { p { (text(Text::Seats)) } }
                p { (text(Text::Change)) }
            }
        }
    }

    /// The message, with where to send it.
    fn message(&self) -> Markup {
        let id = self.ride.family.id.as_str();
        let message = self.write(match (self.ride.from, self.ride.to) {
            (None, None) => Text::Message,
            (Some(_), None) => Text::MessageFrom,
            (None, Some(_)) => Text::MessageTo,
            (Some(_), Some(_)) => Text::MessageFromTo,
        });
        html! {
            section.message {
                h2 { (who(self.book.who(id))) }
                p.small {
                    @match self.book.phone(id) { Some(phone) => b { (apart(phone)) }, None => { "no telephone number" } }
                    ", " (self.writer.language())
                    @if message.fallback { ": not yet translated into that language" }
                }
                blockquote lang=(if message.fallback { "en" } else { self.writer.language().code() }) { (plain(&message.text)) }
            }
        }
    }
}
