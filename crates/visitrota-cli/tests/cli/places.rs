//! Nothing that is read is written over, by whatever name, and what cannot be written is told before planning begins.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Run, ended, fixture, run, visitrota};

/// A folder with every kind of input, each of them sound.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder") };
        desk.put("week.json", &fixture("tiny"));
        let rota = run(["plan", "fixtures/tiny/problem.json", "--format", "json"]).stdout;
        desk.put("rota.json", &rota);
        desk.put("old.json", &rota);
        desk.put("names.csv", "id,name\nV1,Ann Other\n");
        desk.put("rates.csv", "from,first_miles,first_rate,later_rate,passenger_rate\n6/4/2026,10000,45,25,5\n");
        desk.put("miles.csv", "id,miles\nV1,12\n");
        desk.put("patch.json", "[]");
        assert_eq!(run(["convert", "fixtures/tiny/problem.json", &desk.at("week")]).code, Some(0));
        fs::create_dir(desk.path("rides")).expect("made");
        desk.put("rides/rides.csv", "driver,slot,family\nAnn Fellgate,sat-am,F1\n");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn at(&self, name: &str) -> String {
        self.path(name).into_os_string().into_string().expect("UTF-8")
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    /// Everything in the folder.
    fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut contents = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let kind = fs::symlink_metadata(&path).expect("there").file_type();
                if kind.is_dir() {
                    folders.push(path.clone());
                }
                contents.insert(path.clone(), if kind.is_file() { fs::read(path).expect("read") } else { Vec::new() });
            }
        }
        contents
    }

    /// Runs the program, in the folder.
    fn run(&self, line: &str) -> Run {
        ended(visitrota(line.split(' ')).current_dir(self.folder.path()))
    }

    /// This is wrong usage: both names are told, nothing is planned, and everything stays as it was.
    #[track_caller]
    fn refuses(&self, line: &str, told: &[&str]) {
        let before = self.contents();
        let refused = self.run(line);
        assert_eq!(refused.code, Some(2), "{line}: {}{}", refused.stdout, refused.stderr);
        assert_eq!(refused.stdout, "", "{line}");
        for told in told {
            assert!(refused.stderr.contains(told), "{line}: no {told} in: {}", refused.stderr);
        }
        assert!(self.contents() == before, "{line} changes something");
    }
}

#[test]
fn no_input_is_replaced() {
    let desk = Desk::new();
    let papers =
        "--names names.csv --rates rates.csv --previous rota.json --previous old.json --miles-so-far miles.csv";
    for input in ["week.json", "names.csv", "rates.csv", "rota.json", "old.json", "miles.csv"] {
        let line = format!("plan week.json --out papers {papers} -o {input}");
        desk.refuses(&line, &[&format!("--output {input} would replace"), &format!(" {input}: give another name")]);
    }
    for input in ["week.json", "rota.json", "rides/rides.csv"] {
        let rota = if input == "week.json" { "rota.json" } else { input };
        desk.refuses(&format!("verify week.json {rota} --repair {input}"), &["--repair", "would replace", input]);
    }
    for input in ["week.json", "patch.json"] {
        desk.refuses(&format!("apply week.json patch.json -o {input}"), &["--output", "would replace", input]);
    }
    desk.refuses("check week --marked week", &["would replace the problem week"]);
    desk.refuses("convert week.json week.json", &["would replace the problem week.json"]);
    desk.refuses("report rota.json --problem week --out week", &["--out week would replace the problem week"]);
}

#[test]
fn nothing_is_put_into_a_folder_that_is_read() {
    let desk = Desk::new();
    fs::create_dir(desk.path("week/deep")).expect("made");
    for line in [
        "plan week -o week/requests.csv",
        "plan week -o week/rota.json",
        "plan week -o ./week/../week/deep/rota.json",
        "plan week --out week/papers",
        "plan week --out week/deep",
        "verify week rota.json --repair week/repair.json",
        "report rota.json --problem week --out week/papers",
        "check week --marked week/copy.xlsx",
        "apply week patch.json -o week/changed.json",
        "convert week week/other.json",
        "convert week week/other",
    ] {
        desk.refuses(line, &["would be inside the folder of the problem week: give a name outside it"]);
    }
    desk.refuses("verify week.json rides --repair rides/rota.json", &["inside the folder of the rota rides"]);
    let beside = desk.run("plan week -o weekly.json");
    assert_eq!(beside.code, Some(0), "only its name begins as the folder's: {}", beside.stderr);
}

#[test]
fn by_whatever_name() {
    let desk = Desk::new();
    let full = desk.at("week.json");
    desk.refuses("plan week.json -o ./week.json", &["would replace the problem week.json"]);
    desk.refuses("plan week.json -o week/../week.json", &["would replace the problem week.json"]);
    desk.refuses(&format!("plan week.json -o {full}"), &["would replace the problem week.json"]);
    desk.refuses(&format!("plan {full} -o week.json"), &["would replace the problem", "week.json"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("week.json", desk.path("link.json")).expect("linked");
        symlink("link.json", desk.path("links.json")).expect("linked");
        symlink("week", desk.path("weeks")).expect("linked");
        symlink(".", desk.path("here")).expect("linked");
        fs::hard_link(desk.path("week.json"), desk.path("hard.json")).expect("linked");
        fs::hard_link(desk.path("week/slots.csv"), desk.path("slots.csv")).expect("linked");
        for output in ["link.json", "links.json", "here/week.json", "here/links.json", "hard.json"] {
            desk.refuses(&format!("plan week.json -o {output}"), &[output, "would replace the problem week.json"]);
        }
        desk.refuses("plan links.json -o week.json", &["week.json would replace the problem links.json"]);
        desk.refuses("plan hard.json -o week.json", &["week.json would replace the problem hard.json"]);
        desk.refuses("plan week -o weeks/rota.json", &["inside the folder of the problem week"]);
        desk.refuses("plan weeks -o week/rota.json", &["inside the folder of the problem weeks"]);
        desk.refuses("plan week -o slots.csv", &["would replace slots.csv of the problem week"]);
        // A sheet may stand elsewhere and be linked to.
        fs::rename(desk.path("week/families.csv"), desk.path("all.csv")).expect("moved");
        symlink("../all.csv", desk.path("week/families.csv")).expect("linked");
        desk.refuses("plan week -o all.csv", &["--output all.csv would replace families.csv of the problem week"]);
    }
    // Where case does not count, the other case is the same file; elsewhere it is a file of its own.
    let other = desk.run("plan week.json -o WEEK.json");
    assert_eq!(fs::read_to_string(desk.path("week.json")).expect("there"), fixture("tiny"), "{}", other.stderr);
}

#[test]
fn two_outputs_are_kept_apart() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).expect("made");
    desk.refuses("plan week.json -o x --out x", &["--output x and --out x are the same place"]);
    desk.refuses("plan week.json -o x --out ./week/../x", &["--output x and --out ./week/../x are the same place"]);
    desk.refuses("plan week.json -o Rota --out rota", &["--output Rota and --out rota are the same place"]);
    desk.refuses("plan week.json -o empty/rota.json --out empty", &["--output empty/rota.json is inside --out empty"]);
    desk.refuses("plan week.json -o x/rota.json --out x", &["--output x/rota.json is inside --out x"]);
    desk.refuses("plan week.json -o x --out x/papers", &["--out x/papers is inside --output x"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("empty", desk.path("link")).expect("linked");
        desk.refuses("plan week.json -o link/rota.json --out empty", &["is inside --out empty"]);
    }
}

#[test]
fn streams_are_places_too() {
    let desk = Desk::new();
    let append = |name: &str| fs::File::options().append(true).create(true).open(desk.path(name)).expect("open");
    let before = desk.contents();
    let refused = |command: &mut std::process::Command, told: &str| {
        let refused = ended(command.current_dir(desk.folder.path()));
        assert_eq!(refused.code, Some(2), "{}", refused.stderr);
        assert!(refused.stderr.contains(told), "{}", refused.stderr);
        assert!(desk.contents() == before, "{command:?} changes something");
    };
    let stdin = || fs::File::open(desk.path("week.json")).expect("there");
    refused(
        visitrota(["plan", "-", "-o", "week.json"]).stdin(stdin()),
        "would replace the problem, which is read from",
    );
    let of = |args: &[&str], name: &str| {
        let child = visitrota(args)
            .current_dir(desk.folder.path())
            .stdout(append(name))
            .stderr(std::process::Stdio::piped())
            .spawn();
        crate::of(child.and_then(|child| child.wait_with_output()).expect("the program ends"))
    };
    let told = of(&["check", "week"], "week/slots.csv");
    assert!(told.stderr.contains("would go into slots.csv of the problem week"), "{}", told.stderr);
    for args in [&["convert", "week.json", "-"][..], &["check", "week.json"], &["plan", "week.json"]] {
        let told = of(args, "week.json");
        assert_eq!(told.code, Some(2), "{}", told.stderr);
        assert!(told.stderr.contains("standard output would go into the problem week.json"), "{}", told.stderr);
    }
    assert!(desk.contents() == before);
    let told = of(&["plan", "week.json", "-o", "both.json"], "both.json");
    assert!(told.stderr.contains("standard output already goes to --output both.json"), "{}", told.stderr);
    #[cfg(target_os = "linux")]
    for output in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let told = of(&["plan", "week.json", "-o", output], "log");
        assert_eq!(told.code, Some(2), "{output}: {}", told.stderr);
    }
    for line in ["verify - -", "explain - -", "apply - -", "plan - --names - --out x", "report - --problem -  --out x"]
    {
        let args: Vec<_> = line.split_whitespace().collect();
        let told = of(&args, "log");
        assert!(told.stderr.contains("cannot both come from standard input"), "{line}: {}", told.stderr);
    }
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_read() {
    let desk = Desk::new();
    let long = "x".repeat(300);
    for (output, told) in [
        ("nowhere/x", "there is no such directory as nowhere: make it first"),
        ("week.json/x", "week.json"),
        ("x/", "give a file's name"),
        ("x/.", "give a file's name"),
        ("..", "it is a directory"),
        (long.as_str(), "cannot write"),
    ] {
        desk.refuses(&format!("plan no-problem.json -o {output}"), &["cannot write", told]);
    }
    for (output, told) in [
        ("names.csv", "it is not a folder"),
        ("rides", "it is not empty"),
        ("nowhere/x", "there is no such directory as nowhere: make it first"),
        ("names.csv/x", "names.csv"),
        (".", "it is not empty"),
        (long.as_str(), "cannot write"),
    ] {
        desk.refuses(&format!("plan no-problem.json --out {output}"), &["cannot write", told]);
        desk.refuses(&format!("report no-rota.json --problem no-problem.json --out {output}"), &["cannot write", told]);
    }
    for (output, told) in
        [("names", "it is not a folder"), ("rides", "already"), ("nowhere/x.xlsx", "no such directory")]
    {
        desk.put("names", "mine");
        desk.refuses(&format!("init {output}"), &["cannot write", told]);
        desk.refuses(&format!("convert week.json {output}"), &["cannot write", told]);
    }
    desk.refuses("check no-problem.json --marked nowhere/copy.xlsx", &["cannot read"]);
    desk.refuses("check week --marked nowhere/copy.xlsx", &["there is no such directory as nowhere"]);
    desk.refuses("generate -o nowhere/x", &["there is no such directory as nowhere"]);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_written_to() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    symlink("nowhere", desk.path("dangling")).expect("linked");
    symlink("round", desk.path("round")).expect("linked");
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    symlink("pipe", desk.path("piped")).expect("linked");
    for (output, told) in
        [("dangling", "it is a link to nowhere, which leads nowhere"), ("round", "it is a link to round")]
    {
        for line in ["plan no-problem.json -o", "plan no-problem.json --out", "generate -o"] {
            desk.refuses(&format!("{line} {output}"), &[output, told]);
        }
        desk.refuses(&format!("init {output}"), &[output]);
        desk.refuses(&format!("convert week.json {output}"), &[output]);
    }
    for special in ["pipe", "piped", "/dev/null", "/dev/full", "/dev/zero", "/dev/stdin", "/dev/stderr", "/dev/tty"] {
        if special.starts_with("/dev") && !Path::new(special).exists() {
            continue;
        }
        for line in ["plan no-problem.json -o", "plan no-problem.json --out", "generate -o", "init"] {
            desk.refuses(&format!("{line} {special}"), &[special]);
        }
    }
}

#[test]
#[cfg(unix)]
fn a_link_to_an_empty_folder_stays_a_link() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).expect("made");
    std::os::unix::fs::symlink("empty", desk.path("link")).expect("linked");
    let made = desk.run("plan week.json --out link");
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(fs::symlink_metadata(desk.path("link")).expect("there").is_symlink());
    assert!(desk.path("empty/rota.html").exists());
    fs::create_dir(desk.path("bare")).expect("made");
    let here = ended(visitrota(["init", "."]).current_dir(desk.path("bare")));
    assert_eq!(here.code, Some(2), "{}", here.stderr);
    assert!(here.stderr.contains("it is in use as it is"), "{}", here.stderr);
}
