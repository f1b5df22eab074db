"""TPM2_TestParms with every algorithm, size and curve (Part 3, clause 30.3)."""
import templates
from templates import CAMELLIA, CMAC, ECDAA, ECMQV, ECSCHNORR, EMPTY, MODES, SM2, TDES
from wire import (AES, ECC, ECDH, ECDSA, HMAC, KDF1_SP800_108, KDF1_SP800_56A, KEYEDHASH, NULL, OAEP, RSA, RSAES, RSAPSS, RSASSA, SHA1, SHA256, SHA384,
                  SHA512, SYMCIPHER, XOR, u16, u32)

HASHES = (SHA1, SHA256, SHA384, SHA512, 0x12, 0x27, 0x28, 0x29, NULL, 0, AES)
SCHEMES = (NULL, RSASSA, RSAES, RSAPSS, OAEP, ECDSA, ECDH, HMAC, XOR, 0, 0xFFFF)
SCHEMES_OF_FULL = (ECDAA, SM2, ECSCHNORR, ECMQV)
CIPHERS = ((AES, 128), (AES, 192), (AES, 256), (AES, 0), (AES, 129), (0x13, 128), (XOR, SHA256), (NULL, 0))
CIPHERS_OF_FULL = ((TDES, 128), (TDES, 192), (TDES, 64), (CAMELLIA, 128), (CAMELLIA, 192), (CAMELLIA, 256))


def hashed(g):
    return u16(g.pick(HASHES) if g.chance(0.3) else templates.algorithm(g))


def scheme(g):
    name = g.pick(SCHEMES + SCHEMES_OF_FULL if g.full else SCHEMES)
    if name in (NULL, RSAES):
        return u16(name)
    return u16(name) + hashed(g) + (u16(g.pick((0, 1))) if name == ECDAA else b"") + (u16(KDF1_SP800_108) if name == XOR else b"")


def cipher(g):
    name, size = g.pick(CIPHERS + CIPHERS_OF_FULL if g.full else CIPHERS)
    return u16(name) if name == NULL else u16(name) + u16(size) + u16(g.pick(MODES + (CMAC, NULL, 0)))


def sparse(g, part):
    """Nothing, more often than not."""
    return EMPTY if g.chance(0.6) else part(g)


def kdf(g):
    name = g.pick((7, KDF1_SP800_56A, 0x21, KDF1_SP800_108, HMAC, 0))
    return u16(name) + hashed(g)


def test_parms(g):
    kind = g.pick((RSA, ECC, KEYEDHASH, SYMCIPHER)) if g.chance(0.97) else g.pick((NULL, 0, AES, 0xFFFF))
    if kind == RSA:
        bits = g.pick((1024, 2048, 3072, 2048)) if g.chance(0.8) else g.pick((0, 512, 1536, 4096, 8192, 16384, 2049))
        body = sparse(g, cipher) + sparse(g, scheme) + u16(bits) + u32(g.pick((0, 0, 65537, 3, 65536)))
    elif kind == ECC:
        curve = templates.curve(g) if g.chance(0.8) else g.pick(templates.CURVES)
        body = sparse(g, cipher) + sparse(g, scheme) + u16(curve) + (EMPTY if g.chance(0.9) else kdf(g))
    elif kind == SYMCIPHER:
        body = cipher(g)
    else:
        body = u16(HMAC) + hashed(g) if g.chance(0.4) else u16(XOR) + hashed(g) + u16(g.pick((KDF1_SP800_108, NULL, 7, 0x20, 0x21, 0))) \
            if g.chance(0.6) else scheme(g)
    return g.step("TestParms", (), 0, (u16(kind) + body,))


OPERATIONS = [(6, test_parms)]
