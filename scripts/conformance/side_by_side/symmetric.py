"""Symmetric primitives, and hash, HMAC, MAC and event sequences (Part 3, clauses 15 and 17)."""
import templates
from external import using
from keys import room, with_room
from step import Ref
from templates import CMAC, MODES
from wire import ENDORSEMENT, NULL, OWNER, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, SHA512, b2, u16, u32, u8

MAC_KEYS = ("hmac", "rhmac", "cmac")


def hash_once(g):
    return g.step("Hash", (), 0, (b2(g.data(0, 1, 55, 56, 63, 64, 111, 112, 128, 1000, 1024, 1025)), u16(templates.any_hash(g)),
                                  u32(g.pick((OWNER, RH_NULL, ENDORSEMENT, PLATFORM, 0x4000000A if g.chance(0.1) else OWNER)))))


def mac_scheme(g, key):
    """The scheme parameter of HMAC and MAC."""
    info = g.info(key)
    if g.chance(0.45):
        return NULL
    if info.get("kind") == "cmac":
        return CMAC if g.chance(0.9) else g.pick((SHA256, 0x40, 0x43))
    return int.from_bytes(info["scheme"][2:4], "big") if len(info.get("scheme", b"")) == 4 and g.chance(0.6) else g.pick((SHA256, SHA1, SHA512, SHA384, CMAC, 0x12))


def mac_key(g):
    return g.object(*MAC_KEYS) if g.chance(0.97) else g.object()


def mac(g):
    key = mac_key(g)
    return g.step("HMAC", (key,), 1, (b2(g.data(0, 1, 15, 16, 17, 64, 1024, 1025)), u16(mac_scheme(g, key))))


def mac_start(g):
    auth = g.password()
    key = mac_key(g)
    yield from room(g, 1, (key,))
    return (yield g.step("HMAC_Start", (key,), 1, (b2(auth), u16(mac_scheme(g, key))), ("sequence", dict(kind="mac", auth=auth))))


def mac_sequence(g):
    """All of it: its digest is that of HMAC over the whole."""
    yield from whole((yield from mac_start(g)), g)


def event_sequence(g):
    """All of it, into a PCR or none."""
    auth = g.password()
    yield from room(g)
    number = yield g.step("HashSequenceStart", (), 0, (b2(auth), u16(NULL)), ("sequence", dict(kind="event", auth=auth)))
    yield from whole(number, g)


def whole(number, g):
    if number is None:
        return
    handle = Ref(number, "handle")
    for _ in range(g.pick((0, 1, 2, 3))):
        yield g.step("SequenceUpdate", (handle,), 1, (b2(first_bytes(g, g.data(1, 16, 64, 1000))),))
    yield complete(g, handle)


def sequence_start(g):
    auth = g.password()
    algorithm = g.pick((NULL, templates.any_hash(g), SHA256))
    return g.step("HashSequenceStart", (), 0, (b2(auth if g.chance(0.97) else g.data(64, 65)), u16(algorithm)),
                  ("sequence", dict(kind="event" if algorithm == NULL else "hash", auth=auth)))


def sequence_update(g):
    if not g.model.sequences and g.chance(0.9):
        return None
    return g.step("SequenceUpdate", (g.sequence(),), 1, (b2(first_bytes(g, g.data(0, 1, 15, 16, 17, 64, 100, 1024, 1025))),))


def first_bytes(g, data):
    """What begins like a structure of the TPM gets no ticket."""
    return b"\xffTCG" + data[4:] if g.chance(0.1) else data


def sequence_complete(g):
    if not g.model.sequences and g.chance(0.9):
        return None
    return complete(g, g.sequence())


def complete(g, handle):
    if g.info(handle).get("kind") == "event" and g.chance(0.9) or g.chance(0.05):
        return g.step("EventSequenceComplete", (g.pick((0, 16, RH_NULL, 10)), handle), 2, (b2(g.data(0, 10, 1024)),), ("gone", handle))
    return g.step("SequenceComplete", (handle,), 1, (b2(first_bytes(g, g.data(0, 10, 16, 64, 1024))), u32(g.pick((RH_NULL, OWNER, ENDORSEMENT, PLATFORM)))),
                  ("gone", handle))


def cipher(g):
    """Data and IVs of all lengths around those that fit the block."""
    key = g.object("aes") if g.chance(0.97) else g.object("cmac", "symstorage")
    info = g.info(key)
    block = info.get("block", 16)
    size = g.pick((block, 2 * block, 4 * block, 64 * 16)) if g.chance(0.6) else g.pick((0, 1, 7, 8, 15, 17, 31, 1023, 1025))
    mode = info.get("mode", NULL)
    chosen = (g.pick((NULL, mode)) if mode != NULL else g.pick(MODES)) if g.chance(0.85) else g.pick(MODES + (CMAC, NULL, 0))
    used = mode if chosen == NULL else chosen
    iv = b"" if used == 0x44 else g.pick((bytes(block), b"i" * block, b"\xff" * block))
    if g.chance(0.12):
        iv = g.pick((b"", b"i" * 8, b"i" * 15, b"i" * 16, b"i" * 17, b"i"))
    decrypt = u8(g.pick((0, 1)) if g.chance(0.97) else 2)
    data = b2(g.random.randbytes(size))
    if g.chance(0.5):
        return g.step("EncryptDecrypt", (key,), 1, (decrypt, u16(chosen), b2(iv), data))
    return g.step("EncryptDecrypt2", (key,), 1, (data, decrypt, u16(chosen), b2(iv)))


OPERATIONS = [(5, hash_once), (5, using(mac, *MAC_KEYS)), (3, with_room(sequence_start)), (2, using(mac_sequence, *MAC_KEYS)), (2, event_sequence), (8, sequence_update), (6, sequence_complete), (6, using(cipher, "aes"))]
