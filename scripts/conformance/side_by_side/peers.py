"""The two TPMs: Debian's swtpm, which makes the state, and a vtpmd instance that takes it over."""
import os
import random
import socket
import struct
import subprocess
import time

from tpm_client import read_exactly

CMD_SET_LOCALITY, CMD_HASH_START, CMD_HASH_DATA, CMD_HASH_END = 5, 6, 7, 8
CMD_INIT, CMD_SHUTDOWN, CMD_GET_STATEBLOB, CMD_SET_STATEBLOB, CMD_STOP = 2, 3, 12, 13, 14
PERMANENT, SAVESTATE = 1, 3
MSSIM_POWER_ON, MSSIM_POWER_OFF, MSSIM_NV_ON = 1, 2, 11


def free_port():
    """The first of two neighbouring free ports, below those that the kernel hands out."""
    while True:
        port = random.SystemRandom().randrange(20000, 32000, 2)
        try:
            with socket.socket() as one, socket.socket() as two:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
            return port
        except OSError:
            continue


def connect(port, seconds=120):
    until = time.monotonic() + seconds
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), 60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


class Ended(Exception):
    """A TPM closed the connection instead of an answer."""


class Peer:
    """A TPM behind swtpm's data and control channels."""

    def __init__(self, name, port):
        self.name = name
        self.control = connect(port + 1)
        self.data = connect(port)

    def execute(self, command):
        try:
            self.data.sendall(command)
            header = read_exactly(self.data, 10)
            return header + read_exactly(self.data, struct.unpack(">I", header[2:6])[0] - 10)
        except OSError as problem:
            raise Ended(f"{self.name}: {problem} after {command.hex()}") from problem

    def ask(self, what, *message):
        self.control.sendall(b"".join(struct.pack(">I", m) if isinstance(m, int) else m for m in message))
        (result,) = struct.unpack(">I", read_exactly(self.control, 4))
        if result:
            raise ConnectionError(f"{self.name}: {what}: 0x{result:x}")

    def power_cycle(self):
        self.ask("CMD_INIT", CMD_INIT, 0)

    def signal(self, kind, *values):
        """What a platform does besides power: see `Step.signals`."""
        if kind == "locality":
            self.ask("CMD_SET_LOCALITY", CMD_SET_LOCALITY, bytes(values))
            return
        self.ask("CMD_HASH_START", CMD_HASH_START)
        for data in values:
            self.ask("CMD_HASH_DATA", CMD_HASH_DATA, len(data), data)
        if kind == "hash":
            self.ask("CMD_HASH_END", CMD_HASH_END)

    def state(self):
        """The permanent state and its flags, for `restore`."""
        blob = b""
        while True:
            self.ask("CMD_GET_STATEBLOB", CMD_GET_STATEBLOB, 0, PERMANENT, len(blob))
            flags, total, length = struct.unpack(">III", read_exactly(self.control, 12))
            blob += read_exactly(self.control, length)
            if len(blob) >= total:
                return flags, blob

    def restore(self, flags, blob):
        """Puts back a permanent state; the TPM then waits for TPM2_Startup."""
        self.ask("CMD_STOP", CMD_STOP)
        self.ask("CMD_SET_STATEBLOB", CMD_SET_STATEBLOB, flags, PERMANENT, len(blob), blob)
        self.ask("CMD_INIT", CMD_INIT, 0)


class VtpmdPeer(Peer):
    """vtpmd's swtpm port shuts the TPM down in order before CMD_INIT, as newer swtpm do; pulling the plug takes its MSSIM port."""

    def __init__(self, port, mssim_port):
        super().__init__("vtpmd", port)
        self.platform = connect(mssim_port + 1)

    def power_cycle(self):
        for signal in (MSSIM_POWER_OFF, MSSIM_POWER_ON, MSSIM_NV_ON):
            self.platform.sendall(struct.pack(">I", signal))
            if read_exactly(self.platform, 4) != bytes(4):
                raise ConnectionError(f"vtpmd: MSSIM signal {signal} refused")

    def state(self):
        """As QEMU does, it asks for the save state last: only then has the state been given out."""
        given = super().state()
        self.control.sendall(struct.pack(">IIII", CMD_GET_STATEBLOB, 0, SAVESTATE, 0))
        read_exactly(self.control, 16)
        return given


class Pair:
    """Both TPMs, in one state; `close` ends what was started here."""

    def __init__(self, work, vtpmd, swtpm, profile="default"):
        self.processes = []
        state = os.path.join(work, "swtpm")
        os.mkdir(state)
        self.log = open(os.path.join(work, "log"), "wb")
        try:
            maker = self.swtpm(swtpm, state)
            maker.execute(bytes.fromhex("80010000000c000001440000"))
            maker.execute(bytes.fromhex("80010000000c000001450000"))
            maker.control.sendall(struct.pack(">I", CMD_SHUTDOWN))
            self.processes.pop().wait(30)
            run = os.path.join(work, "run")
            self.start([vtpmd, "serve", "--state-dir", os.path.join(work, "state"), "--run-dir", run])
            port, mssim = free_port(), free_port()
            self.manage(vtpmd, "import-swtpm", "pair", state, "--tcp", str(port), "--mssim", str(mssim), "--run-dir", run,
                        "--profile", profile)
            # Every sequence begins with the TPM put back to the same state.
            self.manage(vtpmd, "set", "pair", "--snapshots", "allow", "--run-dir", run)
            self.restart = lambda: self.swtpm(swtpm, state)
            self.both = [self.restart(), VtpmdPeer(port, mssim)]
            for peer in self.both:
                # swtpm's volatile state may have been taken over too, and then the TPM is started already.
                peer.execute(bytes.fromhex("80010000000c000001440000"))
                peer.execute(bytes.fromhex("80010000000c000001450000"))
            self.states = [peer.state() for peer in self.both]
        except BaseException:
            self.close()
            raise

    def start(self, command):
        self.processes.append(subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log))

    def swtpm(self, executable, state):
        port = free_port()
        self.start([executable, "socket", "--tpm2", "--tpmstate", f"dir={state}", "--flags", "not-need-init",
                    "--server", f"type=tcp,port={port}", "--ctrl", f"type=tcp,port={port + 1}"])
        return Peer("swtpm", port)

    def manage(self, *command):
        until = time.monotonic() + 120
        while True:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return
            if time.monotonic() > until or self.processes[-1].poll() is not None:
                raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
            time.sleep(0.3)

    def replace_swtpm(self):
        """Starts another swtpm for one that has ended."""
        self.both[0] = self.restart()

    def reset(self):
        for peer, (flags, blob) in zip(self.both, self.states):
            peer.restore(flags, blob)

    def close(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(30)
        self.log.close()
