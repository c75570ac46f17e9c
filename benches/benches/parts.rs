//! The parts of the library, each by itself, through its public interface.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use divan::Bencher;
use visitrota::{
    Checks, Options, Problem, Rota, check, generate,
    generate::{Recipe, Size},
    plan, verify,
};
use visitrota_travel::TravelTable;

/// The problems that the parts are measured on.
#[derive(Clone, Copy, Debug)]
enum On {
    Tiny,
    SouthWales,
    Region,
}

const ALL: [On; 3] = [On::Tiny, On::SouthWales, On::Region];

fn main() {
    divan::main();
}

impl On {
    fn problem(self) -> Problem {
        match self {
            Self::Tiny | Self::SouthWales => Problem::from_json(&self.document()).expect("a problem"),
            Self::Region => generate(&Recipe::from(Size::Region).seed(1)),
        }
    }

    fn document(self) -> Vec<u8> {
        let fixture = |name: &str| {
            let fixtures = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures"));
            fs::read(fixtures.join(name).join("problem.json")).expect("a fixture")
        };
        match self {
            Self::Tiny => fixture("tiny"),
            Self::SouthWales => fixture("south-wales"),
            Self::Region => serde_json::to_vec(&self.problem()).expect("a document"),
        }
    }

    fn rota(self) -> Rota {
        plan(&self.problem(), &Options::default()).expect("a rota")
    }
}

#[divan::bench(args = ALL)]
fn read_problem(bencher: Bencher<'_, '_>, on: On) {
    let document = on.document();
    bencher.bench_local(|| Problem::from_json(black_box(&document)));
}

#[divan::bench(args = ALL)]
fn check_problem(bencher: Bencher<'_, '_>, on: On) {
    let problem = on.problem();
    bencher.bench_local(|| check(black_box(&problem), &Checks::default()));
}

#[divan::bench(args = ALL)]
fn travel_table(bencher: Bencher<'_, '_>, on: On) {
    let problem = on.problem();
    bencher.bench_local(|| TravelTable::new(black_box(&problem)));
}

#[divan::bench(args = [150, 1_500, 15_000])]
fn generate_families(families: u32) -> Problem {
    generate(&Recipe::from(Size::Region).families(black_box(families)))
}

#[divan::bench(args = [On::Tiny, On::SouthWales])]
fn verify_rota(bencher: Bencher<'_, '_>, on: On) {
    let (problem, rota) = (on.problem(), on.rota());
    bencher.bench_local(|| verify(black_box(&problem), black_box(&rota)));
}

#[divan::bench(args = [On::Tiny, On::SouthWales], sample_count = 20)]
fn plan_rota(bencher: Bencher<'_, '_>, on: On) {
    let problem = on.problem();
    bencher.bench_local(|| plan(black_box(&problem), &Options::default()));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn plan_region(bencher: Bencher<'_, '_>) {
    let problem = On::Region.problem();
    bencher.bench_local(|| plan(black_box(&problem), &Options::default()));
}
