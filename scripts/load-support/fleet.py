"""Measures a service with a fleet of instances, and prints what it measures.

usage: fleet.py VTPMD DIRECTORY RECORDING INSTANCES ACTIVE SECONDS PROCESSES [CREATE-OPTION=VALUE...]

Each instance is created, switched on as QEMU does and fed the recorded boot; ACTIVE of them are under mixed load at a time, for
SECONDS; then the service is restarted. PROCESSES swtpm processes are measured beside it. A wrong answer ends it with an error.
"""

import pathlib
import random
import selectors
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import guest
from service_client import CMD_INIT, Machine, Service

SAMPLES = 3000
SETTLED = 5
# Enough to use all of a small machine's processors.
CREATORS = 4


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def milliseconds(times):
    return f"median {percentile(times, 0.5) * 1e3:.1f} ms, p99 {percentile(times, 0.99) * 1e3:.1f} ms"


def microseconds(times):
    return f"p50 {percentile(times, 0.5) * 1e6:.0f} us, p99 {percentile(times, 0.99) * 1e6:.0f} us"


def memory(pid):
    """PSS in KiB."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise AssertionError(f"process {pid} has no PSS")


def entries(pid, what):
    return sum(1 for _ in pathlib.Path(f"/proc/{pid}/{what}").iterdir())


def report(title, text):
    print(f"{title:<34} {text}", flush=True)


def boot(machine, recording):
    machine.request(CMD_INIT, 0)
    for command, code in recording:
        response = machine.response(command)
        if response[6:10] != code:
            raise AssertionError(f"{command.hex()}: response code {response[6:10].hex()}, recorded was {code.hex()}")


def timed(work, *arguments):
    begin = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - begin, result


class Fleet:
    """A service and the machines that are attached to it."""

    def __init__(self, service, recording, options):
        self.service = service
        self.recording = recording
        self.options = options
        self.machines = []
        self.chance = random.Random(1)

    def create(self, count):
        """So many more instances."""
        first = len(self.machines)
        names = [f"vm{number}" for number in range(first, first + count)]

        def one(name):
            return timed(self.service.ask, "POST", "/v1/instances", {"name": name, **self.options})[0]

        with ThreadPoolExecutor(CREATORS) as creators:
            whole, times = timed(lambda: list(creators.map(one, names)))
        self.machines += [Machine(self.service, name) for name in names]
        return whole, times

    def boot(self, machines):
        for machine in machines:
            boot(machine, self.recording)

    def latency(self):
        """One client at a time, each time at another machine."""
        for title, command in (("GetRandom 32", guest.GET_RANDOM), ("PCR_Read", guest.PCR_READ)):
            times = []
            for turn in range(2 * SAMPLES):
                machine = self.chance.choice(self.machines)
                elapsed, response = timed(machine.response, command)
                if response[6:10] != bytes(4):
                    raise AssertionError(f"{title}: response code {response[6:10].hex()}")
                # The first half warms up.
                if turn >= SAMPLES:
                    times.append(elapsed)
            report(f"  {title}", microseconds(times))

    def mixed_load(self, active, seconds):
        """As many machines at a time, each sending its next command when it has its response."""
        selector = selectors.DefaultSelector()
        for machine in self.chance.sample(self.machines, active):
            machine.execute(guest.define_data())
            selector.register(machine.data, selectors.EVENT_READ, Client(machine, random.Random(self.chance.random())))
        times = {}
        begin = time.perf_counter()
        for key in list(selector.get_map().values()):
            key.data.send(None)
        while time.perf_counter() - begin < seconds:
            for key, _ in selector.select(1):
                client = key.data
                response = client.receive()
                times.setdefault(client.title, []).append(time.perf_counter() - client.sent)
                client.send(response)
        elapsed = time.perf_counter() - begin
        for key in list(selector.get_map().values()):
            key.data.receive()
        report(f"mixed load of {active} at a time", f"{sum(map(len, times.values())) / elapsed:.0f} commands/s")
        for title in sorted(times):
            report(f"  {title}", microseconds(times[title]))

    def footprint(self):
        pid = self.service.process.pid
        return memory(pid), entries(pid, "fd"), entries(pid, "task")

    def detach(self):
        for machine in self.machines:
            machine.close()
        self.machines = []

    def back(self, count):
        """Starts the service again; returns when each instance takes connections."""
        def start():
            self.service.start()
            for number in range(count):
                self.service.connect(f"vm{number}.sock").close()

        elapsed, _ = timed(start)
        states = [one["state"] for one in self.service.ask("GET", "/v1/instances")["instances"]]
        if states.count("off") != count:
            raise AssertionError(f"{count} instances were there, and now {len(states)}: {set(states)}")
        return elapsed


class Client:
    """A machine under load."""

    def __init__(self, machine, chance):
        self.machine = machine
        self.commands = guest.mixture(chance)

    def send(self, response):
        self.title, command = self.commands.send(response)
        self.sent = time.perf_counter()
        self.machine.data.sendall(command)

    def receive(self):
        # A response is written at once, and is shorter than what a unix socket takes at once.
        response = self.machine.data.recv(4096)
        if response[6:10] != bytes(4) or len(response) != int.from_bytes(response[2:6], "big"):
            raise AssertionError(f"{self.title}: {response[:10].hex()}")
        return response


def peers(directory, count):
    """PSS in KiB of each of so many swtpm processes that have been started."""
    processes = []
    try:
        for number in range(count):
            state = pathlib.Path(directory) / f"swtpm{number}"
            state.mkdir()
            processes.append(subprocess.Popen(
                ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={state}", "--ctrl", f"type=unixio,path={state}/control",
                 "--flags", "not-need-init,startup-clear"], stdin=subprocess.DEVNULL))
            deadline = time.monotonic() + 30
            while not (state / "tpm2-00.permall").exists():
                if time.monotonic() > deadline:
                    raise AssertionError("swtpm does not start")
                time.sleep(0.01)
        time.sleep(1)
        return sum(memory(process.pid) for process in processes) / count
    finally:
        for process in processes:
            process.kill()
            process.wait()


def main(program, directory, recording, instances, active, seconds, processes, options):
    service = Service(program, pathlib.Path(directory) / "service")
    service.start()
    fleet = Fleet(service, guest.recorded_boot(recording), options)
    empty, _, _ = fleet.footprint()
    fleet.create(1)
    fleet.boot(fleet.machines)
    report("latency with 1 instance", "")
    fleet.latency()
    whole, times = fleet.create(instances - 1)
    report(f"create, {CREATORS} at a time", f"{milliseconds(times)}; {len(times)} in {whole:.1f} s")
    time.sleep(SETTLED)
    kib, descriptors, threads = fleet.footprint()
    report(f"{instances} attached, off", f"{kib / instances:.0f} KiB each, {descriptors / instances:.2f} descriptors each, {threads} threads")
    whole, _ = timed(fleet.boot, fleet.machines[1:])
    report("recorded boot", f"{len(fleet.recording)} commands each, {whole:.1f} s, all as recorded")
    time.sleep(SETTLED)
    kib, descriptors, threads = fleet.footprint()
    report(f"{instances} on, idle", f"{kib / instances:.0f} KiB each ({kib / 1024:.0f} MiB in all, {empty / 1024:.0f} MiB without any), "
           f"{descriptors / instances:.2f} descriptors each, {threads} threads")
    report(f"latency with {instances} instances", "")
    fleet.latency()
    fleet.mixed_load(min(active, instances), seconds)
    kib, descriptors, threads = fleet.footprint()
    report("after that", f"{kib / instances:.0f} KiB each, {threads} threads")
    fleet.detach()
    stopping, _ = timed(service.stop)
    report("restart", f"end {stopping:.1f} s; all back {fleet.back(instances):.1f} s after the start")
    service.kill()
    report("after a kill", f"all back {fleet.back(instances):.1f} s after the start")
    service.stop()
    if processes:
        report(f"swtpm, {processes} processes, on", f"{peers(directory, processes):.0f} KiB each")


if __name__ == "__main__":
    words = sys.argv[8:]
    main(*sys.argv[1:4], *map(int, sys.argv[4:8]), dict(word.split("=", 1) for word in words))
