"""What goes on in a service while it is killed: machines that use their TPMs, and an administrator. Each knows what was
acknowledged, and what was asked for last and may or may not have happened."""

import base64
import random
import threading

from service_client import COUNTER, COUNTER_INDEX, DATA_INDEX, ORDINARY, Machine, Refused


class Guest(threading.Thread):
    """Writes ever higher numbers to one index and increments another, until the service is gone."""

    def __init__(self, service, name, memory):
        super().__init__(name=name, daemon=True)
        self.service = service
        self.memory = memory
        self.failure = None

    def run(self):
        try:
            machine = Machine(self.service, self.name)
            machine.power_on()
            while True:
                self.memory.acknowledge(machine)
        except OSError:
            return
        except Refused as e:
            self.failure = f"{self.name}: {e}"


class Memory:
    """What a guest knows of its TPM."""

    def __init__(self):
        self.written = self.asked = 0
        self.counted = self.counting = 0

    def prepare(self, machine):
        machine.define(DATA_INDEX, ORDINARY)
        machine.define(COUNTER_INDEX, COUNTER)
        machine.write(0)
        machine.increment()
        self.counted = self.counting = machine.read(COUNTER_INDEX)

    def acknowledge(self, machine):
        self.asked = self.written + 1
        machine.write(self.asked)
        self.written = self.asked
        self.counting = self.counted + 1
        machine.increment()
        self.counted = self.counting

    def check(self, machine, where):
        """Whether nothing is lost; what was not acknowledged may have happened."""
        written, counted = machine.read(DATA_INDEX), machine.read(COUNTER_INDEX)
        if written not in (self.written, self.asked) or counted not in (self.counted, self.counting):
            raise AssertionError(f"{where}: data {written}, acknowledged {self.written}; counter {counted}, acknowledged {self.counted}")
        self.written = self.asked = written
        self.counted = self.counting = counted


class Administrator(threading.Thread):
    """Creates, changes and destroys instances and changes the host key, until the service is gone."""

    def __init__(self, service, known, seed):
        super().__init__(name="administrator", daemon=True)
        self.service = service
        # Name to migration permission, of the instances that are there.
        self.known = known
        # The instance that something was asked for last, and what may be so now: permissions, or None for not there.
        self.open = None
        self.random = random.Random(seed)
        self.acts = 0
        self.failure = None

    def run(self):
        try:
            while True:
                self.act()
                self.acts += 1
        except OSError:
            return
        except Refused as e:
            self.failure = f"administrator: {e}"

    def act(self):
        name = f"extra{self.random.randrange(6)}"
        before = self.known.get(name)
        choice = self.random.random()
        if choice < 0.1:
            self.rekey()
        elif before is None:
            self.settle(name, before, "deny", "POST", "/v1/instances", {"name": name})
        elif choice < 0.5:
            after = "allow" if before == "deny" else "deny"
            self.settle(name, before, after, "PATCH", f"/v1/instances/{name}", {"migration": after})
        else:
            self.settle(name, before, None, "DELETE", f"/v1/instances/{name}")

    def settle(self, name, before, after, method, path, document=None):
        self.open = name, (before, after)
        self.service.ask(method, path, document)
        self.remember(name, after)
        self.open = None

    def remember(self, name, permission):
        if permission is None:
            self.known.pop(name, None)
        else:
            self.known[name] = permission

    def rekey(self):
        key = self.random.randbytes(32)
        self.service.keys.append(key)
        self.service.ask("PUT", "/v1/host-key", {"key": base64.b64encode(key).decode()})
        self.service.keys = [key]

    def check(self, where):
        """Whether the instances are those that were acknowledged."""
        listed = {one["name"]: one for one in self.service.ask("GET", "/v1/instances")["instances"]}
        failed = [name for name, one in listed.items() if one["state"] == "failed"]
        if failed:
            raise AssertionError(f"{where}: {failed} failed")
        found = {name: one["migration"] for name, one in listed.items() if name.startswith("extra")}
        if self.open:
            name, possible = self.open
            if found.get(name) not in possible:
                raise AssertionError(f"{where}: {name} is {found.get(name)}, not one of {possible}")
            self.remember(name, found.get(name))
        if found != self.known:
            raise AssertionError(f"{where}: the instances are {found}, not {self.known}")
