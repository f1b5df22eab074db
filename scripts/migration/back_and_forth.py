"""Migrates a guest between two hosts, back and forth, while it uses its TPM without a pause; then checks that nothing was lost.

usage: back_and_forth.py separate|shared DISTRIBUTION KERNEL INITRAMFS DIRECTORY COUNT [ARGUMENT...]

The arguments go to the services, or to the TPM processes on a shared directory.
"""

import pathlib
import sys
import threading
import time

from hosts import Host, Machine, SharingHost
from qmp import Refused
from workload import Report


# Before each of so many migrations one is tried that fails.
FAILURES = 5


def wait_for(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not after {seconds} s: {what}")
        time.sleep(0.1)


class Guest:
    """The guest that is moved around."""

    def __init__(self, host, directory, kernel, initramfs):
        self.directory = directory
        self.report = Report(directory / "console")
        # Not a multiple of 256 KiB, which takes QEMU another way through the guest's memory: emulated processors of QEMU before 9.0
        # are suspected to lose writes during a migration on the usual one.
        # Nor does Linux try the timer at its start: on a busy machine it takes that of an emulated one for broken, and stops.
        words = ["-no-reboot", "-m", "131080K", "-kernel", kernel, "-initrd", initramfs,
                 "-append", "console=ttyS0 quiet panic=-1 no_timer_check",
                 "-chardev", "file,id=console,path=console,append=on", "-serial", "chardev:console"]
        self.words_without_random_numbers = words
        self.words = [*words, "-device", "virtio-rng-pci"]
        self.machine = Machine(host, "guest", directory, *self.words)

    def awaited_by(self, host):
        socket = str(self.directory / "migration")
        return Machine(host, "guest", self.directory, *self.words, incoming=f"unix:{socket}"), f"unix:{socket}"

    def goes_on(self, rounds=3):
        """Waits until the guest has used its TPM so often again."""
        wanted = self.report.rounds() + rounds
        wait_for(lambda: self.report.rounds() >= wanted or self.report.failure(), 300, f"round {wanted} of the guest")
        if self.report.failure():
            raise AssertionError(self.report.failure())

    def move_to(self, host):
        target, uri = self.awaited_by(host)
        report = self.machine.monitor.migrate(uri)
        if report["status"] != "completed":
            raise AssertionError(f"the migration {report['status']}: {report.get('error-desc')}; {target.errors.read_text()}")
        wait_for(target.running, 120, "the guest runs at its destination")
        self.machine.quit()
        self.machine = target
        return report

    def fail_to_move_to(self, host):
        """The destination cannot load the machine, which shows only when the TPM's state has left its source."""
        socket = str(self.directory / "migration")
        # A device is missing, whose state comes after that of the TPM: QEMU refuses the stream.
        target = Machine(host, "guest", self.directory, *self.words_without_random_numbers, incoming=f"unix:{socket}")
        # Right away: the source's QEMU does nothing else for the three seconds in which it wants the lock of the states back.
        threading.Thread(target=lambda: (target.process.wait(), host.machine_died()), daemon=True).start()
        for monitor in (self.machine.monitor, target.monitor):
            monitor("migrate-set-capabilities", capabilities=[{"capability": "return-path", "state": True}])
        status = self.machine.monitor.migrate(f"unix:{socket}")["status"]
        target.kill()
        self.machine.monitor("migrate-set-capabilities", capabilities=[{"capability": "return-path", "state": False}])
        if status != "failed":
            raise AssertionError(f"the migration was to fail, and has {status}")
        wait_for(self.machine.running, 120, "the guest runs at its source again")


def main():
    directories, distribution, kernel, initramfs, directory, count, *arguments = sys.argv[1:]
    directory = pathlib.Path(directory).resolve()
    kind = Host if directories == "separate" else SharingHost
    hosts = [kind(name, directory, distribution, *arguments) for name in ("a", "b")]
    guest = None
    try:
        if kind is Host:
            hosts[0].vtpmd("create", "guest", "--migration", "allow")
            hosts[1].vtpmd("create", "guest", "--incoming")
        guest = Guest(hosts[0], directory, str(pathlib.Path(kernel).resolve()), str(pathlib.Path(initramfs).resolve()))
        guest.goes_on(8)
        failures = 0
        for number in range(1, int(count) + 1):
            source, target = hosts[(number - 1) % 2], hosts[number % 2]
            before = guest.report.rounds()
            if number % FAILURES == 0:
                guest.fail_to_move_to(target)
                guest.goes_on()
                failures += 1
            report = guest.move_to(target)
            guest.goes_on()
            if not source.moved_away():
                raise AssertionError(f"host {source.name} does not know that the TPM has moved")
            print(f"migration {number}: {source.name} to {target.name} at round {before}, "
                  f"{report['total-time']} ms, of these {report['downtime']} ms without the guest", flush=True)
        wait_for(lambda: guest.report.lines()[-1].startswith("state"), 60, "a last look at the TPM")
        rounds, states = guest.report.check()
        guest.machine.quit()
        print(f"{count} migrations, {failures} more that failed and fell back; {rounds} extends, NV writes and verified signatures; "
              f"PCR and NV index were right each of {states} times", flush=True)
    except (AssertionError, Refused, RuntimeError) as problem:
        for host in hosts:
            print(f"--- host {host.name}\n{host.log()[-2000:]}", file=sys.stderr)
        if guest:
            others = [line for line in guest.report.lines() if not line.startswith(("round", "state"))]
            print("--- guest", *others[-40:], sep="\n", file=sys.stderr)
        sys.exit(f"FAILED: {problem}")
    finally:
        if guest:
            guest.machine.kill()
        for host in hosts:
            host.stop()


if __name__ == "__main__":
    main()
