"""Reads TPM2B_PUBLIC as a TPM answers it (Part 2, 12.2)."""
from dataclasses import dataclass

from wire import ECC, KEYEDHASH, NULL, RSA, RSAES, SYMCIPHER, XOR

ECDAA = 0x1A


@dataclass(frozen=True)
class PublicArea:
    """`head` is all but the unique field."""
    type: int
    name_algorithm: int
    symmetric: tuple
    scheme: tuple
    curve: int
    unique: tuple
    head: bytes


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, size=2):
        value = int.from_bytes(self.data[self.at:self.at + size], "big")
        self.at += size
        return value

    def sized(self):
        size = self.number()
        value = self.data[self.at:self.at + size]
        self.at += size
        return value

    def symmetric(self, with_mode=True):
        algorithm = self.number()
        if algorithm == NULL:
            return (algorithm,)
        return (algorithm, self.number()) + ((self.number(),) if with_mode else ())

    def scheme(self):
        algorithm = self.number()
        if algorithm in (NULL, RSAES):
            return (algorithm,)
        return (algorithm, self.number()) + ((self.number(),) if algorithm in (ECDAA, XOR) else ())


def read(sized):
    """The PublicArea in a TPM2B_PUBLIC, or None where there is none."""
    if len(sized) < 12:
        return None
    reader = Reader(sized[2:])
    kind, name_algorithm = reader.number(), reader.number()
    reader.number(4)
    reader.sized()
    symmetric = scheme = (NULL,)
    curve = 0
    if kind in (RSA, ECC):
        symmetric, scheme = reader.symmetric(), reader.scheme()
        if kind == RSA:
            reader.number(), reader.number(4)
        else:
            curve = reader.number()
            reader.scheme()
    elif kind == SYMCIPHER:
        symmetric = reader.symmetric()
    elif kind == KEYEDHASH:
        scheme = reader.scheme()
    else:
        return None
    head = sized[2:2 + reader.at]
    unique = (reader.sized(), reader.sized()) if kind == ECC else (reader.sized(),)
    return PublicArea(kind, name_algorithm, symmetric, scheme, curve, unique, head)
