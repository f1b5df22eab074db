"""Measures a service with a fleet of instances, and prints what it measures.

usage: fleet.py VTPMD DIRECTORY RECORDING INSTANCES ACTIVE SECONDS PROCESSES [CREATE-OPTION=VALUE...]

Each instance is created, switched on as QEMU does and fed the recorded boot; ACTIVE of them are under mixed load at a time, for
SECONDS; then the service is restarted. PROCESSES swtpm processes are measured beside it. A wrong answer ends it with an error.
Where a process may not have as many descriptors as that takes, machines are attached in turns, and their TPMs stay on.
"""

import pathlib
import random
import resource
import selectors
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import guest
from service_client import CMD_INIT, Machine, Service

SAMPLES = 3000
# The service gives memory back once it has been quiet for up to ten seconds, and takes some seconds for it.
SETTLED = 25
# Enough to use all of a small machine's processors.
CREATORS = 4
# Of the service: one for an instance that listens, two more for a machine that is attached; two of this process for a machine.
LISTENING, ATTACHED, MACHINE = 1, 2, 2
# What either process has open beside that.
OTHERS = 500
# Seconds that a service with many instances may take to start, to end, or to answer.
PATIENCE = 600


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


def attached_at_a_time(instances):
    """As many machines as descriptors allow; the service is started with the limits of this process."""
    _, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return instances
    most = min((limit - OTHERS - LISTENING * instances) // ATTACHED, (limit - OTHERS) // MACHINE)
    if most < 1:
        raise SystemExit(f"{instances} instances need more descriptors than the {limit} that a process may have here")
    return min(most, instances)


class Fleet:
    """A service and the machines that are attached to it."""

    def __init__(self, service, recording, options):
        self.service = service
        self.recording = recording
        self.options = options
        self.names = []
        self.machines = []
        self.chance = random.Random(1)

    def create(self, count):
        """So many more instances."""
        first = len(self.names)
        names = [f"vm{number}" for number in range(first, first + count)]

        def one(name):
            return timed(self.service.ask, "POST", "/v1/instances", {"name": name, **self.options})[0]

        with ThreadPoolExecutor(CREATORS) as creators:
            whole, times = timed(lambda: list(creators.map(one, names)))
        self.names += names
        return whole, times

    def attach(self, names):
        self.machines += [Machine(self.service, name) for name in names]

    def boot(self, names, at_a_time):
        """Feeds each the recorded boot, and returns how long that took."""
        elapsed = 0
        for first in range(0, len(names), at_a_time):
            turn = names[first:first + at_a_time]
            if len(self.machines) + len(turn) > at_a_time:
                self.detach()
            self.attach(turn)
            for machine in self.machines[-len(turn):]:
                elapsed += timed(boot, machine, self.recording)[0]
        return elapsed

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

    def back(self):
        """Starts the service again; returns how long it took until each instance took connections."""
        def start():
            self.service.start()
            for name in self.names:
                self.service.connect(f"{name}.sock").close()

        elapsed, _ = timed(start)
        states = [one["state"] for one in self.service.ask("GET", "/v1/instances")["instances"]]
        if states.count("off") != len(self.names):
            raise AssertionError(f"{len(self.names)} instances were there, and now {len(states)}: {set(states)}")
        return elapsed

    def look(self):
        """What looking at all of them costs."""
        listing, _ = timed(self.service.ask, "GET", "/v1/instances")
        run_directory = self.service.directory / "run"
        command, _ = timed(subprocess.check_output, [self.service.program, "list", "--run-dir", run_directory])
        scrape, _ = timed(self.service.request, "GET", "/metrics")
        return f"list {listing * 1e3:.0f} ms, vtpmd list {command * 1e3:.0f} ms, metrics {scrape * 1e3:.0f} ms"


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
    at_a_time = attached_at_a_time(instances)
    service = Service(program, pathlib.Path(directory) / "service", PATIENCE)
    service.start()
    fleet = Fleet(service, guest.recorded_boot(recording), options)
    empty, _, _ = fleet.footprint()
    fleet.create(1)
    fleet.boot(fleet.names, 1)
    report("latency with 1 instance", "")
    fleet.latency()
    whole, times = fleet.create(instances - 1)
    report(f"create, {CREATORS} at a time", f"{milliseconds(times)}; {len(times)} in {whole:.1f} s")
    parts = [times[at * len(times) // 4:(at + 1) * len(times) // 4] for at in range(4)]
    report("  the first to the last quarter", ", ".join(f"{percentile(part, 0.5) * 1e3:.1f}" for part in parts if part) + " ms")
    if at_a_time == instances:
        fleet.attach(fleet.names[1:])
    time.sleep(SETTLED)
    kib, descriptors, threads = fleet.footprint()
    where = "attached" if at_a_time == instances else "listening"
    report(f"{instances} {where}, off", f"{kib / instances:.0f} KiB each, {descriptors / instances:.2f} descriptors each, {threads} threads")
    if at_a_time < instances:
        report("attached", f"{at_a_time} at a time, since a process may have {resource.getrlimit(resource.RLIMIT_NOFILE)[1]} descriptors here")
        fleet.detach()
    whole = fleet.boot(fleet.names[1:], at_a_time)
    if at_a_time < instances:
        fleet.detach()
        fleet.attach(fleet.names[:at_a_time])
    report("recorded boot", f"{len(fleet.recording)} commands each, {whole:.1f} s, all as recorded")
    time.sleep(SETTLED)
    kib, descriptors, threads = fleet.footprint()
    report(f"{instances} on, idle", f"{kib / instances:.0f} KiB each ({kib / 1024:.0f} MiB in all, {empty / 1024:.0f} MiB without any), "
           f"{descriptors} descriptors with {len(fleet.machines)} attached, {threads} threads")
    report(f"looking at {instances} instances", fleet.look())
    report(f"latency with {instances} instances", "")
    fleet.latency()
    fleet.mixed_load(min(active, len(fleet.machines)), seconds)
    kib, descriptors, threads = fleet.footprint()
    report("after that", f"{kib / instances:.0f} KiB each, {threads} threads")
    fleet.detach()
    stopping, _ = timed(service.stop)
    report("restart", f"end {stopping:.1f} s; all back {fleet.back():.1f} s after the start")
    service.kill()
    report("after a kill", f"all back {fleet.back():.1f} s after the start")
    fleet.boot(fleet.names, at_a_time)
    time.sleep(SETTLED)
    kib, _, _ = fleet.footprint()
    report(f"{instances} on again, idle", f"{kib / instances:.0f} KiB each, {len(fleet.machines)} attached")
    fleet.detach()
    service.stop()
    if processes:
        report(f"swtpm, {processes} processes, on", f"{peers(directory, processes):.0f} KiB each")


if __name__ == "__main__":
    words = sys.argv[8:]
    main(*sys.argv[1:4], *map(int, sys.argv[4:8]), dict(word.split("=", 1) for word in words))
