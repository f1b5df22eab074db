"""Hands a running TPM over from one service to another, as QEMU's migration does, again and again, and kills one of them or both at
a random moment on the way. Afterwards the TPM must be usable at one place at most, and nothing that it acknowledged may be lost.

usage: handovers.py VTPMD DIRECTORY KILLS SEED
"""

import collections
import pathlib
import random
import re
import sys
import threading
import time

from service_client import CMD_INIT, CMD_STOP, Machine, Refused, Service
from workload import Memory

PERMANENT, VOLATILE, SAVE_STATE = 1, 2, 3
# What happens in a handover, in this order. A kill comes at most so many seconds after one of these has begun.
STEPS = ["power at the source", "permanent state asked for", "volatile state asked for", "save state asked for",
         "permanent state given", "volatile state given", "power at the target", "first use at the target", "use at the target"]
LONGEST_DELAY = 0.01
UUID = "6f1c2a60-1c7d-4be0-9a58-0d9f6d2b3c11"


class Handover(threading.Thread):
    """The requests of a migration in QEMU's order, until a service is gone."""

    def __init__(self, source, target, memory):
        super().__init__(name="handover", daemon=True)
        self.source = source
        self.target = target
        self.memory = memory
        self.step = None
        self.end = ""
        self.over = False
        self.progress = threading.Condition()

    def begin(self, step):
        with self.progress:
            self.step = step
            self.progress.notify_all()

    def wait_for(self, step):
        """Returns when this step has begun, or none will begin any more."""
        with self.progress:
            self.progress.wait_for(lambda: self.step == step or not self.is_alive(), 60)

    def run(self):
        machines = []
        try:
            for service in (self.source, self.target):
                machines.append(Machine(service, "guest"))
            self.hand_over(*machines)
        except (OSError, Refused) as e:
            self.end = f" ({e})"
        finally:
            self.begin(self.step)
            for machine in machines:
                machine.close()

    def hand_over(self, source, target):
        steps = iter(STEPS)
        self.begin(next(steps))
        source.power_on()
        self.memory.acknowledge(source)
        blobs = []
        for kind in (PERMANENT, VOLATILE, SAVE_STATE):
            self.begin(next(steps))
            blobs.append((kind, *source.state_blob(kind)))
        for kind, flags, blob in blobs[:2]:
            self.begin(next(steps))
            target.give_state_blob(kind, flags, blob)
        self.begin(next(steps))
        target.request(CMD_INIT, 0)
        self.begin(next(steps))
        self.memory.acknowledge(target)
        self.begin(next(steps))
        while not self.over:
            self.memory.acknowledge(target)


def instance(service):
    """What the service says of the TPM; `absent` if nothing."""
    for one in service.ask("GET", "/v1/instances")["instances"]:
        if one["name"] == "guest":
            return one
    return {"state": "absent"}


def handover(service):
    """The last handover of a TPM that is not there, and whether its state has come with it: the higher, the newer."""
    problem = instance(service)["problem"]
    return int(re.search(r"\(handover (\d+)\)", problem)[1]), "has come" in problem


def usable(service, memory, where):
    """Whether the TPM starts there; if so, nothing may be lost."""
    if instance(service)["state"] in ("absent", "incoming"):
        return False
    machine = Machine(service, "guest")
    try:
        machine.request(CMD_INIT, 0)
    except Refused:
        return False
    else:
        machine.request(CMD_STOP)
        machine.power_on()
        memory.check(machine, where)
        return True
    finally:
        machine.close()


def await_tpm(service):
    if instance(service)["state"] == "absent":
        service.ask("POST", "/v1/instances", {"name": "guest", "uuid": UUID, "incoming": True})


def recover(services, memory, where):
    """Finds the TPM, or has the operator take it back; gives who has it, and how."""
    places = [service for service in services if usable(service, memory, where)]
    if len(places) > 1:
        raise AssertionError(f"{where}: the TPM runs at both services")
    if places:
        return places[0], "is there"
    left = [service for service in services if instance(service)["state"] == "moved"]
    if not left:
        raise AssertionError(f"{where}: the TPM is nowhere")
    newest = max(left, key=handover)
    newest.ask("POST", "/v1/instances/guest/reclaim")
    if not usable(newest, memory, f"{where}, taken back"):
        raise AssertionError(f"{where}: the TPM was taken back and does not start")
    return newest, "was taken back"


def main(program, directory, kills, seed):
    chance = random.Random(seed)
    source, target = (Service(program, pathlib.Path(directory) / name) for name in ("one", "two"))
    for service in (source, target):
        service.start()
    source.ask("POST", "/v1/instances", {"name": "guest", "uuid": UUID, "migration": "allow"})
    memory = Memory()
    machine = Machine(source, "guest")
    machine.power_on()
    memory.prepare(machine)
    machine.close()
    outcomes = collections.Counter()
    for kill in range(1, kills + 1):
        await_tpm(target)
        attempt = Handover(source, target, memory)
        victims = chance.choice([[source], [target], [source, target]])
        attempt.start()
        attempt.wait_for(chance.choice(STEPS))
        time.sleep(chance.uniform(0, LONGEST_DELAY))
        for victim in victims:
            victim.kill()
        attempt.over = True
        attempt.join(60)
        if attempt.is_alive():
            raise AssertionError(f"kill {kill}, {attempt.step}: a service does not answer")
        for victim in victims:
            victim.start()
        who = " and ".join("source" if victim is source else "target" for victim in victims)
        where = f"kill {kill} of {who}, {attempt.step}{attempt.end}"
        holder, how = recover((source, target), memory, where)
        place = "source" if holder is source else "target"
        print(f"{where}: the TPM {how} at the {place}", flush=True)
        outcomes[f"{how} at the {place}"] += 1
        if holder is target:
            source, target = target, source
    for service in (source, target):
        service.stop()
    print(f"{kills} kills during handovers, nothing lost: " + ", ".join(f"{count} {what}" for what, count in outcomes.most_common()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
