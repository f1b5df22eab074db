"""A service of vtpmd that can be killed at any time, its administration, and a machine that uses one of its TPMs as QEMU does."""

import atexit
import http.client
import json
import pathlib
import signal
import socket
import struct
import subprocess
import time

from tpm_client import read_exactly, with_empty_password

CMD_INIT, CMD_GET_STATEBLOB, CMD_SET_STATEBLOB, CMD_STOP, CMD_SET_DATAFD = 2, 12, 13, 14, 16
OWNER = 0x40000001
DATA_INDEX, COUNTER_INDEX = 0x01500100, 0x01500101
# TPMA_NV: OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, NO_DA; a counter has TPM_NT_COUNTER in bits 4 to 7 too.
ORDINARY, COUNTER = 0x02060006, 0x02060016


class Refused(Exception):
    """The answer is no."""


class Service:
    """`vtpmd serve` with its own state, run directory and host keys. Starts, ends and answers within `patience` seconds."""

    def __init__(self, program, directory, patience=60):
        self.program = program
        self.patience = patience
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True)
        # Each of them may be the host key now: a change to another one may or may not have begun before a kill, and a start with
        # the old key completes it.
        self.keys = [bytes(31) + b"\1"]
        self.process = None
        atexit.register(self.kill)

    def start(self):
        """Starts it with the first of the possible host keys that it accepts."""
        if any(self.starts_with(key) for key in self.keys):
            return
        raise AssertionError(f"{self.directory.name} does not start: {self.log()[-500:]}")

    def starts_with(self, key):
        file = self.directory / "key"
        file.touch(mode=0o600)
        file.write_bytes(key)
        (self.directory / "run" / "vtpmd.admin").unlink(missing_ok=True)
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--state-dir", "state", "--run-dir", "run", "--key-file", "key"],
                cwd=self.directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return False
            try:
                self.ask("GET", "/v1/instances")
                return True
            except OSError:
                time.sleep(0.01)
        raise AssertionError(f"{self.directory.name} does not answer: {self.log()[-500:]}")

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(self.patience):
            raise AssertionError(f"{self.directory.name} did not end well: {self.log()[-500:]}")

    def log(self):
        return (self.directory / "log").read_text(errors="replace")

    def ask(self, method, path, document=None):
        """One request of the administration protocol, and the document in the answer."""
        body = self.request(method, path, document)
        return json.loads(body) if body else None

    def request(self, method, path, document=None):
        """One request of the administration protocol. An answer of 400 and above is `Refused`."""
        connection = http.client.HTTPConnection("vtpmd", timeout=self.patience)
        connection.sock = self.connect("vtpmd.admin")
        try:
            connection.request(method, path, None if document is None else json.dumps(document))
            answer = connection.getresponse()
            body = answer.read()
        except http.client.HTTPException as e:
            raise ConnectionError(f"the service went away: {e}") from e
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(f"{answer.status} {body.decode()}")
        return body

    def connect(self, name):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(60)
        try:
            connection.connect(str(self.directory / "run" / name))
        except OSError:
            connection.close()
            raise
        return connection


class Machine:
    """Uses an instance of a service as QEMU does."""

    def __init__(self, service, name):
        self.control = service.connect(f"{name}.sock")
        self.data, theirs = socket.socketpair()
        with theirs:
            self.data.settimeout(60)
            socket.send_fds(self.control, [struct.pack(">I", CMD_SET_DATAFD)], [theirs.fileno()])
            (result,) = struct.unpack(">I", read_exactly(self.control, 4))
            if result:
                raise Refused(f"CMD_SET_DATAFD: result {result:#x}")

    def close(self):
        self.control.close()
        self.data.close()

    def request(self, command, *words, data=b""):
        """One control command; its result must be 0."""
        self.control.sendall(struct.pack(f">{1 + len(words)}I", command, *words) + data)
        (result,) = struct.unpack(">I", read_exactly(self.control, 4))
        if result:
            raise Refused(f"control command {command}: result {result:#x}")

    def power_on(self):
        """As QEMU and firmware do when the machine starts."""
        self.request(CMD_INIT, 0)
        self.execute(struct.pack(">HIIH", 0x8001, 12, 0x144, 0))

    def state_blob(self, kind):
        """One of the states that a migration takes along: 1 permanent, 2 volatile, 3 save state, which this TPM has none of."""
        self.control.sendall(struct.pack(">4I", CMD_GET_STATEBLOB, 0, kind, 0))
        result, flags, _, length = struct.unpack(">4I", read_exactly(self.control, 16))
        if result and kind != 3:
            raise Refused(f"state of kind {kind}: result {result:#x}")
        return flags, read_exactly(self.control, length)

    def give_state_blob(self, kind, flags, blob):
        self.request(CMD_SET_STATEBLOB, flags, kind, len(blob), data=blob)

    def response(self, command):
        """The response to a command, header and all."""
        self.data.sendall(command)
        header = read_exactly(self.data, 10)
        return header + read_exactly(self.data, int.from_bytes(header[2:6], "big") - 10)

    def execute(self, command):
        """Gives the response's parameters; a response code other than 0 is `Refused`."""
        response = self.response(command)
        tag, _, code = struct.unpack(">HII", response[:10])
        body = response[10:]
        if code:
            raise Refused(f"response code {code:#x}")
        return body[4:] if tag == 0x8002 else body

    def define(self, index, attributes):
        public = struct.pack(">IHIHH", index, 0x000B, attributes, 0, 8)
        self.execute(with_empty_password(0x12A, (OWNER,), struct.pack(">HH", 0, len(public)) + public))

    def write(self, number):
        self.execute(with_empty_password(0x137, (DATA_INDEX, DATA_INDEX), struct.pack(">HQH", 8, number, 0)))

    def increment(self):
        self.execute(with_empty_password(0x134, (COUNTER_INDEX, COUNTER_INDEX)))

    def read(self, index):
        """The UINT64 in an index."""
        parameters = self.execute(with_empty_password(0x14E, (index, index), struct.pack(">HH", 8, 0)))
        return struct.unpack(">HQ", parameters[:10])[1]
