//! Findings: what is wrong, or looks wrong, in a document.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Names;

/// One thing found in a document. Findings come all at once, in the document's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Finding {
    /// Whether a rota can be planned in spite of it.
    pub severity: Severity,
    /// What kind of finding it is; stable from version to version.
    pub code: Code,
    /// Where: a path in the document such as `volunteers[3].available[0].to`, or the cell of a spreadsheet; empty for
    /// the document as a whole.
    pub path: String,
    /// The value found there, if there is one to show, shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong, in a sentence that names everything concerned.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// What the message names besides, as it stands in it. It stands in no document for programs.
    #[serde(skip)]
    pub mentions: Box<[Mention]>,
}

/// Findings as a document: what `visitrota check --format json` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FindingList {
    /// The findings, in the document's order; none = nothing is wrong.
    pub findings: Vec<Finding>,
}

impl From<Vec<Finding>> for FindingList {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings }
    }
}

/// What the message of a finding names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// Another place, by its path: whoever calls places otherwise, by the cells of a spreadsheet, need not look for paths
    /// among words and ids.
    Place(String),
    /// Somebody who has a name, by their id: [`Finding::told`] says the name too.
    Person {
        /// The id.
        id: String,
        /// The name.
        name: String,
    },
}

/// Whether a rota can be planned in spite of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// No rota is planned until it is mended.
    Error,
    /// Planned all the same; it may not be what was meant.
    Warning,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal),* $(,)?) => {
        /// The kinds of finding. Their texts are stable: programs may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])* #[serde(rename = $text)] $variant,)*
        }

        impl Code {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

codes! {
    /// The file is not JSON, or ends too soon.
    NotJson = "not-json",
    /// A value is of the wrong type or form.
    WrongType = "wrong-type",
    /// A number is outside its range.
    OutOfRange = "out-of-range",
    /// A field that must be there is missing.
    MissingField = "missing-field",
    /// A field that nobody knows.
    UnknownField = "unknown-field",
    /// A field that stands twice in one object, or fields that do not go together.
    FieldConflict = "field-conflict",
    /// An id stands twice.
    DuplicateId = "duplicate-id",
    /// An id that names nothing.
    UnknownId = "unknown-id",
    /// An id that is empty.
    EmptyId = "empty-id",
    /// An id that means something else in a document: `home`.
    ReservedId = "reserved-id",
    /// Something that nothing else in the document names.
    Unused = "unused",
    /// The week or a window ends before it begins.
    ReversedTimes = "reversed-times",
    /// The clocks never show this time: they go forward over it.
    SkippedTime = "skipped-time",
    /// A slot does not start within the week.
    SlotOutsideWeek = "slot-outside-week",
    /// A window does not touch the week.
    WindowOutsideWeek = "window-outside-week",
    /// Windows that touch or overlap.
    WindowsTouch = "windows-touch",
    /// A slot or a window lies outside the hours in which people are called on.
    OutsideHours = "outside-hours",
    /// An announced time that can hardly be meant.
    OddTime = "odd-time",
    /// A slot in the night, or of a day's length.
    OddSlot = "odd-slot",
    /// One session given as two slots.
    SlotTwice = "slot-twice",
    /// A date that can hardly be meant: a week years away, a permission for lifetimes.
    OddDate = "odd-date",
    /// A timezone whose clocks are not those on the wall.
    OddTimezone = "odd-timezone",
    /// A leg faster than cars go, or slower than people walk.
    OddLeg = "odd-leg",
    /// A driver has no car.
    DriverWithoutCar = "driver-without-car",
    /// A volunteer who cannot be used as described.
    IdleVolunteer = "idle-volunteer",
    /// A family that fits no car.
    FitsNoCar = "fits-no-car",
    /// A number that may be a child's age, or how many children there are.
    AgeOrNumber = "age-or-number",
    /// A family without members.
    NoMembers = "no-members",
    /// A request that is more visitors, or more adults, than a prison it asks for admits.
    OverVisitorsCap = "over-visitors-cap",
    /// A request for a slot that is not at its prisoner's prison.
    WrongPrison = "wrong-prison",
    /// A prisoner with fewer visits left than are asked for or pinned.
    NoVisitLeft = "no-visit-left",
    /// A request none of whose slots exists.
    NoSlotExists = "no-slot-exists",
    /// A request lists a slot twice.
    DuplicateOption = "duplicate-option",
    /// A permission runs out during the week.
    PermissionRunsOut = "permission-runs-out",
    /// Volunteers and families whom no trip can take, counted.
    LeftOut = "left-out",
    /// Time ran out before all was found that only the planner knows.
    CheckEnded = "check-ended",
    /// A needed permission that nobody holds.
    NobodyHolds = "nobody-holds",
    /// A request that no volunteer could ever serve.
    NobodyCanServe = "nobody-can-serve",
    /// A pair that means nothing, or stands twice, or contradicts another.
    OddPair = "odd-pair",
    /// A pin that cannot hold, or pins that contradict each other.
    ImpossiblePin = "impossible-pin",
    /// A locked trip that cannot stand as given.
    LockedTrip = "locked-trip",
    /// A patch does not fit the document.
    PatchFails = "patch-fails",
    /// A place without coordinates.
    NoCoordinates = "no-coordinates",
    /// A postcode that does not agree with the coordinates beside it, or names a sector that there is not.
    OddPostcode = "odd-postcode",
    /// Places that are known by their postcodes alone.
    RoughPlace = "rough-place",
    /// Coordinates that look swapped or far from everything else.
    FarAway = "far-away",
    /// The travel table lacks a place, or rows or columns are of the wrong length.
    BadMatrix = "bad-matrix",
    /// A travel source that this program cannot use.
    TravelUnavailable = "travel-unavailable",
    /// A file that is no workbook, or a sheet that cannot be read.
    UnreadableSheet = "unreadable-sheet",
    /// Rows, columns or a sheet that are hidden, and read all the same.
    HiddenCells = "hidden-cells",
    /// Rows that are a template's examples, and are not planned with.
    Examples = "examples",
    /// Something of sheets that a document of another form does not hold.
    LeftBehind = "left-behind",
    /// A file that is larger than is read, or would become so.
    TooLarge = "too-large",
    /// A slot that the prison cannot be asked for any more, or not yet.
    NotBookable = "not-bookable",
    /// There is nothing to plan: no volunteers, no slots or no requests.
    NothingToPlan = "nothing-to-plan",
}

impl Finding {
    /// An error at a path.
    #[must_use]
    pub fn error(code: Code, path: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            path: path.into(),
            value: None,
            message: message.into(),
            remedy: remedy.into(),
            mentions: Box::default(),
        }
    }

    /// A warning at a path.
    #[must_use]
    pub fn warning(code: Code, path: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, message, remedy) }
    }

    /// The same finding, whose message names another place by its path.
    #[must_use]
    pub(crate) fn mentioning(mut self, path: impl Into<String>) -> Self {
        self.mentions = self.mentions.into_iter().chain([Mention::Place(path.into())]).collect();
        self
    }

    /// The same finding, whose message names somebody by an id.
    #[must_use]
    pub fn naming(mut self, id: &str, name: &str) -> Self {
        if !name.is_empty() {
            let person = Mention::Person { id: id.to_owned(), name: name.to_owned() };
            self.mentions = self.mentions.into_iter().chain([person]).collect();
        }
        self
    }

    /// The message and the remedy with the name beside each id, for people who may see names.
    #[must_use]
    pub fn told(&self) -> (String, String) {
        let ids = self.mentions.iter().filter_map(|mention| match mention {
            Mention::Person { id, name } => Some((id.as_str(), name.as_str())),
            Mention::Place(_) => None,
        });
        let names = Names::given(ids);
        (names.beside(&self.message), names.beside(&self.remedy))
    }

    /// The same finding, at another path.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same finding, showing the value found.
    #[must_use]
    pub fn with_value(mut self, value: impl fmt::Display) -> Self {
        const MOST: usize = 60;
        let text = value.to_string();
        let mut short: String = text.chars().take(MOST).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        self.value = Some(short);
        self
    }

    /// The top-level field of a path, and the number of its element, if it names one.
    #[doc(hidden)]
    #[must_use]
    pub fn element(path: &str) -> (&str, Option<usize>) {
        let field = path.split(['[', '.']).next().unwrap_or_default();
        let rest = path.strip_prefix(field).unwrap_or_default();
        let number = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).and_then(|(n, _)| n.parse().ok());
        (field, number)
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, code, path, value, message, remedy, mentions: _ } = self;
        let severity = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{code}]")?;
        if !path.is_empty() {
            write!(f, " {path}")?;
        }
        if let Some(value) = value {
            write!(f, " = {value}")?;
        }
        write!(f, ": {message} {remedy}")
    }
}
