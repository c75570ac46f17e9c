"""OR-Tools CP-SAT on the program over every trip.

Reads what `every_trip export` wrote and prints one line of JSON: the trips chosen, the bound, the seconds taken. It is
the same program as HiGHS gets, and expresses every rule: all that a trip must keep has been seen to when the trips were
listed, and the rows keep the rest.
"""

import argparse
import json
import math
import time

from ortools.sat.python import cp_model


def solve(program: dict, seconds: float, threads: int) -> dict:
    begin = time.perf_counter()
    model = cp_model.CpModel()
    trips = [model.new_bool_var(f"t{at}") for at in range(len(program["trips"]))]
    objective = [trip["points"] * var for trip, var in zip(program["trips"], trips)]
    for row in program["rows"]:
        used = sum(units * trips[at] for at, units in row["terms"])
        most = row["most"]
        if row["step"] > 0:
            # The second unit costs one step, the third two: a ladder whose cheaper rungs are climbed first.
            rungs = [model.new_bool_var("") for _ in range(1, most)]
            objective += [-n * row["step"] * rung for n, rung in enumerate(rungs, start=1)]
            model.add(used - sum(rungs) <= min(most, 1))
        elif row["exactly"]:
            model.add(used == most)
        elif most == 1 and all(units == 1 for _, units in row["terms"]):
            model.add_at_most_one(trips[at] for at, _ in row["terms"])
        else:
            model.add(used <= most)
    model.maximize(sum(objective))

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    answer = {"list_seconds": program["list_seconds"], "status": solver.status_name(status)}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        answer["chosen"] = [at for at, var in enumerate(trips) if solver.boolean_value(var)]
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        bound = solver.best_objective_bound
        answer["bound"] = math.floor(bound + 1e-6) if abs(bound) < 2**52 else None
    answer["choose_seconds"] = time.perf_counter() - begin
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="what `every_trip export` wrote")
    parser.add_argument("--time-limit", type=float, default=120, help="seconds (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="workers (default: %(default)s)")
    args = parser.parse_args()
    with open(args.program, encoding="utf-8") as file:
        program = json.load(file)
    print(json.dumps(solve(program, args.time_limit, args.threads)))


if __name__ == "__main__":
    main()
