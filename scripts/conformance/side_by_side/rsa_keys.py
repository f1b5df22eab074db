"""RSA keys that the caller makes: `primes.txt` has their primes, so that they are the same in every run."""
import functools
import os
from dataclasses import dataclass

EXPONENT = 65537


@dataclass(frozen=True)
class RsaKey:
    bits: int
    p: int
    q: int

    @property
    def modulus(self):
        return (self.p * self.q).to_bytes(self.bits // 8, "big")

    @property
    def prime(self):
        return self.p.to_bytes(self.bits // 16, "big")


@functools.lru_cache(maxsize=None)
def keys():
    """The keys by their size in bits."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "primes.txt")
    with open(path, encoding="utf-8") as lines:
        words = "".join(line for line in lines if not line.startswith("#")).split()
    found = {}
    while words:
        bits = int(words.pop(0))
        digits = bits // 8
        text = ""
        while len(text) < 2 * digits:
            text += words.pop(0)
        found.setdefault(bits, []).append(RsaKey(bits, int(text[:digits], 16), int(text[digits:], 16)))
    return found


def encrypt(modulus, padded):
    return pow(int.from_bytes(padded, "big"), EXPONENT, int.from_bytes(modulus, "big")).to_bytes(len(modulus), "big")
