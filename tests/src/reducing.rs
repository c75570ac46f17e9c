//! Making a problem smaller while it keeps something.

use serde_json::Value;
use visitrota::Problem;

/// A problem that `keeps` holds of, from which no element of a list and no field can be left out without losing that.
///
/// The travel matrix is left whole: places that nobody lives at do not disturb.
#[must_use]
pub fn reduced(problem: &Problem, keeps: impl Fn(&Problem) -> bool) -> Problem {
    let Ok(mut document) = serde_json::to_value(problem) else { return problem.clone() };
    let mut least = problem.clone();
    loop {
        let mut paths = Vec::new();
        paths_of(&document, &mut Vec::new(), &mut paths);
        let mut reduced = false;
        // Children before parents and later elements before earlier ones, so that the paths to come stay right.
        for path in paths.iter().rev() {
            let mut smaller = document.clone();
            remove(&mut smaller, path);
            let read = serde_json::from_value::<Problem>(smaller.clone());
            if let Ok(problem) = read
                && problem != least
                && keeps(&problem)
            {
                (document, least, reduced) = (smaller, problem, true);
            }
        }
        if !reduced {
            return least;
        }
    }
}

#[derive(Clone)]
enum Step {
    Field(String),
    Element(usize),
}

fn paths_of(value: &Value, here: &mut Vec<Step>, paths: &mut Vec<Vec<Step>>) {
    let inner: Vec<(Step, &Value)> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (Step::Element(at), item)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "travel");
            fields.map(|(name, field)| (Step::Field(name.clone()), field)).collect()
        }
        _ => return,
    };
    for (step, inner) in inner {
        here.push(step);
        paths.push(here.clone());
        paths_of(inner, here, paths);
        here.pop();
    }
}

fn remove(value: &mut Value, path: &[Step]) {
    match (path, value) {
        ([Step::Element(at)], Value::Array(items)) if *at < items.len() => drop(items.remove(*at)),
        ([Step::Field(name)], Value::Object(fields)) => drop(fields.shift_remove(name)),
        ([Step::Element(at), rest @ ..], Value::Array(items)) => {
            if let Some(item) = items.get_mut(*at) {
                remove(item, rest);
            }
        }
        ([Step::Field(name), rest @ ..], Value::Object(fields)) => {
            if let Some(field) = fields.get_mut(name) {
                remove(field, rest);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TINY, random_problem};

    #[test]
    fn what_does_not_matter_is_left_out() {
        let problem = (0..).map(|seed| random_problem(seed, &TINY)).find(|p| p.volunteers.len() > 2).unwrap();
        let least = reduced(&problem, |problem| problem.volunteers.len() > 1);
        assert_eq!(least.volunteers.len(), 2);
        assert!(least.requests.is_empty() && least.families.is_empty() && least.pins.is_empty());
        assert!(least.volunteers.iter().all(|volunteer| volunteer.car.is_none() && volunteer.available.is_empty()));
    }
}
