#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let t = std::time::Instant::now();
    let problem = visitrota::load(&args[1])?;
    eprintln!("load {:?}", t.elapsed());
    let rota = visitrota::plan(
        &problem,
        &visitrota::Options::default().on_progress(move |p| eprintln!("{:?} {p:?}", t.elapsed())),
    )?;
    eprintln!("plan {:?}", t.elapsed());
    std::fs::write(&args[2], serde_json::to_string(&rota)?)?;
    let v = visitrota::verify(&problem, &rota)?;
    for b in v.broken.iter().take(10) {
        eprintln!("{b:?}");
    }
    Ok(())
}
