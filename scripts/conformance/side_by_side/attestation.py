"""Attestation (Part 3, clause 18). What was attested is compared but for the clocks; signatures are verified by both TPMs."""
import certificates
from auth import digest
from keys import allowed, session_of
from signing import RESTRICTED_SIGNING, SIGNING, hash_of, signing_scheme
from step import Auth, Computed, Ref
from templates import X509_SIGN
from wire import ENDORSEMENT, HASHES, NULL, OWNER, PASSWORD, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, b2, pcr_selection, u16, u8

SIGNERS = SIGNING + RESTRICTED_SIGNING


def signer(g):
    if g.chance(0.1):
        return RH_NULL
    return g.object(*SIGNERS) if g.chance(0.97) else g.object()


def start(g):
    """(signing key, qualifying data, scheme)."""
    key = signer(g)
    extra = b2(g.data(0, 8, 32, 64) if g.chance(0.95) else g.data(65, 66, 67))
    return key, extra, signing_scheme(g, key)


def attested(g, key, scheme, step):
    """Sends the command; then both TPMs verify one signature."""
    number = yield step
    if number is None or key == RH_NULL or g.chance(0.5):
        return
    side, algorithm = g.side(key), hash_of(g, key, scheme)
    hashed = Computed(lambda data: b2(digest(algorithm, data[2:])), (Ref(number, "attest", side),))
    yield g.step("VerifySignature", (key,), 0, (hashed, Ref(number, "signature", side)))


def by_policy(g, handle, command, others):
    """The authorizations of a command whose first handle has the ADMIN role; None where the operation cannot go on."""
    info = g.info(handle)
    if info.get("allows") == command and info["hash"] in HASHES and g.chance(0.6):
        session = yield from allowed(g, info)
        if session is not None:
            return (Auth(session, b"", 0),) + tuple(Auth(PASSWORD, g.value(other)) for other in others)
    return None


def certify(g):
    key, extra, scheme = start(g)
    target = g.object()
    auths = yield from by_policy(g, target, "Certify", (key,))
    yield from attested(g, key, scheme, g.step("Certify", (target, key), 2, (extra, scheme), admin=True, auths=auths))


def certify_creation(g):
    key, extra, scheme = start(g)
    target = g.object()
    creation = g.info(target).get("creation")
    if creation is None:
        g.unless_rare()
        creation = (b2(g.data(32)), u16(0x8021) + b"\x40\0\0\1" + b2(g.data(32, 64)))
    side = g.side(target)
    hashed, ticket = (g.made_by(side, part) for part in creation)
    if g.chance(0.06):
        hashed = b2(g.data(0, 20, 32, 64, 65))
    return attested(g, key, scheme, g.step("CertifyCreation", (key, target), 1, (extra, hashed, scheme, ticket)))


def quote(g):
    key, extra, scheme = start(g)
    selection = g.pick((pcr_selection((SHA256, 0x83)), pcr_selection(), pcr_selection((SHA1, 1), (SHA384, 0)), pcr_selection((SHA384, 0xFFFFFF), (SHA1, 2)),
                        pcr_selection((SHA256, 1), (SHA256, 2)), pcr_selection((0x12, 1))))
    return attested(g, key, scheme, g.step("Quote", (key,), 1, (extra, scheme, selection)))


def get_time(g):
    key, extra, scheme = start(g)
    return attested(g, key, scheme, g.step("GetTime", (ENDORSEMENT if g.chance(0.97) else OWNER, key), 2, (extra, scheme)))


def nv_certify(g):
    key, extra, scheme = start(g)
    index = g.pick(g.model.indices, 0x01000001)
    size = g.info(index).get("size", 8)
    amount, offset = (size, 0) if g.chance(0.6) else g.pick(((0, 0), (size // 2, size - size // 2), (size, 1), (size + 1, 0), (0, 1), (1, 0), (1025, 0)))
    return attested(g, key, scheme, g.step("NV_Certify", (key, g.pick((index, index, OWNER, PLATFORM)), index), 2,
                                           (extra, scheme, u16(amount), u16(offset))))


def session_audit(g):
    """An audit session, commands under it, and its digest."""
    key, extra, scheme = start(g)
    algorithm = g.pick((SHA256, SHA1))
    session = yield from session_of(g, 0, algorithm)
    if session is None:
        return
    for _ in range(g.pick((0, 1, 1, 2, 3))):
        attributes = g.pick((0x81, 0x81, 0x81, 0x83, 0x85))
        audit = Auth(session, b"", attributes, True)
        name, params = g.pick((("GetRandom", u16(8)), ("ReadClock", b""), ("PCR_Read", pcr_selection((SHA256, 1)))))
        yield g.step(name, (), 0, (params,), auths=(audit,))
    yield from attested(g, key, scheme, g.step("GetSessionAuditDigest", (ENDORSEMENT, key, session), 2, (extra, scheme)))


def command_audit(g):
    key, extra, scheme = start(g)
    return attested(g, key, scheme, g.step("GetCommandAuditDigest", (ENDORSEMENT, key), 2, (extra, scheme)))


def certify_x509(g):
    """With a key that may sign certificates, if there is one; without a key libtpms 0.9 ends."""
    fit = [h for h, info in g.model.objects.items() if info.get("attributes", 0) & X509_SIGN]
    key = g.pick(fit) if fit and g.chance(0.9) else signer(g)
    if key == RH_NULL:
        return
    target = g.object()
    scheme = signing_scheme(g, key)
    auths = yield from by_policy(g, target, "CertifyX509", (key,))
    partial = certificates.partial(g, g.info(target).get("attributes", 0))
    yield g.step("CertifyX509", (target, key), 2, (b2(b"" if g.chance(0.95) else b"x"), scheme, b2(partial)), admin=True, auths=auths)


def newer(g):
    """Commands of later versions, with parameters that need not fit."""
    which = g.pick(("ECC_Encrypt", "PolicyCapability", "NV_ReadPublic2", "ReadOnlyControl", "ACT_SetTimeout", "SetCapability", "AC_GetCapability"))
    handle = {"NV_ReadPublic2": 0x01000001, "ReadOnlyControl": PLATFORM, "ACT_SetTimeout": 0x40000110, "SetCapability": OWNER}.get(which)
    if which == "ReadOnlyControl":
        return g.step(which, (handle,), 1, (u8(0),))
    if which == "ECC_Encrypt":
        return g.step(which, (g.object("ecdh"),), 0, (b2(b"plain"), u16(NULL)))
    return g.step(which, (handle,) if handle else (), 0, (bytes(8),))


OPERATIONS = [(4, certify), (3, certify_creation), (3, quote), (2, get_time), (2, nv_certify), (2, session_audit), (2, command_audit), (3, certify_x509),
              (0.5, newer)]
