//! What people hold and what is asked of them, in the same words: in sheets, capitals and hyphens do not matter.

use std::collections::HashMap;

use visitrota_model::Problem;

use crate::cell::plain;

/// What is asked for, each in the spelling that comes first.
#[derive(Debug)]
pub(crate) struct Words {
    /// By what matters of them.
    asked: HashMap<String, String>,
}

impl Words {
    /// Those of a problem, the policy's first.
    pub(crate) fn of(problem: &Problem) -> Self {
        let mut asked: HashMap<String, String> = HashMap::new();
        let policy = &problem.policy;
        let of_policy =
            [&policy.driver_requires, &policy.chaperone_requires, &policy.child_only_requires, &policy.family_requires];
        let of_prisons = problem.prisons.iter().flat_map(|prison| [&prison.escort_requires, &prison.visitor_requires]);
        let of_families = problem.families.iter().map(|family| &family.needs);
        for word in of_policy.into_iter().chain(of_prisons).chain(of_families).flatten() {
            asked.entry(plain(word)).or_insert_with(|| word.clone());
        }
        Self { asked }
    }

    /// The word that is meant by another spelling of it.
    pub(crate) fn meant(&self, word: &str) -> Option<&str> {
        let key = plain(word);
        self.asked.get(&key).map(String::as_str).filter(|asked| *asked != word && !key.is_empty())
    }
}

/// Gives every such word the spelling that comes first, but for those of a field, by its path, that stay as they are.
pub(crate) fn agree(problem: &mut Problem, stays: impl Fn(&str) -> bool) {
    let words = Words::of(problem);
    let respell = |word: &mut String| {
        if let Some(meant) = words.meant(word) {
            *word = meant.to_owned();
        }
    };
    let all = |path: &str, list: &mut Vec<String>| {
        if !list.is_empty() && !stays(path) {
            list.iter_mut().for_each(respell);
        }
    };
    all("policy.driver_requires", &mut problem.policy.driver_requires);
    all("policy.chaperone_requires", &mut problem.policy.chaperone_requires);
    all("policy.child_only_requires", &mut problem.policy.child_only_requires);
    all("policy.family_requires", &mut problem.policy.family_requires);
    for (n, prison) in problem.prisons.iter_mut().enumerate() {
        all(&format!("prisons[{n}].escort_requires"), &mut prison.escort_requires);
        all(&format!("prisons[{n}].visitor_requires"), &mut prison.visitor_requires);
    }
    for (n, family) in problem.families.iter_mut().enumerate() {
        all(&format!("families[{n}].needs"), &mut family.needs);
        if !stays(&format!("families[{n}].holds")) {
            family.holds.iter_mut().for_each(|hold| respell(&mut hold.what));
        }
    }
    for (n, volunteer) in problem.volunteers.iter_mut().enumerate() {
        if !stays(&format!("volunteers[{n}].holds")) {
            volunteer.holds.iter_mut().for_each(|hold| respell(&mut hold.what));
        }
    }
}
