#!/usr/bin/env python3
"""Measures what a TPM's changes of state cost on stable storage, for scripts/measure-commits.

    commands WINDOWS                sends each command many times, one at a time, and notes when each was sent
    table WINDOWS TRACE STATE_DIR SIZE
                                    prints what the service did to its state directory for each command
    traced                          prints the system calls that `table` wants to see
    rates SIZE DIR SECONDS PORT...  commits per second of one and of all TPMs, and the disk's own rate for writes of SIZE
                                    bytes, each measured three times for SECONDS

`commands` talks to the TPM that TPM2TOOLS_TCTI names, `rates` to those at the ports. TRACE is strace's, of all threads of
the service from its start, with -y and -ttt. `table` writes the size of an NV_Write's commit in bytes to SIZE.
"""
import json
import os
import re
import selectors
import statistics
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
from tpm_client import Tpm, power_cycle, read_exactly, with_empty_password  # noqa: E402

OWNER = 0x40000001
# One of those that TPM2_Shutdown(STATE) saves.
PCR = 10
DATA_INDEX, COUNTER_INDEX, PERSISTENT = 0x01500100, 0x01500101, 0x81000100
DATA_SIZE = 64
# TPMA_NV: OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, NO_DA; a counter has TPM_NT_COUNTER in bits 4 to 7 too.
ORDINARY, COUNTER = 0x02060006, 0x02060016
CLEAR, STATE = 0, 1
GET_RANDOM = bytes.fromhex("80010000000c0000017b0010")
# TPM2_CreatePrimary, an ECC storage key: no sensitive data, a public area of 26 bytes, no outside information, no PCRs.
STORAGE_KEY = bytes.fromhex(
    "0004 0000 0000 001a 0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000 0000 00000000")

WRITES = {"write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice"}
SYNCS = {"fsync", "fdatasync", "sync_file_range", "syncfs", "sync"}
RENAMES = {"rename", "renameat", "renameat2"}
OPENS = {"open", "openat", "openat2", "creat"}
OTHERS = {"truncate", "ftruncate", "fallocate", "unlink", "unlinkat", "mkdir", "mkdirat", "link", "linkat", "symlink"}
UNSEEN = {"io_uring_setup", "io_submit"}
TRACED = WRITES | SYNCS | RENAMES | OPENS | OTHERS | UNSEEN | {"mmap"}


def define(index, attributes, size):
    public = struct.pack(">IHIHH", index, 0x000B, attributes, 0, size)
    return with_empty_password(0x12A, (OWNER,), struct.pack(">HH", 0, len(public)) + public)


def nv_write(turn):
    data = turn.to_bytes(8, "big") * (DATA_SIZE // 8)
    return with_empty_password(0x137, (DATA_INDEX, DATA_INDEX), struct.pack(">H", len(data)) + data + bytes(2))


def nv_increment():
    return with_empty_password(0x134, (COUNTER_INDEX, COUNTER_INDEX))


def evict_control(handle):
    return with_empty_password(0x120, (OWNER, handle), struct.pack(">I", PERSISTENT))


def pcr_extend(turn):
    return with_empty_password(0x182, (PCR,), struct.pack(">IH", 1, 0x000B) + turn.to_bytes(32, "big"))


def startup(kind):
    return struct.pack(">HIIH", 0x8001, 12, 0x144, kind)


def shutdown(kind):
    return struct.pack(">HIIH", 0x8001, 12, 0x145, kind)


def succeed(tpm, command):
    response = tpm.execute(command)
    if response[6:10] != bytes(4):
        raise SystemExit(f"command 0x{command[6:10].hex()}: response code 0x{response[6:10].hex()}")
    return response


class Windows:
    """From when to when each command had the service for itself, in seconds since 1970."""

    def __init__(self, tpm):
        self.tpm = tpm
        self.list = []

    def send(self, name, command):
        return self.note(name, lambda: succeed(self.tpm, command))

    def note(self, name, action):
        begin = time.time()
        result = action()
        # What the service does after its answer counts too.
        time.sleep(0.01)
        self.list.append((name, begin, time.time()))
        return result


def commands(path, rounds=128):
    tpm = Tpm()
    windows = Windows(tpm)
    succeed(tpm, define(DATA_INDEX, ORDINARY, DATA_SIZE))
    succeed(tpm, define(COUNTER_INDEX, COUNTER, 8))
    # The first write of an index differs: it sets TPMA_NV_WRITTEN.
    succeed(tpm, nv_write(0))
    succeed(tpm, nv_increment())
    for turn in range(1, rounds + 1):
        windows.send("NV_Write, 64 bytes", nv_write(turn))
    for _ in range(rounds):
        windows.send("NV_Increment", nv_increment())
    key = succeed(tpm, with_empty_password(0x131, (OWNER,), STORAGE_KEY))
    (handle,) = struct.unpack(">I", key[10:14])
    for _ in range(rounds // 4):
        windows.send("EvictControl, to persistent", evict_control(handle))
        windows.send("EvictControl, from persistent", evict_control(PERSISTENT))
    succeed(tpm, struct.pack(">HIII", 0x8001, 14, 0x165, handle))
    for turn in range(rounds):
        windows.send("PCR_Extend", pcr_extend(turn))
        windows.send("GetRandom", GET_RANDOM)

    def settle():
        # So that neither of the two slots holds a longer record, whose rest would be overwritten too.
        for _ in range(2):
            windows.send("NV_Increment", nv_increment())

    for turn in range(rounds // 4):
        settle()
        windows.send("Shutdown(CLEAR)", shutdown(CLEAR))
        windows.note("reset after Shutdown(CLEAR)", power_cycle)
        windows.send("Startup(CLEAR)", startup(CLEAR))
        windows.send("PCR_Extend", pcr_extend(turn))
        settle()
        windows.send("Shutdown(STATE)", shutdown(STATE))
        windows.note("reset after Shutdown(STATE)", power_cycle)
        windows.send("Startup(STATE)", startup(STATE))
        windows.send("PCR_Extend", pcr_extend(turn))
        settle()
        windows.note("reset without Shutdown", power_cycle)
        windows.send("Startup(CLEAR), no Shutdown", startup(CLEAR))
        settle()
        windows.send("Shutdown(STATE)", shutdown(STATE))
        windows.send("PCR_Extend after Shutdown(STATE)", pcr_extend(turn))
    windows.note("nothing, for 5 seconds", lambda: time.sleep(5))
    with open(path, "w", encoding="ascii") as out:
        json.dump(windows.list, out)


def calls(trace):
    """Each successful system call of the trace: when it began, its name, its text and its result."""
    begun = {}
    for line in trace:
        match = re.match(r"(\d+) +(\d+\.\d+) (.*)", line)
        if not match:
            continue
        thread, when, text = match[1], float(match[2]), match[3]
        if text.endswith("<unfinished ...>"):
            begun[thread] = (when, text.removesuffix("<unfinished ...>"))
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
        if resumed:
            if thread not in begun:
                continue
            when, beginning = begun.pop(thread)
            text = beginning + resumed[1]
        call = re.match(r"(\w+)\((.*)\) += (\d+)", text)
        if call:
            yield when, call[1], call[2], int(call[3])


def changes(trace, state):
    """What was done below the state directory: when, which of the table's columns, how many bytes, to which kind of file."""
    synchronous = set()
    for when, name, text, result in calls(trace):
        if name in UNSEEN:
            raise SystemExit(f"the service uses {name}: its writes cannot be counted by this")
        if name == "sync":
            yield when, "syncs", 0, "all"
        if state not in text:
            continue
        path = re.search(re.escape(state) + r'[^">]*', text)[0]
        kind = os.path.basename(path).partition(".")[0]
        if name == "mmap" and "MAP_SHARED" in text and "PROT_WRITE" in text:
            raise SystemExit(f"the service maps {path}: its writes cannot be counted by this")
        if name in OPENS:
            (synchronous.add if "SYNC" in text else synchronous.discard)(path)
        elif name in WRITES:
            yield when, "writes", result, kind
            if path in synchronous:
                yield when, "syncs", 0, kind
        elif name in SYNCS:
            yield when, "syncs", 0, kind
        elif name in RENAMES:
            yield when, "renames", 0, kind
        elif name in OTHERS:
            yield when, "others", 0, kind


def table(windows_file, trace_file, state):
    with open(windows_file, encoding="ascii") as windows, open(trace_file, encoding="utf-8", errors="replace") as trace:
        windows = json.load(windows)
        done = sorted(changes(trace, os.path.realpath(state)))
    if not done:
        raise SystemExit("no change of the state directory was traced")
    rows, files, position = {}, {}, 0
    for name, begin, end in windows:
        counts = {"writes": 0, "bytes": 0, "syncs": 0, "renames": 0, "others": 0}
        while position < len(done) and done[position][0] < begin:
            position += 1
        while position < len(done) and done[position][0] < end:
            _, column, size, kind = done[position]
            counts[column] += 1
            counts["bytes"] += size
            files.setdefault(name, set()).add(kind)
            position += 1
        rows.setdefault(name, []).append(counts)
    print(f"{'':40}{'median':>8}{'':32}{'most':>8}{'':7}{'mean':>7}")
    print(f"{'Command':34}{'times':>6}{'bytes':>8}{'writes':>8}{'syncs':>7}{'renames':>9}{'others':>8}"
          f"{'bytes':>8}{'syncs':>7}{'syncs':>7}  files")
    for name, counts in rows.items():
        usual = {column: int(statistics.median_high(count[column] for count in counts)) for column in counts[0]}
        syncs = [count["syncs"] for count in counts]
        print(f"{name:34}{len(counts):6}{usual['bytes']:8}{usual['writes']:8}{usual['syncs']:7}{usual['renames']:9}"
              f"{usual['others']:8}{max(count['bytes'] for count in counts):8}{max(syncs):7}{statistics.fmean(syncs):7.2f}"
              f"  {' '.join(sorted(files.get(name, ())))}".rstrip())
    unwanted = [name for name in ("GetRandom", "PCR_Extend") if any(any(count.values()) for count in rows[name])]
    if unwanted:
        raise SystemExit(f"these must not touch the state directory: {', '.join(unwanted)}")
    # The size of the usual commit, without what is written once in a while.
    return int(statistics.median(count["bytes"] for count in rows["NV_Write, 64 bytes"]))


def connect(port):
    os.environ["TPM2TOOLS_TCTI"] = f"swtpm:port={port}"
    return Tpm()


def command_rate(tpms, seconds, command):
    """Commands per second, with one on its way to each of the TPMs all the time; `command` makes the n-th."""
    turn = time.time_ns()
    answered = 0
    with selectors.DefaultSelector() as selector:
        for tpm in tpms:
            selector.register(tpm.connection, selectors.EVENT_READ)
            tpm.connection.sendall(command(turn))
        begin = time.monotonic()
        deadline = begin + seconds
        waiting = len(tpms)
        while waiting:
            for key, _ in selector.select():
                response = read_exactly(key.fileobj, 10)
                read_exactly(key.fileobj, struct.unpack(">I", response[2:6])[0] - 10)
                if response[6:10] != bytes(4):
                    raise SystemExit(f"response code 0x{response[6:10].hex()}")
                if time.monotonic() < deadline:
                    answered += 1
                    turn += 1
                    key.fileobj.sendall(command(turn))
                else:
                    waiting -= 1
                    selector.unregister(key.fileobj)
    return answered / seconds


def disk_rate(directory, size, writers, seconds):
    """Writes of the size per second, each followed by fdatasync, over files that keep their size."""
    files = []
    for writer in range(writers):
        pair = []
        for slot in range(2):
            path = os.path.join(directory, f"rate{writer}.{slot}")
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if os.fstat(descriptor).st_size < size:
                os.pwrite(descriptor, os.urandom(size), 0)
                os.fsync(descriptor)
            pair.append(descriptor)
        files.append(pair)
    counts = [0] * writers
    content = os.urandom(size)
    start = threading.Barrier(writers)

    def write(writer):
        start.wait()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            descriptor = files[writer][counts[writer] % 2]
            os.pwrite(descriptor, content, 0)
            os.fdatasync(descriptor)
            counts[writer] += 1

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for pair in files:
        for descriptor in pair:
            os.close(descriptor)
    return sum(counts) / seconds


def rates(size, directory, seconds, ports, turns=3):
    tpms = [connect(port) for port in ports]
    for tpm in tpms:
        succeed(tpm, define(DATA_INDEX, ORDINARY, DATA_SIZE))
    # So that a just-in-time compiler has done its work.
    command_rate(tpms, 2 * seconds, nv_write)
    print(f"{'TPMs or files at a time':34}{'NV_Write':>12}{'disk':>12}{'ratio':>9}{'GetRandom':>12}")
    for count in sorted({1, len(tpms)}):
        ours, disks, idle = [], [], []
        # In turns, since the speed of a disk may change while it is measured.
        for _ in range(turns):
            disks.append(disk_rate(directory, size, count, seconds))
            ours.append(command_rate(tpms[:count], seconds, nv_write))
            idle.append(command_rate(tpms[:count], seconds, lambda _: GET_RANDOM))
        vtpmd, disk = statistics.median(ours), statistics.median(disks)
        print(f"{count:<34}{vtpmd:10.0f}/s{disk:10.0f}/s{vtpmd / disk:9.2f}"
              f"{statistics.median(idle):10.0f}/s"
              f"   (NV_Write {min(ours):.0f} to {max(ours):.0f}, disk {min(disks):.0f} to {max(disks):.0f})", flush=True)


def main(arguments):
    action, rest = arguments[0], arguments[1:]
    if action == "commands":
        commands(rest[0])
    elif action == "table":
        size = table(*rest[:3])
        with open(rest[3], "w", encoding="ascii") as out:
            out.write(str(size))
    elif action == "traced":
        print(",".join(sorted(TRACED)))
    elif action == "rates":
        rates(int(rest[0]), rest[1], float(rest[2]), rest[3:])
    else:
        print(f"unknown action {action}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
