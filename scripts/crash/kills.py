"""Kills a service at random moments under load, then looks for what it had acknowledged.

usage: kills.py VTPMD DIRECTORY KILLS SEED
"""

import pathlib
import random
import sys
import time

from service_client import Machine, Service
from workload import Administrator, Guest, Memory

GUESTS = 6
# In seconds from the start of the load.
LONGEST_LIFE = 1.5


def main(program, directory, kills, seed):
    chance = random.Random(seed)
    service = Service(program, pathlib.Path(directory) / "service")
    service.start()
    guests = {}
    for name in (f"guest{number}" for number in range(GUESTS)):
        service.ask("POST", "/v1/instances", {"name": name})
        guests[name] = Memory()
        machine = Machine(service, name)
        machine.power_on()
        guests[name].prepare(machine)
        machine.close()
    known = {}
    writes = acts = 0
    for kill in range(1, kills + 1):
        before = sum(memory.written for memory in guests.values())
        people = [Guest(service, name, memory) for name, memory in guests.items()]
        administrator = Administrator(service, known, chance.random())
        for person in (*people, administrator):
            person.start()
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        service.kill()
        for person in (*people, administrator):
            person.join(60)
            if person.failure:
                raise AssertionError(f"before kill {kill}: {person.failure}")
        acts += administrator.acts
        service.start()
        where = f"after kill {kill}"
        administrator.check(where)
        for name, memory in guests.items():
            machine = Machine(service, name)
            machine.power_on()
            memory.check(machine, f"{where}: {name}")
            machine.close()
        now = sum(memory.written for memory in guests.values()) - before
        writes += now
        print(f"kill {kill}: {now} NV writes and increments, {administrator.acts} administrative acts before it; nothing lost", flush=True)
    service.stop()
    print(f"{kills} kills, {writes} NV writes and as many increments, {acts} administrative acts: nothing lost")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
