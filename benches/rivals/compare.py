"""Runs visitrota and its rivals on the same problems, one after another, and prints one Markdown table.

Each runs in a process of its own. Every rota is held against every rule by visitrota's verifier, which shares no code
with any planner; scores are the verifier's. Needs Python alone; the rivals need what requirements.txt names.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "target" / "release"
RIVALS = {
    "visitrota": "visitrota",
    "highs": "HiGHS, every trip",
    "cp-sat": "OR-Tools CP-SAT, every trip",
    "vrp": "PyVRP, slot after slot",
    "greedy": "greedy, best trip first",
}
COLUMNS = ["problem", "planner", "trips listed", "listing (s)", "all (s)", "score", "bound", "gap (%)"]
COLUMNS += ["below best bound (%)", "valid", "remarks"]


class Failed(Exception):
    """A process that ended otherwise than it should."""


def run(command: list, limit: float) -> tuple[str, float]:
    """What a command prints, and how long it took."""
    begin = time.perf_counter()
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        raise Failed(f"ended by force after {limit:.0f} s") from None
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from None
    if done.returncode != 0:
        words = done.stderr.strip().splitlines()
        raise Failed(f"exit code {done.returncode}: {words[-1] if words else 'no message'}")
    return done.stdout, time.perf_counter() - begin


class Race:
    """One problem, and the files that belong to it."""

    def __init__(self, args: argparse.Namespace, problem: Path, folder: Path):
        self.args, self.problem, self.folder = args, problem, folder
        self.program = folder / "program.json"
        self.exported: dict | None = None
        # Listing has a limit of its own; a process gets a minute more to read, write and say so.
        self.patience = args.time_limit + args.list_limit + 60

    def every_trip(self, *words) -> dict:
        command = [self.args.built / "every_trip", *words, "--list-limit", self.args.list_limit]
        return json.loads(run(command, self.patience)[0])

    def visitrota(self) -> dict:
        rota = self.folder / "rota.json"
        planner = self.args.built / "visitrota"
        limit = ["--time-limit", self.args.time_limit]
        _, seconds = run([planner, "plan", self.problem, "-o", rota, "--format", "json", *limit], self.patience)
        planned = json.loads(rota.read_text(encoding="utf-8"))
        try:
            verdict = json.loads(run([planner, "verify", self.problem, rota, "--format", "json"], self.patience)[0])
        except Failed as failed:
            verdict = {"valid": False, "score": planned["score"], "broken": [str(failed)]}
        return {**verdict, "bound": planned["bound"], "seconds": seconds}

    def in_rust(self, verb: str) -> dict:
        limit = ["--time-limit", self.args.time_limit] if verb == "highs" else []
        answer = self.every_trip(verb, self.problem, *limit)
        return {**answer, "seconds": answer["list_seconds"] + answer["choose_seconds"]}

    def in_python(self, script: str) -> dict:
        if self.exported is None:
            self.exported = self.every_trip("export", self.problem, "-o", self.program)
        command = [sys.executable, HERE / script, self.program, "--time-limit", self.args.time_limit]
        answer = json.loads(run(command, self.patience)[0])
        choice = self.folder / "choice.json"
        choice.write_text(json.dumps({"chosen": answer.get("chosen"), "bound": answer.get("bound")}), encoding="utf-8")
        judged = self.every_trip("judge", self.problem, choice)
        seconds = answer["list_seconds"] + answer["choose_seconds"]
        return {**judged, "list_seconds": answer["list_seconds"], "seconds": seconds, "note": answer.get("note")}

    def plan(self, rival: str) -> dict:
        try:
            match rival:
                case "visitrota":
                    return self.visitrota()
                case "highs" | "greedy":
                    return self.in_rust(rival)
                case "cp-sat":
                    return self.in_python("cp_sat.py")
                case _:
                    return self.in_python("vrp.py")
        except Failed as failed:
            return {"note": str(failed)}


def gap(score: int | None, bound: int | None) -> str:
    if score is None or bound is None:
        return "–"
    return f"{100 * max(0, bound - score) / max(1, abs(bound)):.3f}"


def cells(name: str, rival: str, answer: dict, trips: int | None, best: int | None) -> list[str]:
    def shown(key: str) -> str:
        value = answer.get(key)
        return "–" if value is None else f"{value:.2f}" if isinstance(value, float) else f"{value:,}"

    score, bound, valid = answer.get("score"), answer.get("bound"), answer.get("valid")
    remarks = [answer.get("note")] + (answer.get("broken") or [])[:1]
    listed = trips if "list_seconds" in answer else None
    return [
        name,
        RIVALS[rival],
        "–" if listed is None else f"{listed:,}",
        shown("list_seconds"),
        shown("seconds"),
        shown("score"),
        shown("bound"),
        gap(score, bound),
        gap(score, best),
        "–" if valid is None else "yes" if valid else "no",
        "; ".join(remark for remark in remarks if remark),
    ]


def row(words: list[str]) -> str:
    return "| " + " | ".join(word.replace("|", "\\|") for word in words) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("problems", nargs="+", type=Path, help="problem documents")
    parser.add_argument("--time-limit", type=int, default=120, help="seconds to plan (default: %(default)s)")
    parser.add_argument("--list-limit", type=int, default=600, help="seconds to list trips (default: %(default)s)")
    parser.add_argument("--only", nargs="+", choices=RIVALS, default=list(RIVALS), help="these planners alone")
    parser.add_argument("--built", type=Path, default=BUILT, help="where the programs are (default: %(default)s)")
    args = parser.parse_args()
    print(row(COLUMNS))
    print(row(["---"] * 2 + ["---:"] * 7 + ["---"] * 2))
    for problem in args.problems:
        with tempfile.TemporaryDirectory() as folder:
            race = Race(args, problem, Path(folder))
            answers = {}
            for rival in args.only:
                print(f"{problem.name}: {RIVALS[rival]} …", file=sys.stderr)
                answers[rival] = race.plan(rival)
        bounds = [answer["bound"] for answer in answers.values() if answer.get("bound") is not None]
        trips = next((answer["trips"] for answer in answers.values() if "trips" in answer), None)
        for rival, answer in answers.items():
            print(row(cells(problem.stem, rival, answer, trips, min(bounds, default=None))), flush=True)


if __name__ == "__main__":
    main()
