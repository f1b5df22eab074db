"""A QEMU that is told what to do through its monitor. As a program: qmp.py SOCKET COMMAND [JSON-ARGUMENTS]"""

import json
import socket
import sys
import time


class Refused(Exception):
    """QEMU did not do it; the text is its own."""


class Monitor:
    """One connection to a QMP socket. Only one is served at a time."""

    def __init__(self, path, patience=120):
        deadline = time.monotonic() + patience
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(path)
                break
            except OSError:
                self.socket.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.socket.settimeout(120)
        self.lines = self.socket.makefile("rw")
        self.lines.readline()
        self("qmp_capabilities")

    def __call__(self, command, **arguments):
        """Runs a command and returns what it returns."""
        self.lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.lines.flush()
        while line := self.lines.readline():
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise Refused(answer["error"]["desc"])
        raise Refused("QEMU has closed the monitor")

    def human(self, line):
        """Runs a command of the human monitor, which reports failures as text."""
        text = self("human-monitor-command", **{"command-line": line})
        if text.strip():
            raise Refused(text.strip())

    def migrate(self, uri, patience=300):
        """Migrates the machine, and waits until that has ended; the status is QEMU's."""
        self("migrate", uri=uri)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            report = self("query-migrate")
            # Without "ram" it is the report of the migration by which the machine has come.
            ended = report.get("status") in ("completed", "failed", "cancelled")
            if ended and (report["status"] == "failed" or "ram" in report):
                return report
            time.sleep(0.05)
        raise Refused(f"the migration has not ended after {patience} s: {report}")

    def close(self):
        self.lines.close()
        self.socket.close()


def main():
    monitor = Monitor(sys.argv[1])
    command = sys.argv[2]
    arguments = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    try:
        if command == "migrate":
            report = monitor.migrate(**arguments)
            print(report["status"], report.get("error-desc", ""))
            sys.exit(0 if report["status"] == "completed" else 1)
        if command == "human":
            monitor.human(arguments["line"])
        else:
            answer = monitor(command, **arguments)
            if answer:
                print(json.dumps(answer))
    except Refused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
