"""Points of elliptic curves, for keys that the caller makes: `curves.txt` has the parameters of FIPS 186, SM2 and ISO/IEC 15946-5."""
import functools
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Curve:
    """y^2 = x^3 + ax + b over the integers modulo p, with a generator of the given order."""
    identifier: int
    a: int
    p: int
    b: int
    generator: tuple
    order: int

    @property
    def size(self):
        """Of a coordinate, in bytes."""
        return (self.p.bit_length() + 7) // 8

    def bytes_of(self, number):
        return number.to_bytes(self.size, "big")

    def has(self, point):
        x, y = point
        return (y * y - x * x * x - self.a * x - self.b) % self.p == 0

    def add(self, one, two):
        if one is None or two is None:
            return one or two
        (x1, y1), (x2, y2) = one, two
        if x1 == x2:
            if (y1 + y2) % self.p == 0:
                return None
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, self.p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def multiply(self, factor, point):
        result = None
        for bit in bin(factor)[2:]:
            result = self.add(result, result)
            if bit == "1":
                result = self.add(result, point)
        return result

    def lift(self, x):
        """A y for this x, or None; only where p is 3 modulo 4, which P-224 is not."""
        square = (x * x * x + self.a * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        return y if y * y % self.p == square else None


@functools.lru_cache(maxsize=None)
def curves():
    """All curves by their TPM_ECC_CURVE."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "curves.txt")
    with open(path, encoding="utf-8") as lines:
        words = "".join(line for line in lines if not line.startswith("#")).split()
    found = {}
    for at in range(0, len(words), 7):
        identifier, a = int(words[at]), int(words[at + 1])
        p, b, x, y, order = (int(word, 16) for word in words[at + 2:at + 7])
        found[identifier] = Curve(identifier, a, p, b, (x, y), order)
    return found


@functools.lru_cache(maxsize=None)
def key(identifier, which):
    """One of a few key pairs (d, (x, y)) of a curve; the same in every run."""
    curve = curves()[identifier]
    d = int.from_bytes(bytes([which + 1]) * curve.size, "big") % (curve.order - 1) + 1
    return d, curve.multiply(d, curve.generator)
