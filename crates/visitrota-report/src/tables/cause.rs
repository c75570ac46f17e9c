//! Why visits are not met, counted.

use visitrota_model::{Reason, Unmet};

/// Why a visit is not met, in a word: each is of one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    Impossible,
    TooDear,
    OthersFirst,
    Unknown,
}

impl Cause {
    pub(super) const ALL: [Self; 4] = [Self::Impossible, Self::TooDear, Self::OthersFirst, Self::Unknown];

    pub(super) fn of(unmet: &Unmet) -> Self {
        let of = |reason: &Reason| match reason {
            Reason::Blocked { .. } => Self::Impossible,
            Reason::CostsTooMuch => Self::TooDear,
            Reason::LostToCompetition { .. } => Self::OthersFirst,
        };
        unmet.reasons.iter().map(of).min().unwrap_or(Self::Unknown)
    }

    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Impossible => "no trip can serve it",
            Self::TooDear => "costs more points than it earns",
            Self::OthersFirst => "other visits came first",
            Self::Unknown => "not known: planning ended too soon",
        }
    }
}
