//! What is asked for: how large a problem, and which one of its size.

use std::fmt;

/// Families of one prison, where the number of prisons is not given.
const FAMILIES_PER_PRISON: u32 = 35;

/// The sizes that have a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// 10 families and 10 volunteers: small enough to read.
    Tiny,
    /// 24 families and 20 volunteers: the week of one scheme.
    #[default]
    Scheme,
    /// 150 families and 100 volunteers: a few neighbouring prisons together.
    Region,
    /// 3,000 families and 2,200 volunteers: a country.
    National,
}

/// What a problem is generated from. The same recipe gives the same problem.
///
/// It begins with a [`Size`]; each number may then be given by itself. Numbers below 1 are taken for 1, save
/// [`minibuses`](Self::minibuses).
///
/// ```
/// use visitrota_generate::{Recipe, Size, generate};
///
/// let recipe = Recipe::from(Size::Scheme).families(60).minibuses(3).seed(2);
/// let problem = generate(&recipe);
/// assert_eq!(problem.prisons.len(), 2);
/// assert_eq!(problem.volunteers.len(), 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    pub(crate) families: u32,
    pub(crate) volunteers: u32,
    prisons: Option<u32>,
    pub(crate) minibuses: u32,
    pub(crate) rich: bool,
    pub(crate) seed: u64,
}

impl From<Size> for Recipe {
    fn from(size: Size) -> Self {
        let (families, volunteers) = match size {
            Size::Tiny => (10, 10),
            Size::Scheme => (24, 20),
            Size::Region => (150, 100),
            Size::National => (3_000, 2_200),
        };
        Self { families, volunteers, prisons: None, minibuses: 0, rich: false, seed: 0 }
    }
}

impl Recipe {
    /// How many families; one in twenty asks for two visits.
    #[must_use]
    pub fn families(mut self, families: u32) -> Self {
        self.families = families.max(1);
        self
    }

    /// How many volunteers; the first drives and rides along.
    #[must_use]
    pub fn volunteers(mut self, volunteers: u32) -> Self {
        self.volunteers = volunteers.max(1);
        self
    }

    /// How many prisons; one for every 35 families, unless given. They stand 36 km apart, and closer together where
    /// the land would be larger than 1,100 km.
    #[must_use]
    pub fn prisons(mut self, prisons: u32) -> Self {
        self.prisons = Some(prisons.max(1));
        self
    }

    /// How many of the volunteers drive a minibus: 15 seats for up to six families. None, unless given.
    #[must_use]
    pub fn minibuses(mut self, minibuses: u32) -> Self {
        self.minibuses = minibuses;
        self
    }

    /// With a share of everything that a scheme may have besides: meeting points, prisoners, visits of several
    /// households, consents, hours, chaperones who stay. The people and the slots are those of the same recipe without.
    ///
    /// ```
    /// use visitrota_generate::{Recipe, Size, generate};
    ///
    /// let (plain, rich) = (Recipe::from(Size::Scheme), Recipe::from(Size::Scheme).rich());
    /// let (plain, rich) = (generate(&plain), generate(&rich));
    /// assert!(plain.prisoners.is_empty() && !rich.prisoners.is_empty());
    /// assert_eq!((plain.slots, plain.volunteers), (rich.slots, rich.volunteers));
    /// ```
    #[must_use]
    pub fn rich(mut self) -> Self {
        self.rich = true;
        self
    }

    /// Which problem of this size; 0, unless given.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many prisons there are.
    pub(crate) fn prison_count(&self) -> u32 {
        self.prisons.unwrap_or_else(|| usual_prisons(self.families))
    }

    /// How many times the usual number of families a prison has: its room grows with them.
    pub(crate) fn crowding(&self) -> u32 {
        usual_prisons(self.families / self.prison_count())
    }
}

/// How many prisons so many families usually have.
fn usual_prisons(families: u32) -> u32 {
    (families.saturating_add(FAMILIES_PER_PRISON / 2) / FAMILIES_PER_PRISON).max(1)
}

impl fmt::Display for Recipe {
    /// Everything that decides the problem, in words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { families, volunteers, minibuses, rich, seed, .. } = self;
        let rich = if *rich { ", rich" } else { "" };
        let prisons = self.prison_count();
        write!(f, "generated: families {families}, volunteers {volunteers}, prisons {prisons}")?;
        write!(f, ", minibuses {minibuses}{rich}, seed {seed}")
    }
}
