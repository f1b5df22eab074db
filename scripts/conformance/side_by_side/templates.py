"""Public areas of every kind of object, with the schemes and sizes that there are (Part 2, clause 12.2)."""
import hashlib
from dataclasses import dataclass, field

from wire import (AES, CBC, CFB, CODES, CTR, DIGEST_SIZE, ECB, ECC, ECDH, ECDSA, HASHES, HMAC, KDF1_SP800_108, KDF1_SP800_56A, KEYEDHASH, NULL,
                  OAEP, OFB, RSA, RSAES, RSAPSS, RSASSA, SHA1, SHA256, SHA384, SHA512, SYMCIPHER, XOR, b2, u16, u32)

FIXED_TPM, ST_CLEAR, FIXED_PARENT, ORIGIN, USER, ADMIN, NODA, ENCRYPTED_DUPLICATION = 2, 4, 0x10, 0x20, 0x40, 0x80, 0x400, 0x800
FIXED = FIXED_TPM | FIXED_PARENT
RESTRICTED, DECRYPT, SIGN, X509_SIGN = 0x10000, 0x20000, 0x40000, 0x80000
TDES, ECDAA, SM2, ECSCHNORR, ECMQV, CAMELLIA, CMAC = 3, 0x1A, 0x1B, 0x1C, 0x1D, 0x26, 0x3F
MGF1, KDF2 = 7, 0x21
MODES = (CFB, CTR, OFB, CBC, ECB)
AES128_CFB = u16(AES) + u16(128) + u16(CFB)
EMPTY = u16(NULL)
CURVES = (0, 3, 4, 5, 6, 0x12, 0x30, 0x31, 0x40, 0x41, 0xFFFF)
# What the authorization policy of an object allows: `PolicyCommandCode` with one of these.
ADMIN_COMMANDS = ("Duplicate", "Duplicate", "Certify", "ActivateCredential", "ObjectChangeAuth")


@dataclass
class Template:
    """`about` is what operations want to know of the object."""
    attributes: int
    type: int
    parameters: bytes
    unique: bytes = b2()
    about: dict = field(default_factory=dict)


def algorithm(g):
    return g.pick((SHA1, SHA256, SHA256, SHA384, SHA512))


def any_hash(g):
    """A hash algorithm, seldom one that the TPM does not have."""
    return algorithm(g) if g.chance(0.95) else g.pick((NULL, 0, 0x12, 0x27, 0x28, 0x29, 0xFFFF, 1, CFB))


def curve(g):
    if g.full and g.chance(0.5):
        return g.pick((1, 2, 0x10, 0x11, 0x20))
    return g.pick((3, 3, 3, 4, 5)) if g.chance(0.98) else g.pick(CURVES)


def block_cipher(g, mode=CFB):
    """A TPMT_SYM_DEF_OBJECT."""
    if g.full and g.chance(0.4):
        name, size = g.pick(((TDES, 128), (TDES, 192), (CAMELLIA, 128), (CAMELLIA, 256)))
    else:
        name, size = AES, g.pick((128, 128, 256))
    if g.chance(0.02):
        name, size = g.pick(((AES, 192), (AES, 0), (0x13, 128), (XOR, SHA256), (AES, 129)))
    return u16(name) + u16(size) + u16(mode)


def with_hash(name, g):
    return u16(name) + u16(any_hash(g))


def ecc_signing(g):
    """A signing scheme of an ECC key."""
    if g.full and g.chance(0.6):
        name = g.pick((ECDAA, ECDAA, SM2, ECSCHNORR))
        return with_hash(name, g) + (u16(g.pick((0, 1, 7))) if name == ECDAA else b"")
    return with_hash(ECDSA, g)


def ecc_exchange(g):
    return with_hash(ECMQV if g.full and g.chance(0.4) else ECDH, g)


def kdf(g):
    """The KDF of an ECC key: none, as no command uses another."""
    return EMPTY if g.chance(0.97) else with_hash(g.pick((MGF1, KDF1_SP800_56A, KDF2, KDF1_SP800_108, HMAC)), g)


def ecc(g, attributes, symmetric, scheme):
    chosen = curve(g)
    return Template(attributes, ECC, symmetric + scheme + u16(chosen) + kdf(g), b2() + b2(), dict(curve=chosen, scheme=scheme))


def rsa(g, attributes, symmetric, scheme, bits):
    exponent = g.pick((0, 0, 65537)) if g.chance(0.95) else g.pick((1, 2, 3, 17, 65536, 65539, 0xFFFFFFFF))
    if g.chance(0.03):
        bits = g.pick((0, 512, 1024, 2047, 3072, 4096, 16384))
    return Template(attributes, RSA, symmetric + scheme + u16(bits) + u32(exponent), b2(), dict(bits=bits, scheme=scheme))


def keyed_hash(attributes, scheme):
    return Template(attributes, KEYEDHASH, scheme, b2(), dict(scheme=scheme))


def symmetric_key(g, attributes, mode):
    parameters = block_cipher(g, mode)
    return Template(attributes, SYMCIPHER, parameters, b2(), dict(
        mode=mode, size=int.from_bytes(parameters[2:4], "big") // 8, block=8 if parameters[:2] == u16(TDES) else 16))


def signing_rsa(g):
    return with_hash(g.pick((RSASSA, RSAPSS)), g)


def decrypting_rsa(g):
    return u16(RSAES) if g.chance(0.4) else with_hash(OAEP, g)


def xor(g):
    return with_hash(XOR, g) + u16(KDF1_SP800_108 if g.chance(0.95) else g.pick((NULL, MGF1, KDF1_SP800_56A, KDF2)))


KINDS = {
    "storage": lambda g: ecc(g, RESTRICTED | DECRYPT, block_cipher(g), EMPTY),
    "rsastorage": lambda g: rsa(g, RESTRICTED | DECRYPT, block_cipher(g), EMPTY, g.pick((2048, 2048, 1024))),
    "symstorage": lambda g: symmetric_key(g, RESTRICTED | DECRYPT, CFB),
    "derive": lambda g: keyed_hash(RESTRICTED | DECRYPT, xor(g)),
    "eccsign": lambda g: ecc(g, SIGN, EMPTY, g.pick((EMPTY, EMPTY, ecc_signing(g)))),
    "eccboth": lambda g: ecc(g, SIGN | DECRYPT, EMPTY, EMPTY),
    "ak": lambda g: ecc(g, SIGN | RESTRICTED, EMPTY, ecc_signing(g)),
    "certifier": lambda g: ecc(g, SIGN | X509_SIGN, EMPTY, g.pick((EMPTY, ecc_signing(g)))),
    "ecdaa": lambda g: ecc(g, SIGN, EMPTY, with_hash(ECDAA, g) + u16(g.pick((0, 1)))),
    "ecdh": lambda g: ecc(g, DECRYPT, EMPTY, g.pick((EMPTY, ecc_exchange(g)))),
    "rsasign": lambda g: rsa(g, SIGN, EMPTY, g.pick((EMPTY, signing_rsa(g))), g.pick((2048, 1024, 1024))),
    "rsaak": lambda g: rsa(g, SIGN | RESTRICTED, EMPTY, signing_rsa(g), g.pick((2048, 1024, 1024))),
    "rsadecrypt": lambda g: rsa(g, DECRYPT, EMPTY, g.pick((EMPTY, decrypting_rsa(g))), g.pick((2048, 1024, 1024))),
    "rsaboth": lambda g: rsa(g, SIGN | DECRYPT, EMPTY, EMPTY, g.pick((2048, 1024, 1024))),
    "hmac": lambda g: keyed_hash(SIGN, EMPTY if g.chance(0.3) else with_hash(HMAC, g)),
    "rhmac": lambda g: keyed_hash(SIGN | RESTRICTED, with_hash(HMAC, g)),
    "xor": lambda g: keyed_hash(DECRYPT, xor(g)),
    "sealed": lambda g: keyed_hash(0, EMPTY),
    "aes": lambda g: symmetric_key(g, g.pick((SIGN | DECRYPT, SIGN | DECRYPT, SIGN, DECRYPT)), g.pick(MODES + (CFB, NULL))),
    "cmac": lambda g: symmetric_key(g, SIGN, CMAC),
}
WEIGHTS = dict(storage=7, rsastorage=0.1, symstorage=2, derive=3, eccsign=4, eccboth=1, ak=3, certifier=1, ecdaa=0.001, ecdh=3, rsasign=0.15, rsaak=0.1,
               rsadecrypt=0.15, rsaboth=0.05, hmac=3, rhmac=1, xor=1, sealed=4, aes=4, cmac=2)


def choose(g, kinds=None):
    """A kind of object, and its Template; RSA is seldom among them, as keys are slow to make."""
    kinds = list(kinds or WEIGHTS)
    kind = g.random.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
    return kind, KINDS[kind](g)


def policy_for(name_algorithm, command):
    """The policy digest after TPM2_PolicyCommandCode."""
    name = HASHES[name_algorithm]
    start = bytes(DIGEST_SIZE[name_algorithm])
    return hashlib.new(name, start + u32(CODES["PolicyCommandCode"]) + u32(CODES[command])).digest()


def policy(g, name_algorithm, attributes):
    """(authPolicy, the command that it allows or None). An object that is not fixed can mostly be duplicated."""
    size = DIGEST_SIZE.get(name_algorithm)
    if size is None:
        return (b"" if g.chance(0.9) else g.data(20, 32)), None
    if g.chance(0.5):
        command = "Duplicate" if not attributes & FIXED and g.chance(0.7) else g.pick(ADMIN_COMMANDS)
        return policy_for(name_algorithm, command), command
    return (g.pick((b"", b"", bytes(size))) if g.chance(0.96) else g.data(1, 20, 31, 48, 64)), None


def public_area(kind, name_algorithm, attributes, auth_policy, parameters, unique):
    return u16(kind) + u16(name_algorithm) + u32(attributes) + b2(auth_policy) + parameters + unique


def unlike(g, template):
    """Damages a template in one way."""
    way = g.random.randrange(5)
    if way < 2:
        template.attributes ^= 1 << g.pick((1, 2, 4, 5, 6, 7, 10, 11, 16, 17, 18, 19, 0, 3, 8, 9, 31))
    elif way == 2:
        template.parameters = choose(g, template_kinds(g, template))[1].parameters
    elif way == 3:
        template.parameters = choose(g)[1].parameters
    else:
        template.unique = g.pick((b2(b"u" * 32), b2(b"a" * 32) + b2(b"b" * 32), b2(g.data(64, 65, 66, 128, 256, 257)), b2(g.data(129)) + b2()))


def template_kinds(g, template):
    """The kinds of the same object type."""
    names = {RSA: ("rsa",), ECC: ("ecc", "ak", "ecd", "storage", "certifier"), KEYEDHASH: ("hmac", "rhmac", "xor", "sealed", "derive"),
             SYMCIPHER: ("aes", "cmac", "symstorage")}[template.type]
    return [kind for kind in KINDS if kind.startswith(names)]
