"""PyVRP, a solver of vehicle routing problems, as far as it can express ours.

What it gets: one routing problem for each visiting slot, one slot after another in order of time, each for an equal
part of the time allowed. Vehicles are the drivers who may go there, from their homes to the gate; clients are the
requests that ask for the slot, each with its points as a prize, so that leaving one out costs what it would bring. In
this problem these rules hold:

- the car: seats, wheelchair spaces and child seats by kind, a seat for a chaperone, most families, most child-only
  families, as loads (two child-only families take two seats for chaperones, where one would do);
- families that do not share a car: as a load that fills any car;
- the ride out: the gate is reached at its time, so the longest ride is a window for the pick-up;
- who may drive whom: a road with no way past a family that the driver may not take, by the driver's own travel matrix;
- the drivers' windows: no way out is longer than the shorter of the times free before and after the visit;
- points for the visit, and minutes of driving out, counted twice for the way back.

What it cannot express:

- that the same car brings the same families home after the visit, within the same limits (only the way out is planned);
- which chaperone comes along, from which home, and that a chaperone is needed at all;
- breaks that fall due with the driving; the families' own windows on the way back;
- pairs of families that never ride together, or never visit in the same slot; the tables of a slot;
- anything from slot to slot: a volunteer's trips a day and a week, duty, driving and kilometres; turnaround; a request
  served in the better of two slots; load that grows dearer with each trip; pins. Hence one slot after another, with
  what is taken, and the drivers who have done their trips, left out of what comes after;
- a bound: it has none.

What becomes of its answer is read generously. A route counts if there is a valid trip with this driver, slot and
families, in whatever order of stops and with whichever chaperone, that goes with those taken before; the routes that
earn most come first. Where the families of a route are too many, the largest valid part of them is taken. Then each
slot is planned a second time, with the drivers and families that are left. Prints one line of JSON: the trips chosen,
the seconds taken, how many routes there were and how many of them counted as they are.
"""

import argparse
import json
import time
from collections import defaultdict
from datetime import datetime
from itertools import combinations

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.stop import MaxRuntime

KINDS = ("infant", "harness", "booster")
NO_WAY = 100_000
FULL = 1_000
ROUNDS = 2


def minutes_of(wall: str) -> int:
    """Minutes on the wall clock; the hours that clocks skip or show twice are beside the point here."""
    return int((datetime.fromisoformat(wall) - datetime(2000, 1, 1)).total_seconds() // 60)


def restraint(member: dict) -> str:
    age = member["age"]
    by_age = "infant" if age < 2 else "harness" if age < 4 else "booster" if age < 12 else "none"
    return member.get("restraint") or by_age


def load(family: dict, policy: dict) -> list[int]:
    """What a family takes of a car, in the order of `room`."""
    members = family["members"]
    kinds = [restraint(member) for member in members if not member.get("own_restraint")]
    wheelchairs = sum(bool(member.get("wheelchair")) for member in members)
    alone = all(member["age"] < 18 for member in members)
    chaperone = alone and policy["children_alone"] == "chaperone"
    seats = len(members) - wheelchairs + chaperone
    shares = 1 if family.get("shares_car") else FULL
    return [seats, wheelchairs, *(kinds.count(kind) for kind in KINDS), 1, int(alone), shares]


def room(volunteer: dict, policy: dict) -> list[int]:
    """What a car has: seats, wheelchair spaces, child seats, families, child-only families, company."""
    car = volunteer["car"]
    seats = [car["seats"], car.get("wheelchair", 0), *(car.get(kind, 0) for kind in KINDS)]
    return [*seats, volunteer["max_families"], 2 if policy["children_alone"] == "chaperone" else 1, FULL]


class Week:
    """The week as it fills: trips taken, and what they leave."""

    def __init__(self, program: dict):
        self.program = program
        self.used = [0] * len(program["rows"])
        self.chosen: list[int] = []
        self.uses: list[list[tuple[int, int]]] = [[] for _ in program["trips"]]
        for at, row in enumerate(program["rows"]):
            for trip, units in row["terms"]:
                self.uses[trip].append((at, units))
        self.trips_of = defaultdict(list)
        self.of_driver_and_slot = defaultdict(list)
        for at, trip in enumerate(program["trips"]):
            self.trips_of[trip["driver"], trip["slot"], frozenset(trip["requests"])].append(at)
            self.of_driver_and_slot[trip["driver"], trip["slot"]].append(at)

    def worth(self, trip: int) -> int:
        steps = sum(self.program["rows"][row]["step"] * self.used[row] * units for row, units in self.uses[trip])
        return self.program["trips"][trip]["points"] - steps

    def possible(self, trip: int) -> bool:
        rows = self.program["rows"]
        return all(self.used[row] + units <= rows[row]["most"] for row, units in self.uses[trip])

    def promise(self, driver: str, slot: str, requests: list[str]) -> int:
        """What the best trip with these requests earns; 0 if there is none."""
        return max(map(self.worth, self.trips_of[driver, slot, frozenset(requests)]), default=0)

    def take(self, driver: str, slot: str, requests: list[str]) -> int:
        """Takes the best trip with these requests, or with as many of them as can be; how many that is."""
        for size in range(len(requests), 0, -1):
            groups = (frozenset(group) for group in combinations(requests, size))
            trips = (trip for group in groups for trip in self.trips_of[driver, slot, group])
            best = max(filter(self.possible, trips), key=self.worth, default=None)
            if best is not None and self.worth(best) > 0:
                for row, units in self.uses[best]:
                    self.used[row] += units
                self.chosen.append(best)
                return size
        return 0


class Slots:
    """The routing problem of each slot."""

    def __init__(self, program: dict, week: Week):
        self.week = week
        self.problem = program["problem"]
        self.minutes = np.array(program["minutes"], dtype=np.int64)
        self.place = {place: at for at, place in enumerate(program["places"])}
        self.prisons = {prison["id"]: prison for prison in self.problem["prisons"]}
        self.families = {family["id"]: family for family in self.problem["families"]}
        self.volunteers = {volunteer["id"]: volunteer for volunteer in self.problem["volunteers"]}
        self.requests = {request["id"]: request for request in self.problem["requests"]}

    def in_order(self) -> list[dict]:
        return sorted(self.problem["slots"], key=lambda slot: (slot["start"], slot["id"]))

    def direct(self, family: str, gate: int) -> int:
        """The longest ride out that is allowed."""
        policy, facts = self.problem["policy"], self.families[family]
        if facts.get("max_ride_min") is not None:
            return facts["max_ride_min"]
        drive = int(self.minutes[self.place[family], gate])
        after = policy["break_after_min"]
        breaks = (-(-drive // after) - 1) * policy["break_min"] if after and drive > after else 0
        whole = drive + breaks
        return whole + max(policy["detour_min"], whole * policy["detour_pct"] // 100)

    def points(self, request: dict, slot: str) -> int:
        weights = self.problem["policy"]["weights"]
        rank = next(option["rank"] for option in request["options"] if option["slot"] == slot)
        waited = min(request.get("weeks_waiting", 0), weights["max_weeks"])
        gained = weights["visit"] + weights["per_week_waiting"] * waited + request.get("extra_points", 0)
        return max(0, gained - weights["slot_rank"] * rank)

    def spare(self, volunteer: dict, gate_in: int, gate_out: int) -> int:
        """The longest way that a driver's windows leave both before and after the visit."""
        windows = [(minutes_of(window["from"]), minutes_of(window["to"])) for window in volunteer["available"]]
        return max((min(gate_in - begin, end - gate_out) for begin, end in windows), default=0)

    def routes(self, slot: dict, seconds: float) -> list[tuple[str, list[str]]]:
        """Who drives whom to a slot, as PyVRP has it."""
        week, policy = self.week, self.problem["policy"]
        prison = self.prisons[slot["prison"]]
        gate = self.place[prison["id"]]
        gate_in = minutes_of(slot["start"]) - prison["check_in_min"]
        gate_out = minutes_of(slot["end"]) + prison["check_out_min"]
        able = {}
        for driver in self.volunteers:
            trips = filter(week.possible, week.of_driver_and_slot[driver, slot["id"]])
            requests = {request for trip in trips for request in week.program["trips"][trip]["requests"]}
            if requests:
                able[driver] = requests
        asked = sorted(set().union(*able.values()))
        if not asked:
            return []
        drivers = list(able)
        homes = [gate] + [self.place[driver] for driver in drivers]
        families = [self.requests[request]["family"] for request in asked]
        places = homes + [self.place[family] for family in families]
        legs = self.minutes[np.ix_(places, places)]
        np.fill_diagonal(legs, 0)

        # The clock begins a day before the gate's time.
        arrival = 24 * 60
        clients = []
        for at, (request, family) in enumerate(zip(asked, families)):
            facts = self.families[family]
            boarding = facts["boarding_min"]
            clients.append(
                Client(
                    location=len(homes) + at,
                    delivery=load(facts, policy),
                    service_duration=boarding,
                    tw_early=max(0, arrival - self.direct(family, gate) - boarding),
                    tw_late=arrival,
                    prize=self.points(self.requests[request], slot["id"]),
                    required=False,
                )
            )
        depots = [Depot(0)] + [Depot(1 + at) for at in range(len(drivers))]
        weights = policy["weights"]
        vehicles, matrices = [], []
        for at, driver in enumerate(drivers):
            facts = self.volunteers[driver]
            matrix = legs.copy()
            for client, request in enumerate(asked):
                if request not in able[driver]:
                    matrix[len(homes) + client, :] = NO_WAY
                    matrix[:, len(homes) + client] = NO_WAY
            np.fill_diagonal(matrix, 0)
            matrices.append(matrix)
            vehicles.append(
                VehicleType(
                    capacity=room(facts, policy),
                    start_depot=1 + at,
                    end_depot=0,
                    tw_early=0,
                    tw_late=arrival,
                    shift_duration=max(0, self.spare(facts, gate_in, gate_out)),
                    fixed_cost=weights["load"] * facts.get("recent_trips", 0),
                    # Out and back.
                    unit_distance_cost=2 * weights["drive_min"],
                    profile=at,
                )
            )
        locations = [Location(0, 0) for _ in places]
        data = ProblemData(locations, clients, depots, vehicles, matrices, matrices)
        best = solve(data, MaxRuntime(seconds), seed=1, display=False, collect_stats=False).best
        return [
            (drivers[route.vehicle_type()], [asked[stop.idx] for stop in route if stop.is_client()])
            for route in best.routes()
            if route.num_clients()
        ]


def plan(program: dict, seconds: float) -> dict:
    begin = time.perf_counter()
    week = Week(program)
    slots = Slots(program, week)
    order = slots.in_order()
    routes = whole = 0
    for at, slot in enumerate(order):
        for nth in range(ROUNDS):
            # What one slot does not need is shared among those after it.
            left = max(0.0, seconds - (time.perf_counter() - begin))
            found = slots.routes(slot, left / (ROUNDS * (len(order) - at) - nth))
            routes += len(found)
            taken = [
                (week.take(driver, slot["id"], requests), len(requests))
                for driver, requests in sorted(found, key=lambda route: -week.promise(route[0], slot["id"], route[1]))
            ]
            whole += sum(families == asked for families, asked in taken)
            if not any(families for families, _ in taken):
                break
    return {
        "list_seconds": program["list_seconds"],
        "choose_seconds": time.perf_counter() - begin,
        "chosen": sorted(week.chosen),
        "bound": None,
        "note": f"{whole} of {routes} routes valid as they are",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="what `every_trip export` wrote")
    parser.add_argument("--time-limit", type=float, default=120, help="seconds (default: %(default)s)")
    args = parser.parse_args()
    with open(args.program, encoding="utf-8") as file:
        program = json.load(file)
    print(json.dumps(plan(program, args.time_limit)))


if __name__ == "__main__":
    main()
