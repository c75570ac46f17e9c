"""Reads and writes every fixture's documents through the models that datamodel-code-generator makes of the schemas.

Arguments: the program; the folder of the models, a module for each kind of document; a folder to work in; problems.
"""

import importlib
import json
import pathlib
import subprocess
import sys

PROGRAM, MODELS, WORK, *PROBLEMS = sys.argv[1:]
sys.path.insert(0, MODELS)
TODAY = ["--today", "2026-11-30"]


def run(*arguments, may_find=False):
    """What the program prints; a rota or a problem at fault ends in 3, which may be what is looked for."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in ((0, 3) if may_find else (0,)), f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def says_no_less(whole, part, path=""):
    """Holds that a document has all that another has, and besides nothing but what stands for absent fields."""
    if isinstance(part, dict):
        assert isinstance(whole, dict), f"{path}: {whole!r} in place of {part!r}"
        for name, value in part.items():
            if value is None:
                assert whole.get(name) is None, f"{path}.{name}: {whole[name]!r} in place of null"
            else:
                assert name in whole, f"{path}.{name} is lost"
                says_no_less(whole[name], value, f"{path}.{name}")
    elif isinstance(part, list):
        assert isinstance(whole, list) and len(whole) == len(part), f"{path}: {whole!r} in place of {part!r}"
        for at, (more, less) in enumerate(zip(whole, part)):
            says_no_less(more, less, f"{path}[{at}]")
    else:
        assert whole == part, f"{path}: {whole!r} in place of {part!r}"


def through_client(kind, text):
    """A document as the client writes it, after reading it: with a null for every field that is not there."""
    model = getattr(importlib.import_module(kind), kind.capitalize())
    read = model.model_validate_json(text)
    # The aliases are those of fields that are words of Python, such as `from`.
    dumped = read.model_dump_json(by_alias=True)
    assert model.model_validate_json(dumped) == read, kind
    says_no_less(json.loads(dumped), json.loads(text), kind)
    return dumped


def written(name, text):
    file = pathlib.Path(WORK, name)
    file.write_text(text, encoding="utf-8")
    return file


def test(problem):
    client_problem = written("problem.json", through_client("problem", problem.read_text(encoding="utf-8")))
    planned = (run("plan", file, "--format", "json", may_find=True) for file in (problem, client_problem))
    as_read, as_dumped = map(json.loads, planned)
    assert as_read == as_dumped, f"{problem}: planned otherwise"
    if "findings" in as_read:
        # Its pins contradict each other.
        through_client("findings", json.dumps(as_read))
        return

    rota = written("rota.json", json.dumps(as_read))
    client_rota = written("client-rota.json", through_client("rota", rota.read_text(encoding="utf-8")))
    by_hand = {"format": as_read["format"], "trips": as_read["trips"][1:]}
    by_hand["trips"] = [{name: trip[name] for name in ("driver", "slot", "requests")} for trip in by_hand["trips"]]
    by_hand = written("by-hand.json", json.dumps(by_hand))
    client_by_hand = written("client-by-hand.json", through_client("rota", by_hand.read_text(encoding="utf-8")))

    def agree(kind, arguments, by_client, may_find=False):
        text = run(*arguments, "--format", "json", may_find=may_find)
        through_client(kind, text)
        again = run(*by_client, "--format", "json", may_find=may_find)
        assert json.loads(again) == json.loads(text), f"{problem}: {arguments} is answered otherwise"

    agree("findings", ["check", problem, *TODAY], ["check", client_problem, *TODAY], may_find=True)
    agree("verdict", ["verify", problem, rota], ["verify", client_problem, client_rota])
    agree("verdict", ["verify", problem, by_hand], ["verify", client_problem, client_by_hand], may_find=True)
    agree("standby", ["standby", problem, rota], ["standby", client_problem, client_rota])
    agree("explanation", ["explain", problem, rota], ["explain", client_problem, client_rota])
    met = [argument for trip in as_read["trips"][:2] for request in trip["requests"] for argument in ("--request", request)]
    if met:
        names = ["--show", "names,prisons"]
        agree("explanation", ["explain", problem, rota, *met, *names], ["explain", client_problem, client_rota, *met, *names])
    advice = ["--top", "3"]
    agree("advice", ["advise", problem, *advice], ["advise", client_problem, *advice])
    for suggestion in json.loads(run("advise", problem, *advice, "--format", "json"))["advice"]:
        patch = written("patch.json", through_client("patch", json.dumps(suggestion["patch"])))
        changed = written("changed.json", run("apply", client_problem, patch))
        assert json.loads(run("plan", changed, "--format", "json"))["score"] == suggestion["score"], suggestion["text"]


def test_others():
    """What no verb prints by itself."""
    for progress in ({"progress": "trips"}, {"progress": "rota", "score": 3, "bound": 4, "trips": 2}):
        through_client("progress", json.dumps(progress))


for problem in PROBLEMS:
    test(pathlib.Path(problem))
    print(f"clients: {problem}: read, written and read back")
test_others()
