#!/usr/bin/env python3
"""Writes the registers of versions 1 and 2 for the instances of make_version_1.py, as docs/state-format.md describes them, without vtpmd.

    make_registers.py DIRECTORY

Needs Python's cryptography package. The host key is 32 bytes 01 02 ... 20. Either register says of the second instance that it has
reached a generation which it does not have.
"""
import hashlib
import hmac
import os
import struct
import sys
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

REGISTER, CHANGES = 7, 9
NAMES = {REGISTER: "register", CHANGES: "changes"}
HOST_KEY = bytes(range(1, 33))
STOPPED = uuid.UUID("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01")
SUSPENDED = uuid.UUID("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f02")
GONE = uuid.UUID("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f03")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def record(kind, generation, content):
    nonce = os.urandom(12)
    header = b"vtpmdrec" + struct.pack(">HBB", 1, kind, 0) + bytes(16) + struct.pack(">Q", generation)
    header += hmac.new(HOST_KEY, b"vtpmd key identifier", hashlib.sha256).digest()[:8]
    header += struct.pack(">II", len(content), 4096) + nonce
    header += struct.pack(">I", crc32c(header))
    sealed = header + AESGCM(HOST_KEY).encrypt(nonce, content, header)
    return sealed + bytes(4096 - len(sealed))


def slots(folder, kind, number, contents):
    os.makedirs(folder, exist_ok=True)
    for content in contents:
        with open(os.path.join(folder, "%s.%d" % (NAMES[kind], number % 2)), "wb") as out:
            out.write(record(kind, number, content))
        number += 1


def entry(instance, permanent, volatile):
    return instance.bytes + struct.pack(">QQ", permanent, volatile)


def main(directory):
    both = entry(STOPPED, 2, 2) + entry(SUSPENDED, 0x100000008, 4)
    slots(os.path.join(directory, "register-version-1"), REGISTER, 5,
          [struct.pack(">HI", 1, 1) + entry(STOPPED, 2, 2), struct.pack(">HI", 1, 2) + both])

    folder = os.path.join(directory, "register-version-2")
    whole = struct.pack(">HQI", 2, 7, 2) + entry(SUSPENDED, 0x100000006, 4) + entry(GONE, 2, 2)
    slots(folder, REGISTER, 12, [whole, whole])
    changes = [b"\1" + entry(STOPPED, 2, 2), b"\1" + entry(SUSPENDED, 0x100000008, 4), b"\0" + entry(GONE, 0, 0)]
    slots(folder, CHANGES, 21, [struct.pack(">HQI", 1, 7, count) + b"".join(changes[:count]) for count in (2, 3)])


main(sys.argv[1])
