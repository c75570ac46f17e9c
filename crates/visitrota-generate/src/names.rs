//! Names of nobody and of nowhere, put together from what such names are made of.

use crate::random::Random;

const FORENAMES: [&str; 24] = [
    "Abena", "Alun", "Beryl", "Carys", "Dilip", "Edith", "Farah", "Gareth", "Hana", "Idris", "Joyce", "Kofi", "Lowri",
    "Marek", "Nadia", "Owen", "Priya", "Rhys", "Sian", "Tomasz", "Una", "Vera", "Winston", "Yusuf",
];
const BEGINNINGS: [&str; 24] = [
    "Alder", "Amber", "Barley", "Bramble", "Bryony", "Cinder", "Clover", "Elder", "Fennel", "Gorse", "Hazel", "Heron",
    "Larch", "Linnet", "Mallow", "Otter", "Plover", "Rowan", "Sedge", "Sorrel", "Tansy", "Teasel", "Thistle", "Willow",
];
const ENDINGS: [&str; 24] = [
    "bank", "beck", "bourne", "bridge", "brook", "combe", "croft", "dale", "den", "fold", "ford", "garth", "gate",
    "holme", "hurst", "ley", "mere", "ridge", "shaw", "stead", "thorpe", "thwaite", "wick", "worth",
];

/// A prison's name; the first 576 differ.
pub(crate) fn prison(number: u32) -> String {
    let number = number as usize;
    let rounds = number / BEGINNINGS.len();
    format!("HMP {}{}", BEGINNINGS[number % BEGINNINGS.len()], ENDINGS[(number + rounds + 5) % ENDINGS.len()])
}

/// A family's name.
pub(crate) fn family(random: &mut Random) -> String {
    format!("{}{}", random.one_of(BEGINNINGS), random.one_of(ENDINGS))
}

/// A volunteer's name.
pub(crate) fn volunteer(random: &mut Random) -> String {
    format!("{} {}", random.one_of(FORENAMES), family(random))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn prisons_are_told_apart() {
        let names: BTreeSet<_> = (0..576).map(prison).collect();
        assert_eq!(names.len(), 576);
    }
}
