#!/usr/bin/env python3
"""Writes a state directory of format version 1 as docs/state-format.md describes it, without vtpmd.

    make_version_1.py DIRECTORY

Needs Python's cryptography package. The host key is 32 bytes 01 02 ... 20; see VersionedFormatTest for the contents.
"""
import hashlib
import hmac
import os
import struct
import sys
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY, METADATA, PERMANENT, VOLATILE, STORE = 1, 2, 3, 4, 5
NAMES = {KEY: "key", METADATA: "metadata", PERMANENT: "permanent", VOLATILE: "volatile", STORE: "store"}
HOST_KEY = bytes(range(1, 33))
NOBODY = uuid.UUID(int=0)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def record(kind, instance, generation, key, content, capacity, deleted=False):
    key_id = hmac.new(key, b"vtpmd key identifier", hashlib.sha256).digest()[:8]
    nonce = os.urandom(12)
    header = b"vtpmdrec" + struct.pack(">HBB", 1, kind, 1 if deleted else 0) + instance.bytes
    header += struct.pack(">Q", generation) + key_id + struct.pack(">II", len(content), capacity) + nonce
    header += struct.pack(">I", crc32c(header))
    assert len(header) == 68
    sealed = header + AESGCM(key).encrypt(nonce, content, header)
    return sealed + bytes(capacity - len(sealed))


def slots(folder, kind, instance, key, capacity, generations):
    """generations: the content of the last two, None for a deletion, after the number of the first of them."""
    number, contents = generations
    for content in contents:
        data = record(kind, instance, number, key, content or b"", capacity, content is None)
        with open(os.path.join(folder, "%s.%d" % (NAMES[kind], number % 2)), "wb") as out:
            out.write(data)
        number += 1


def text(value):
    encoded = value.encode()
    return struct.pack(">H", len(encoded)) + encoded


def metadata(created, name, settings):
    result = struct.pack(">HQ", 1, created) + text(name) + struct.pack(">H", len(settings))
    for key in sorted(settings):
        result += text(key) + text(settings[key])
    return result


def instance(directory, identifier, name, settings, permanent, volatile, data_key):
    folder = os.path.join(directory, "instances", str(identifier))
    os.makedirs(folder)
    described = metadata(1767225600000, name, settings)
    slots(folder, KEY, identifier, HOST_KEY, 4096, (1, [data_key, data_key]))
    slots(folder, METADATA, identifier, data_key, 4096, (1, [described, described]))
    slots(folder, PERMANENT, identifier, data_key, 16384, permanent)
    slots(folder, VOLATILE, identifier, data_key, 4096, volatile)


def main(directory):
    os.makedirs(directory)
    slots(directory, STORE, NOBODY, HOST_KEY, 4096, (1, [b"", b""]))
    instance(directory, uuid.UUID("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01"), "stopped", {},
             (1, [b"manufactured", b"manufactured"]), (1, [None, None]), hashlib.sha256(b"data key 1").digest())
    instance(directory, uuid.UUID("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f02"), "suspended",
             {"mssim": "2321", "note": "gr\u00fcn"}, (0x100000006, [b"permanent 6", b"permanent 7"]),
             (3, [b"volatile 3", b"volatile 4"]), hashlib.sha256(b"data key 2").digest())


main(sys.argv[1])
