#!/usr/bin/env python3
"""Writes the content of the file `authority`, version 1, as docs/state-format.md describes it, without vtpmd.

    make_authority_record.py FILE

Needs Python's cryptography package. The private key is the number 0x2a, see AuthorityRecordTest.
"""
import datetime
import struct
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LOCATION = "http://ca.example.com/ca.cer"


def sized(content):
    return struct.pack(">H", len(content)) + content


def certificate(key, subject, issuer):
    name = lambda text: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
    return x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer)).public_key(
        key.public_key()).serial_number(7).not_valid_before(datetime.datetime(2026, 1, 1)).not_valid_after(
        datetime.datetime(2046, 1, 1)).add_extension(x509.BasicConstraints(True, None), True).sign(
        key, hashes.SHA384()).public_bytes(serialization.Encoding.DER)


def main(path):
    key = ec.derive_private_key(42, ec.SECP384R1())
    pkcs8 = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    content = struct.pack(">H", 1) + sized(pkcs8) + sized(LOCATION.encode())
    content += struct.pack(">H", 2) + sized(certificate(key, "host1", "root")) + sized(certificate(key, "root", "root"))
    content += struct.pack(">H", 1) + sized(certificate(key, "vtpmd CA 1", "vtpmd CA 1"))
    with open(path, "wb") as out:
        out.write(content)


main(sys.argv[1])
