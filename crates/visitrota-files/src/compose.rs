//! Letters with accents: one sign, or a letter and a sign that stands over it. Both look the same, and keyboards and
//! programs differ in which they write; so texts of sheets are read in the first form.

/// The signs of Latin letters: each with the letters that it goes with, and what the two are together.
const SIGNS: &[(char, &str, &str)] = &[
    ('\u{300}', "AaEeIiNnOoUuWwYy", "ÀàÈèÌìǸǹÒòÙùẀẁỲỳ"),
    ('\u{301}', "AaCcEeGgIiKkLlMmNnOoPpRrSsUuWwYyZz", "ÁáĆćÉéǴǵÍíḰḱĹĺḾḿŃńÓóṔṕŔŕŚśÚúẂẃÝýŹź"),
    ('\u{302}', "AaCcEeGgHhIiJjOoSsUuWwYyZz", "ÂâĈĉÊêĜĝĤĥÎîĴĵÔôŜŝÛûŴŵŶŷẐẑ"),
    ('\u{303}', "AaEeIiNnOoUuVvYy", "ÃãẼẽĨĩÑñÕõŨũṼṽỸỹ"),
    ('\u{304}', "AaEeGgIiOoUuYy", "ĀāĒēḠḡĪīŌōŪūȲȳ"),
    ('\u{306}', "AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"),
    ('\u{307}', "AaBbCcDdEeFfGgHhIMmNnOoPpRrSsTtWwXxYyZz", "ȦȧḂḃĊċḊḋĖėḞḟĠġḢḣİṀṁṄṅȮȯṖṗṘṙṠṡṪṫẆẇẊẋẎẏŻż"),
    ('\u{308}', "AaEeHhIiOotUuWwXxYy", "ÄäËëḦḧÏïÖöẗÜüẄẅẌẍŸÿ"),
    ('\u{30a}', "AaUuwy", "ÅåŮůẘẙ"),
    ('\u{30b}', "OoUu", "ŐőŰű"),
    ('\u{30c}', "AaCcDdEeGgHhIijKkLlNnOoRrSsTtUuZz", "ǍǎČčĎďĚěǦǧȞȟǏǐǰǨǩĽľŇňǑǒŘřŠšŤťǓǔŽž"),
    ('\u{327}', "CcDdEeGgHhKkLlNnRrSsTt", "ÇçḐḑȨȩĢģḨḩĶķĻļŅņŖŗŞşŢţ"),
    ('\u{328}', "AaEeIiOoUu", "ĄąĘęĮįǪǫŲų"),
    ('\u{323}', "AaBbDdEeHhIiKkLlMmNnOoRrSsTtUuVvWwYyZz", "ẠạḄḅḌḍẸẹḤḥỊịḲḳḶḷṂṃṆṇỌọṚṛṢṣṬṭỤụṾṿẈẉỴỵẒẓ"),
];

/// Whether it is a sign that stands over or under the letter before it.
pub(crate) fn is_sign(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A text with every letter and its accent as one sign, where there is one.
pub(crate) fn composed(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    for c in text.chars() {
        match composed.chars().next_back().and_then(|letter| together(letter, c)) {
            Some(one) => {
                composed.pop();
                composed.push(one);
            }
            None => composed.push(c),
        }
    }
    composed
}

fn together(letter: char, sign: char) -> Option<char> {
    let (_, letters, ones) = SIGNS.iter().find(|(other, ..)| *other == sign)?;
    ones.chars().nth(letters.chars().position(|other| other == letter)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_one() {
        for (two, one) in [
            ("Sia\u{302}n", "Siân"),
            ("W\u{302}", "Ŵ"),
            ("Zo\u{308}e\u{301}", "Zöé"),
            ("Siân", "Siân"),
            ("\u{301}x", "\u{301}x"),
        ] {
            assert_eq!(composed(two), one);
        }
        for (_, letters, ones) in SIGNS {
            assert_eq!(letters.chars().count(), ones.chars().count());
        }
    }
}
