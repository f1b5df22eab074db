"""Two hypervisor hosts on one machine: each a vtpmd service with directories of its own, and QEMUs that use it. Or hosts without
a service that share a directory, where each QEMU has a TPM process of its own, as libvirt starts them."""

import pathlib
import signal
import socket
import subprocess
import time

from qmp import Monitor


class Host:
    """A service of vtpmd, running."""

    def __init__(self, name, directory, distribution, *arguments):
        self.name = name
        self.directory = pathlib.Path(directory) / name
        self.program = str(pathlib.Path(distribution) / "bin" / "vtpmd")
        self.arguments = arguments
        for part in ("state", "run"):
            (self.directory / part).mkdir(parents=True, exist_ok=True)
        self.start()

    def start(self):
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--state-dir", "state", "--run-dir", "run", *self.arguments],
                cwd=self.directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not (self.directory / "run" / "vtpmd.pid").exists() or not self.listening():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"host {self.name}: vtpmd serve did not start: {self.log()[-500:]}")
            time.sleep(0.05)

    def listening(self):
        return any(path.is_socket() for path in (self.directory / "run").iterdir())

    def vtpmd(self, *words):
        """Runs a command of vtpmd and returns what it prints; a failure is an exception with its line."""
        done = subprocess.run([self.program, *words, "--run-dir", str(self.directory / "run")],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def prepare(self, incoming):
        """A machine is about to use the instance."""

    def machine_died(self):
        """Nobody has switched its TPM off: the service notices by itself."""

    def moved_away(self):
        """Whether the service knows that the TPM is elsewhere."""
        return '"state" : "moved"' in self.vtpmd("show", "guest", "--json")

    def log(self):
        return (self.directory / "log").read_text()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)


class SharingHost:
    """A host that has its TPM states in a directory in common with another one."""

    def __init__(self, name, directory, distribution, *arguments):
        self.name = name
        self.directory = pathlib.Path(directory) / name
        self.states = pathlib.Path(directory) / "shared"
        self.program = str(pathlib.Path(distribution) / "bin" / "swtpm")
        self.arguments = arguments
        self.process = None
        (self.directory / "run").mkdir(parents=True, exist_ok=True)
        (self.directory / "log").touch()
        self.states.mkdir(exist_ok=True)

    def prepare(self, incoming):
        """Starts the TPM process of a machine; it ends with the machine."""
        migration = "release-lock-outgoing" + (",incoming" if incoming else "")
        path = self.directory / "run" / "guest.sock"
        path.unlink(missing_ok=True)
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "socket", "--tpm2", "--tpmstate", f"dir={self.states}", "--ctrl", f"type=unixio,path={path}",
                 "--migration", migration, *self.arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not self.listening(path):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"host {self.name}: swtpm did not start: {self.log()[-500:]}")
            time.sleep(0.05)
        self.ask_as_qemu_does(path)

    @staticmethod
    def listening(path):
        with socket.socket(socket.AF_UNIX) as control:
            return control.connect_ex(str(path)) == 0

    def ask_as_qemu_does(self, path):
        """Has the first command of QEMU answered: QEMU waits one second for it, too little for a new process on a busy machine."""
        ours, theirs = socket.socketpair()
        with ours, theirs, socket.socket(socket.AF_UNIX) as control:
            ours.settimeout(60)
            control.settimeout(60)
            control.connect(str(path))
            # CMD_SET_DATAFD, then TPM2_GetCapability of the TPM properties.
            socket.send_fds(control, [bytes.fromhex("00000010")], [theirs.fileno()])
            control.recv(4)
            ours.sendall(bytes.fromhex("8001000000160000017a000000060000010000000001"))
            if not ours.recv(4096):
                raise RuntimeError(f"host {self.name}: swtpm does not answer: {self.log()[-500:]}")

    def log(self):
        return (self.directory / "log").read_text()

    def machine_died(self):
        """Ends the TPM process, which has not been told to: libvirt does so too."""
        self.process.terminate()

    def moved_away(self):
        """Whether its TPM process has ended with its machine."""
        try:
            self.process.wait(30)
            return True
        except subprocess.TimeoutExpired:
            return False

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)


class Machine:
    """A QEMU with an instance of a host for its TPM."""

    count = 0

    def __init__(self, host, instance, directory, *arguments, incoming=None):
        Machine.count += 1
        # Not tpm-crb: with it a guest has found its command where the response should be, see docs/migration.md.
        host.prepare(incoming is not None)
        self.host = host
        self.directory = pathlib.Path(directory)
        self.monitor_path = str(self.directory / f"qmp-{Machine.count}")
        self.errors = self.directory / f"qemu-{Machine.count}.log"
        words = ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg", "-nodefaults", "-no-user-config", "-display", "none",
                 "-chardev", f"socket,id=chrtpm,path={host.directory}/run/{instance}.sock",
                 "-tpmdev", "emulator,id=tpm0,chardev=chrtpm", "-device", "tpm-tis,tpmdev=tpm0",
                 "-qmp", f"unix:{self.monitor_path},server=on,wait=off", *arguments]
        if incoming:
            words += ["-incoming", incoming]
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(words, cwd=self.directory, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        try:
            self.monitor = Monitor(self.monitor_path)
        except OSError:
            raise RuntimeError(f"QEMU did not start: {self.errors.read_text()}") from None

    def running(self):
        return self.monitor("query-status")["running"]

    def quit(self):
        """Ends QEMU in order."""
        self.monitor("quit")
        self.process.wait(30)

    def kill(self):
        self.process.kill()
        self.process.wait(30)
