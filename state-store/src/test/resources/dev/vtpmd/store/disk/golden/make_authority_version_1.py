#!/usr/bin/env python3
"""Writes the file `authority` of format version 1 as docs/state-format.md describes it, without vtpmd.

    make_authority_version_1.py FILE

Needs Python's cryptography package. The host key is 32 bytes 01 02 ... 20; the content is not that of an authority, see
VersionedFormatTest.
"""
import hashlib
import hmac
import os
import struct
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AUTHORITY = 8
HOST_KEY = bytes(range(1, 33))
CONTENT = b"key and certificates"


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def main(path):
    nonce = os.urandom(12)
    header = b"vtpmdrec" + struct.pack(">HBB", 1, AUTHORITY, 0) + bytes(16) + struct.pack(">Q", 0)
    header += hmac.new(HOST_KEY, b"vtpmd key identifier", hashlib.sha256).digest()[:8]
    header += struct.pack(">II", len(CONTENT), 68 + len(CONTENT) + 16) + nonce
    header += struct.pack(">I", crc32c(header))
    with open(path, "wb") as out:
        out.write(header + AESGCM(HOST_KEY).encrypt(nonce, CONTENT, header))


main(sys.argv[1])
