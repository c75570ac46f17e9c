//! Families: that they have members, fit a car, and may go in together.

use super::counted::{count, list};
use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{Car, ChildrenAlone, Family, Prison, Problem, Restraint, Volunteer};

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    for (n, family) in problem.families.iter().enumerate().filter(|(_, family)| family.members.is_empty()) {
        let message = format!("The family {} has no members.", family.id);
        let remedy = "Give everyone of it who visits, with their `age`.";
        found.push(Finding::error(Code::NoMembers, format!("families[{n}].members"), message, remedy));
    }
    let drivers: Vec<_> = problem.volunteers.iter().filter_map(|v| Some((v, v.drives()?))).collect();
    let carried = |family: &Family| !(family.child_only() && problem.policy.children_alone == ChildrenAlone::Never);
    for (n, family) in index.asking(problem).filter(|(_, family)| !family.members.is_empty() && carried(family)) {
        fits_no_car(problem, &drivers, n, family, found);
    }
    over_visitors_cap(problem, index, found);
}

/// Something a car must have so many of.
struct Need {
    what: &'static str,
    number: usize,
    of: fn(&Car) -> u32,
}

impl Need {
    fn short(&self, car: &Car) -> usize {
        self.number.saturating_sub((self.of)(car) as usize)
    }
}

fn needs(problem: &Problem, family: &Family) -> Vec<Need> {
    let wheelchairs = family.members.iter().filter(|member| member.wheelchair).count();
    let chaperone = family.child_only() && problem.policy.children_alone == ChildrenAlone::Chaperone;
    let seats = family.members.len() - wheelchairs + usize::from(chaperone);
    let restraints = |kind| family.members.iter().filter(|m| m.restraint() == kind && !m.own_restraint).count();
    let all = [
        Need { what: "seat", number: seats, of: |car| car.seats },
        Need { what: "wheelchair space", number: wheelchairs, of: |car| car.wheelchair },
        Need { what: "infant seat", number: restraints(Restraint::Infant), of: |car| car.infant },
        Need { what: "harness seat", number: restraints(Restraint::Harness), of: |car| car.harness },
        Need { what: "booster seat", number: restraints(Restraint::Booster), of: |car| car.booster },
    ];
    all.into_iter().filter(|need| need.number > 0).collect()
}

fn fits_no_car(problem: &Problem, drivers: &[(&Volunteer, Car)], n: usize, family: &Family, found: &mut Findings) {
    let needs = needs(problem, family);
    let short = |car: &Car| needs.iter().map(|need| need.short(car)).sum::<usize>();
    let Some(least) = drivers.iter().map(|(_, car)| short(car)).min().filter(|&least| least > 0) else { return };
    let most = |need: &Need| drivers.iter().map(|(_, car)| (need.of)(car)).max().unwrap_or_default();
    let too_few: Vec<_> = needs.iter().filter(|need| need.number > most(need) as usize).collect();
    let why = if too_few.is_empty() {
        "each of these is in some car, but no car has all of them".to_owned()
    } else {
        list(too_few.iter().map(|need| format!("the most {}s in one car is {}", need.what, most(need))))
    };
    let needed = list(needs.iter().map(|need| count(need.number, need.what)));
    let chaperone = if family.child_only() && problem.policy.children_alone == ChildrenAlone::Chaperone {
        ", the chaperone's among them"
    } else {
        ""
    };
    let nearest: Vec<_> = drivers.iter().filter(|(_, car)| short(car) == least).collect();
    let missing = nearest.first().map_or_else(String::new, |(_, car)| {
        let missing = needs.iter().filter(|need| need.short(car) > 0);
        list(missing.map(|need| count(need.short(car), need.what)))
    });
    let remedy = match nearest.as_slice() {
        [(only, _)] => format!("Maybe add {missing} to the car of {}.", only.id),
        several => format!("Maybe add {missing} to one of {}.", list(several.iter().map(|(driver, _)| &driver.id))),
    };
    let message = format!("The family {} (it needs {needed}{chaperone}) fits no car: {why}.", family.id);
    found.push(Finding::warning(Code::FitsNoCar, format!("families[{n}].members"), message, remedy));
}

fn over_visitors_cap(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    for (n, request) in problem.requests.iter().enumerate().filter(|(_, request)| !index.is_locked(request)) {
        let mut told: Vec<&Prison> = Vec::new();
        let options = request.options.iter().enumerate();
        for (k, slot) in options.filter_map(|(k, option)| Some((k, index.slot(&option.slot)?))) {
            let Some(prison) = index.prison_of(slot).filter(|prison| !told.contains(prison)) else { continue };
            told.push(prison);
            let families: Vec<_> = index.families_of(request).collect();
            let escorts = families.iter().filter(|family| family.child_only()).count();
            let members = || families.iter().flat_map(|family| &family.members);
            let visitors = members().count() + escorts;
            let adults = members().filter(|member| member.age >= prison.adult_age).count() + escorts;
            let caps = [
                (visitors, prison.max_visitors, "visitor", "max_visitors"),
                (adults, prison.max_adults, "adult", "max_adults"),
            ];
            let who = match families.as_slice() {
                [only] => format!("The family {} is", only.id),
                several => format!("The families {} together are", list(several.iter().map(|family| &family.id))),
            };
            let with = match escorts {
                0 => "",
                1 => ", the adult who goes in with them among them",
                _ => ", the adults who go in with them among them",
            };
            for (number, most, noun, field) in caps.into_iter().filter(|(number, most, ..)| *number > *most as usize) {
                let message = format!(
                    "{who} {}{with}, and the prison {} admits at most {most} ({}).",
                    count(number, noun),
                    prison.id,
                    request.id,
                );
                let remedy = format!("Let fewer of them visit at a time, or mend `{field}` of {}.", prison.id);
                let path = format!("requests[{n}].options[{k}].slot");
                found.push(Finding::warning(Code::OverVisitorsCap, path, message, remedy).with_value(&slot.id));
            }
        }
    }
}
