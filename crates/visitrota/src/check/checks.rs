//! What is looked for in a problem.

use visitrota_model::Date;

use crate::options::Options;

/// What [`check`](crate::check()) looks for. The default is everything that needs no date, however long it takes.
///
/// ```
/// use std::time::Duration;
/// use visitrota::{Checks, Options};
///
/// let at_once = Checks::document();
/// let soon = Checks::planned(&Options::default().time_limit(Duration::from_secs(5)));
/// # let _ = (at_once, soon);
/// ```
#[derive(Debug)]
pub struct Checks {
    /// How the planner looks, if it does.
    pub(super) planned: Option<Options>,
    pub(super) today: Option<Date>,
    /// Of a draft, the elements that could not be read.
    pub(super) unread: Option<Vec<(String, usize)>>,
}

impl Default for Checks {
    fn default() -> Self {
        Self::planned(&Options::default())
    }
}

impl Checks {
    /// What the document shows by itself. It takes milliseconds, at any size a tenth of a second or so.
    #[must_use]
    pub fn document() -> Self {
        Self { planned: None, today: None, unread: None }
    }

    /// Also what only the planner knows, within the options' time limit and until they are cancelled. Where that ends it
    /// early, what was found is told, with a warning of the code `check-ended`. It takes seconds where many can take
    /// part in no trip.
    #[must_use]
    pub fn planned(options: &Options) -> Self {
        Self { planned: Some(options.sharing()), ..Self::document() }
    }

    /// Also what is odd of a week that is planned today.
    #[must_use]
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The problem is a draft of which some elements of lists could not be read, each by the list's name and its number,
    /// as [`Document::draft`](crate::files::Document::draft) gives them. What the document shows is not told then, since
    /// reading told it.
    #[must_use]
    pub fn unread(mut self, unread: Vec<(String, usize)>) -> Self {
        self.unread = Some(unread);
        self
    }
}
