#!/usr/bin/env python3
"""Talks to a TPM without a TSS: raw commands, power, control channel. For what the tools cannot do or hide.

The TPM is the one that TPM2TOOLS_TCTI names (mssim:host=,port= or swtpm:host=,port=).
"""
import os
import socket
import struct
import sys
import threading
import time

MSSIM_POWER_ON, MSSIM_POWER_OFF, MSSIM_SEND_COMMAND, MSSIM_NV_ON, MSSIM_SESSION_END = 1, 2, 8, 11, 20
SWTPM_INIT = 2
TPM_CC_NV_INCREMENT = 0x134


def endpoint():
    kind, _, options = os.environ["TPM2TOOLS_TCTI"].partition(":")
    fields = dict(option.split("=", 1) for option in options.split(",") if option)
    return kind, fields.get("host", "127.0.0.1"), int(fields.get("port", "2321"))


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise ConnectionError("the TPM closed the connection")
        data += piece
    return data


class Tpm:
    """One connection for commands, kept open."""

    def __init__(self, timeout=60):
        self.kind, host, port = endpoint()
        self.connection = socket.create_connection((host, port), timeout)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def execute(self, command):
        if self.kind == "mssim":
            frame = struct.pack(">IBI", MSSIM_SEND_COMMAND, 0, len(command)) + command
            self.connection.sendall(frame)
            (size,) = struct.unpack(">I", read_exactly(self.connection, 4))
            response = read_exactly(self.connection, size)
            read_exactly(self.connection, 4)
            return response
        self.connection.sendall(command)
        header = read_exactly(self.connection, 10)
        (size,) = struct.unpack(">I", header[2:6])
        return header + read_exactly(self.connection, size - 10)


def control(message, reply_size=4):
    _, host, port = endpoint()
    with socket.create_connection((host, port + 1), 60) as connection:
        connection.sendall(message)
        return read_exactly(connection, reply_size)


def power_cycle():
    """What a machine's reset line does: the TPM loses what is not permanent, and waits for TPM2_Startup."""
    kind, host, port = endpoint()
    if kind == "mssim":
        with socket.create_connection((host, port + 1), 60) as platform:
            for signal in (MSSIM_POWER_OFF, MSSIM_POWER_ON, MSSIM_NV_ON):
                platform.sendall(struct.pack(">I", signal))
                if read_exactly(platform, 4) != bytes(4):
                    raise ConnectionError(f"signal {signal} refused")
            platform.sendall(struct.pack(">I", MSSIM_SESSION_END))
    else:
        result = control(struct.pack(">II", SWTPM_INIT, 0))
        if result != bytes(4):
            raise ConnectionError(f"CMD_INIT: {result.hex()}")


def with_empty_password(code, handles, parameters=b""):
    """A command with one authorisation: an empty password."""
    authorisation = struct.pack(">IHBH", 0x40000009, 0, 1, 0)
    body = b"".join(struct.pack(">I", handle) for handle in handles)
    body += struct.pack(">I", len(authorisation)) + authorisation + parameters
    return struct.pack(">HII", 0x8002, 10 + len(body), code) + body


def increment_until_gone(index):
    """Increments a counter index until the TPM disappears; prints after each response how many were answered with success."""
    command = with_empty_password(TPM_CC_NV_INCREMENT, (index, index))
    acknowledged = 0
    try:
        tpm = Tpm()
        while True:
            response = tpm.execute(command)
            if response[6:10] != bytes(4):
                print(f"response code {response[6:10].hex()}", file=sys.stderr)
                return 1
            acknowledged += 1
            print(acknowledged, flush=True)
    except OSError:
        return 0


def connections(count, rounds):
    """Many clients at a time, each asking for random bytes; every response must be whole and of its own."""
    request = bytes.fromhex("80010000000c0000017b0010")
    failures = []

    def one():
        try:
            tpm = Tpm()
            for _ in range(rounds):
                response = tpm.execute(request)
                if len(response) != 28 or response[6:10] != bytes(4):
                    failures.append(response.hex())
        except OSError as error:
            failures.append(str(error))

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n".join(failures[:5]))
    return 1 if failures else 0


def command_codes(first, last):
    """Prints each command code that the TPM knows, found by sending nothing but its header."""
    tpm = Tpm()
    for code in range(first, last + 1):
        response = tpm.execute(struct.pack(">HII", 0x8001, 10, code))
        if response[6:10] != struct.pack(">I", 0x143):
            print(f"0x{code:x}")


def slowest(command, seconds):
    """Sends one command over and over for a while; prints the longest round trip in milliseconds."""
    tpm = Tpm()
    worst, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        start = time.monotonic()
        tpm.execute(command)
        worst = max(worst, time.monotonic() - start)
        time.sleep(0.005)
    print(int(worst * 1000))


def main(arguments):
    action, rest = arguments[0], arguments[1:]
    if action == "send":
        print(Tpm().execute(bytes.fromhex(rest[0])).hex())
    elif action == "power-cycle":
        power_cycle()
    elif action == "control":
        print(control(bytes.fromhex(rest[0]), int(rest[1]) if len(rest) > 1 else 4).hex())
    elif action == "increment":
        return increment_until_gone(int(rest[0], 16))
    elif action == "connections":
        return connections(int(rest[0]), int(rest[1]))
    elif action == "command-codes":
        command_codes(int(rest[0], 16), int(rest[1], 16))
    elif action == "slowest":
        slowest(bytes.fromhex(rest[0]), float(rest[1]))
    else:
        print(f"unknown action {action}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
