"""What keys are used for: signing, encryption, key exchange, HMAC and hash sequences, attestation (Part 3, clauses 14 to 18, 20)."""
from keys import EMPTY
from step import Ref
from wire import (CBC, CFB, CTR, DIGEST_SIZE, ECB, ECDSA, ENDORSEMENT, HMAC, NULL, OAEP, OFB, OWNER, PLATFORM, RH_NULL, RSAES, RSAPSS,
                  RSASSA, SHA1, SHA256, SHA384, SHA512, b2, pcr_selection, u16, u32, u64, u8)

NO_TICKET = u16(0x8024) + u32(RH_NULL) + b2()
ALGORITHMS = (SHA1, SHA256, SHA256, SHA384, SHA512)
P256 = (bytes.fromhex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        bytes.fromhex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))


def hash_algorithm(g):
    return g.pick(ALGORITHMS) if g.chance(0.95) else g.pick((NULL, 0, 0x12, 0x27, 0xFFFF, 1))


def signing_scheme(g):
    return g.pick((EMPTY, EMPTY, EMPTY, u16(ECDSA) + u16(hash_algorithm(g)), u16(HMAC) + u16(hash_algorithm(g)),
                   u16(RSASSA) + u16(hash_algorithm(g)), u16(RSAPSS) + u16(hash_algorithm(g))))


def sign(g):
    key = g.object("eccsign", "hmac", "rsasign", "ak")
    algorithm = g.pick(ALGORITHMS)
    scheme = g.pick((signing_scheme(g), EMPTY, u16({"hmac": HMAC, "rsasign": RSASSA}.get(g.info(key).get("kind"), ECDSA)) + u16(algorithm)))
    data = b"d" * DIGEST_SIZE[algorithm] if g.chance(0.95) else g.data(0, 19, 33)
    ticket = NO_TICKET if g.chance(0.93) else u16(g.pick((0x8024, 0x8021))) + u32(OWNER) + b2(b"t" * 32)
    return g.step("Sign", (key,), 1, (b2(data), scheme, ticket))


def sign_and_verify(g):
    key = g.object("eccsign", "hmac", "rsasign")
    algorithm = g.pick(ALGORITHMS)
    scheme = u16({"hmac": HMAC, "rsasign": RSASSA}.get(g.info(key).get("kind"), ECDSA)) + u16(algorithm)
    data = b"v" * DIGEST_SIZE[algorithm]
    return [g.step("Sign", (key,), 1, (b2(data), scheme, NO_TICKET)),
            g.step("VerifySignature", (key,), 0, (b2(data if g.chance(0.8) else data[1:] + b"w"), Ref(g.count, "signature")))]


def hash_once(g):
    return g.step("Hash", (), 0, (b2(g.data(0, 1, 63, 64, 128, 1000, 1024, 1025)), u16(hash_algorithm(g)),
                                  u32(g.pick((OWNER, RH_NULL, ENDORSEMENT, PLATFORM, 0x4000000A)))))


def mac(g):
    return g.step("HMAC", (g.object("hmac"),), 1, (b2(g.data(0, 1, 64, 1024, 1025)), u16(g.pick((NULL, NULL, SHA256, SHA1, SHA512, 0x3F)))))


def sequence_start(g):
    auth = g.password()
    if g.chance(0.5):
        return g.step("HMAC_Start", (g.object("hmac"),), 1, (b2(auth), u16(g.pick((NULL, NULL, SHA256, SHA1)))), ("sequence", dict(kind="mac", auth=auth)))
    algorithm = g.pick((NULL, hash_algorithm(g), SHA256))
    return g.step("HashSequenceStart", (), 0, (b2(auth), u16(algorithm)),
                  ("sequence", dict(kind="event" if algorithm == NULL else "hash", auth=auth)))


def sequence(g):
    return g.pick(g.model.sequences) if g.model.sequences and g.chance(0.95) else g.object()


def sequence_update(g):
    if not g.model.sequences and g.chance(0.9):
        return None
    return g.step("SequenceUpdate", (sequence(g),), 1, (b2(g.data(0, 1, 64, 100, 1024, 1025)),))


def sequence_complete(g):
    if not g.model.sequences and g.chance(0.9):
        return None
    handle = sequence(g)
    if g.info(handle).get("kind") == "event" and g.chance(0.9) or g.chance(0.05):
        return g.step("EventSequenceComplete", (g.pick((0, 16, RH_NULL, 10)), handle), 2, (b2(g.data(0, 10, 1024)),), ("gone", handle))
    return g.step("SequenceComplete", (handle,), 1, (b2(g.data(0, 10, 64, 1024)), u32(g.pick((RH_NULL, OWNER, ENDORSEMENT)))), ("gone", handle))


def cipher(g):
    key = g.object("aes")
    data = b2(g.data(16, 32, 64, 0, 15, 17, 1024, 1025))
    mode = u16(g.pick((NULL, NULL, CFB, CTR, OFB, CBC, ECB, 0x3F)))
    iv = b2(g.pick((bytes(16), bytes(16), b"i" * 16, b"\xff" * 16, b"", b"i" * 8)))
    decrypt = u8(g.pick((0, 0, 1, 1, 2)))
    if g.chance(0.5):
        return g.step("EncryptDecrypt", (key,), 1, (decrypt, mode, iv, data))
    return g.step("EncryptDecrypt2", (key,), 1, (data, decrypt, mode, iv))


def point(g):
    x, y = P256 if g.chance(0.8) else (g.data(32, 48, 31, 0), g.data(32, 48))
    return b2(b2(x) + b2(y))


def key_exchange(g):
    key = g.object("ecdh")
    which = g.pick(("ECDH_ZGen", "ECDH_KeyGen", "exchange", "EC_Ephemeral", "Commit"))
    if which == "ECDH_ZGen":
        return g.step(which, (key,), 1, (point(g),))
    if which == "ECDH_KeyGen":
        return g.step(which, (key,))
    if which == "EC_Ephemeral":
        return g.step(which, (), 0, (u16(g.pick((3, 4, 5, 0x77, 0))),))
    if which == "Commit":
        return g.step(which, (g.object("eccsign", "ecdh"),), 1, (g.pick((b2(b2() + b2()), point(g))), b2(g.data(0, 8)), b2(g.data(0, 32))))
    return [g.step("ECDH_KeyGen", (key,)), g.step("ECDH_ZGen", (key,), 1, (Ref(g.count, "point"),))]


def rsa(g):
    key = g.object("rsadecrypt")
    scheme = g.pick((EMPTY, u16(RSAES), u16(OAEP) + u16(g.pick((SHA1, SHA256, SHA512)))))
    label = b2(g.pick((b"", b"", b"label\0", b"label")))
    message = b2(g.data(0, 1, 16, 100, 256, 257))
    if g.chance(0.2):
        return g.step("RSA_Decrypt", (key,), 1, (b2(g.data(128, 255, 256)), g.pick((scheme, EMPTY)), label))
    return [g.step("RSA_Encrypt", (key,), 0, (message, scheme, label)), g.step("RSA_Decrypt", (key,), 1, (Ref(g.count, "cipher"), scheme, label))]


def attest(g):
    signer = g.pick((g.object("ak", "eccsign", "rsasign", "hmac"), g.object("ak"), RH_NULL))
    extra, scheme = b2(g.data(0, 8, 32, 66, 67)), signing_scheme(g)
    which = g.pick(("Certify", "Quote", "Quote", "GetTime", "CertifyCreation", "NV_Certify", "GetSessionAuditDigest", "GetCommandAuditDigest",
                    "CertifyX509"))
    if which == "Certify":
        return g.step(which, (g.object(), signer), 2, (extra, scheme), admin=True)
    if which == "Quote":
        return g.step(which, (signer,), 1, (extra, scheme, g.pick((pcr_selection((SHA256, 0x83)), u32(0), pcr_selection((SHA1, 1), (SHA384, 0))))))
    if which == "GetTime":
        return g.step(which, (ENDORSEMENT, signer), 2, (extra, scheme))
    if which == "CertifyCreation":
        target = g.object()
        if not isinstance(target, Ref):
            return None
        return g.step(which, (signer, target), 1, (extra, Ref(target.step, "creationHash"), scheme, Ref(target.step, "ticket")))
    if which == "NV_Certify":
        index = g.pick(g.model.indices, 0x01000001)
        return g.step(which, (signer, g.pick((index, OWNER)), index), 2, (extra, scheme, u16(g.pick((0, 8, 32, 64))), u16(g.pick((0, 0, 4)))))
    if which == "GetSessionAuditDigest":
        return g.step(which, (ENDORSEMENT, signer, g.pick(list(g.model.sessions), 0x02000000)), 2, (extra, scheme))
    if which == "GetCommandAuditDigest":
        return g.step(which, (ENDORSEMENT, signer), 2, (extra, scheme))
    return g.step(which, (g.object(), signer), 2, (b2(), scheme, b2(g.data(0, 10))), admin=True)


def newer(g):
    """Commands of later versions, with parameters that need not fit."""
    which = g.pick(("ECC_Encrypt", "PolicyCapability", "NV_ReadPublic2", "ReadOnlyControl", "ACT_SetTimeout", "SetCapability", "AC_GetCapability"))
    handle = {"NV_ReadPublic2": 0x01000001, "ReadOnlyControl": PLATFORM, "ACT_SetTimeout": 0x40000110, "SetCapability": OWNER}.get(which)
    if which == "ReadOnlyControl":
        return g.step(which, (handle,), 1, (u8(0),))
    if which == "ECC_Encrypt":
        return g.step(which, (g.object("ecdh"),), 0, (b2(b"plain"), EMPTY))
    return g.step(which, (handle,) if handle else (), 0, (u64(0),))


OPERATIONS = [(8, sign), (4, sign_and_verify), (5, hash_once), (5, mac), (4, sequence_start), (8, sequence_update), (6, sequence_complete),
              (8, cipher), (6, key_exchange), (1, rsa), (9, attest), (0.5, newer)]
