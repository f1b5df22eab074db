"""Policies that entities are given, and that then authorize commands for them (Part 1, clause 19.7; Part 3, clause 23).

A trial session finds out the digest of a policy: its assertions are made there once, and again whenever it is used.
"""
from dataclasses import dataclass, field, replace

import policy
import templates
from auth import digest
from keys import handle_part
from nonvolatile import (AUTHREAD, BITS, COUNTER, EXTEND, NO_DA, ORDINARY, OWNERREAD, OWNERWRITE, PIN_FAIL, PIN_PASS, PLATFORMCREATE, POLICY_DELETE,
                         POLICYREAD, POLICYWRITE, PPREAD, PPWRITE, READ_STCLEAR, WRITE_STCLEAR)
from step import Body, Seen, Joined, Ref, Sized
from templates import FIXED, ORIGIN, public_area
from wire import (CODES, DIGEST_SIZE, ECDSA, ENDORSEMENT, LOCKOUT, NULL, OWNER, PLATFORM, RH_NULL, SHA256, b2, pcr_selection, u16, u32, u64, u8)

SIGNER, APPROVED_INDEX, COMPARED_INDEX = 0x81000010, 0x01000010, 0x01000011
POLICY_INDICES = tuple(range(0x01000020, 0x01000024))
SCHEME = u16(ECDSA) + u16(SHA256)
NO_TICKET = u16(0x8024) + u32(RH_NULL) + b2()
TEMPLATE = public_area(0x0008, SHA256, 0x00040472, b"", u16(5) + u16(SHA256), b2())


@dataclass
class Assertion:
    """`make` adds the steps to a script, for a session, that is a trial or not, and an entity; `state` is what they lead to."""
    make: object
    state: dict = field(default_factory=dict)


@dataclass
class Policy:
    """A policy of one branch, or the TPM2_PolicyOR of several."""
    hash: int
    branches: tuple
    digests: tuple


class Script:
    """Steps that are sent one after the other."""

    def __init__(self, g):
        self.g, self.steps = g, []

    def add(self, *arguments, given=(), **named):
        """Returns the number of the step."""
        return self.take(self.g.step(*arguments, **named), given)

    def take(self, step, given=()):
        number = self.g.count + len(self.steps)
        self.steps.append(replace(step, number=number, policy=given))
        return number

    def room_for_session(self):
        sessions = self.g.model.sessions
        while len(sessions) > 2 or len(sessions) == 2 and self.g.chance(0.3):
            session = self.g.pick(sessions)
            self.add("FlushContext", (), 0, (session,), ("gone", session))
            del sessions[session]

    def room_for_object(self):
        model = self.g.model
        while len(model.objects) + len(model.sequences) > 2:
            group = model.objects if model.objects else model.sequences
            handle = self.g.pick(group)
            self.add("FlushContext", (), 0, (handle_part(handle),), ("gone", handle))
            del group[handle]

    def session(self, kind, algorithm, symmetric=u16(NULL)):
        """Starts a policy session; returns its handle and what is known of it."""
        self.room_for_session()
        step = policy.start_step(self.g, kind, algorithm, symmetric, self.g.chance(0.8))
        return Ref(self.take(step), "handle"), step.effect[1]

    def digest(self, session):
        return Ref(self.add("PolicyGetDigest", (session,)), "digest")

    def signer(self):
        """A persistent key that signs."""
        if SIGNER not in self.g.model.persistent:
            self.room_for_object()
            public = public_area(0x23, SHA256, 0x40072, b"", u16(NULL) + u16(NULL) + u16(3) + u16(NULL), b2() + b2())
            key = Ref(self.add("CreatePrimary", (OWNER,), 1, (b2(b2() + b2()), b2(public), b2(), u32(0))), "handle")
            self.add("EvictControl", (OWNER, key), 1, (u32(SIGNER),), ("persist", SIGNER, dict(kind="eccsign", auth=b"", hash=SHA256, attributes=0x40072, curve=3, scheme=u16(NULL))))
            self.add("FlushContext", (), 0, (key,))
        return SIGNER

    def index(self, handle, data):
        """An index of the owner that holds something."""
        if handle not in self.g.model.indices:
            public = u32(handle) + u16(SHA256) + u32(OWNERREAD | OWNERWRITE | NO_DA) + b2() + u16(len(data))
            self.add("NV_DefineSpace", (OWNER,), 1, (b2(), b2(public)),
                     ("index", handle, dict(auth=b"", kind=ORDINARY, size=len(data), platform=False)))
            self.add("NV_Write", (OWNER, handle), 1, (b2(data), u16(0)))
        return handle

    def signature(self, message):
        """Of the digest of something computed."""
        key = self.signer()
        return Ref(self.add("Sign", (key,), 1, (Sized((Seen(lambda world: digest(SHA256, world.bytes_of(message))),)), SCHEME, NO_TICKET)),
                   "signature")


def plain(name, params=(), **state):
    return Assertion(lambda script, session, trial, entity: script.add(name, (session,), 0, params), state)


def pcr(g):
    return plain("PolicyPCR", (b2(), g.pick((pcr_selection((SHA256, 0x81)), pcr_selection((SHA256, 0x10000)), u32(0), pcr_selection((4, 1), (SHA256, 2))))))


def counter_timer(g):
    return plain("PolicyCounterTimer", g.pick(((b2(u32(0)), u16(16), u16(7)), (b2(u8(1)), u16(24), u16(0)), (b2(u64(0)), u16(0), u16(3)),
                                               (b2(u64(1 << 62)), u16(8), u16(g.pick((4, 5, 8, 9)))))))


def timed(g):
    return u32(g.pick((0, 0, 0, 1000, -1000, -1000, -100000, 1 << 31)))


def nonce(g, session):
    return Ref(session.step, "nonceTPM") if g.chance(0.6) else b2()


def with_ticket(name_of, first):
    """An assertion whose ticket is used in its stead, once there is one."""
    kept = []

    def make(script, session, trial, entity):
        g = script.g
        if kept and not trial and g.chance(0.6):
            number, reference = kept[-1]
            script.add("PolicyTicket", (session,), 0, (Ref(number, "timeout"), b2(), reference, name_of, Ref(number, "ticket")))
            return
        step, reference = first(script, session)
        expiration = script.steps[step - script.g.count].params[3]
        if not trial and expiration[0] & 0x80:
            kept.append((step, reference))

    return Assertion(make)


def secret(g):
    entity = g.pick((OWNER, ENDORSEMENT, PLATFORM, LOCKOUT, g.pick(g.model.persistent, OWNER), g.pick(g.model.indices, OWNER)))
    reference = b2(g.data(0, 0, 8))

    def first(script, session):
        return script.add("PolicySecret", (entity, session), 1, (nonce(script.g, session), b2(), reference, timed(script.g))), reference

    return with_ticket(Sized((Seen(lambda world: world.name(entity)),)), first)


def signed(g):
    reference = b2(g.data(0, 8))

    def first(script, session):
        expiration, given = timed(script.g), nonce(script.g, session)
        key = script.signer()
        signature = script.signature(Joined((Body(given), expiration, Body(reference))))
        return script.add("PolicySigned", (key, session), 0, (given, b2(), reference, expiration, signature)), reference

    return with_ticket(Sized((Seen(lambda world: world.name(SIGNER)),)), first)


def authorized(g):
    """TPM2_PolicyAuthorize of whatever the policy is before it."""
    reference = b2(g.data(0, 4))
    name = Sized((Seen(lambda world: world.name(SIGNER)),))

    def make(script, session, trial, entity):
        key = script.signer()
        if trial:
            script.add("PolicyAuthorize", (session,), 0, (b2(bytes(32)), reference, name, u16(0x8022) + u32(RH_NULL) + b2()))
            return
        approved = script.digest(session)
        if script.g.chance(0.05):
            approved = b2(bytes(32))
        message = Joined((Body(approved), Body(reference)))
        signature = script.signature(message)
        hashed = Sized((Seen(lambda world: digest(SHA256, world.bytes_of(message))),))
        ticket = Ref(script.add("VerifySignature", (key,), 0, (hashed, signature)), "ticket")
        script.add("PolicyAuthorize", (session,), 0, (approved, reference, name, ticket))

    return Assertion(make)


def authorized_nv(algorithm):
    def make(script, session, trial, entity):
        index = script.index(APPROVED_INDEX, bytes(66))
        if not trial:
            script.add("NV_Write", (OWNER, index), 1, (Sized((u16(algorithm), Body(script.digest(session)))), u16(0)))
        script.add("PolicyAuthorizeNV", (OWNER, index, session), 1)

    return Assertion(make)


def compared(g):
    operand, operation = g.pick(((u64(5), 0), (u64(4), 1), (u64(4), 3), (u64(9), 5), (u64(5), 7), (u64(5), 9), (u64(4), 10), (u64(2), 11), (u64(6), 4),
                                 (u64(1), 2), (u64(6), 0)))

    def make(script, session, trial, entity):
        index = script.index(COMPARED_INDEX, u64(5))
        script.add("PolicyNV", (OWNER, index, session), 1, (b2(operand), u16(0), u16(operation)))

    return Assertion(make)


def duplication(g, parent):
    def make(script, session, trial, entity):
        name = b2(b"\0\x0b" + bytes(32)) if trial else Sized((Seen(lambda world: world.name(entity)),))
        script.add("PolicyDuplicationSelect", (session,), 0, (name, Sized((Seen(lambda world: world.name(parent)),)), u8(0)))

    return Assertion(make, dict(command=("Duplicate", parent)))


def bound(g, hierarchy, algorithm):
    """A policy for one command of a hierarchy."""
    kind = g.pick(("PolicyCpHash", "PolicyNameHash", "PolicyTemplate"))
    if kind == "PolicyTemplate" or hierarchy not in (OWNER, PLATFORM):
        return plain("PolicyTemplate", (b2(digest(algorithm, TEMPLATE)),), command=("CreatePrimary", TEMPLATE))
    rate = u8(g.pick((0, 1, 2)))
    hashed = u32(CODES["ClockRateAdjust"]) + u32(hierarchy) + rate if kind == "PolicyCpHash" else u32(hierarchy)
    return plain(kind, (b2(digest(algorithm, hashed)),), command=("ClockRateAdjust", rate if g.chance(0.9) else u8(3)))


def assertion(g, algorithm):
    return g.random.choices(
        (lambda: plain("PolicyAuthValue", value=True, password=False), lambda: plain("PolicyPassword", value=False, password=True),
         lambda: plain("PolicyLocality", (u8(g.pick((1, 1, 3, 31, 2, 16, 32))),)), lambda: plain("PolicyNvWritten", (u8(g.pick((1, 1, 0))),)),
         lambda: plain("PolicyPhysicalPresence"), lambda: pcr(g), lambda: counter_timer(g), lambda: secret(g), lambda: signed(g),
         lambda: authorized(g), lambda: authorized_nv(algorithm), lambda: compared(g)),
        (5, 5, 3, 2, 0.3, 4, 2, 5, 3, 1.5, 1.5, 2))[0]()


def made(g, script, algorithm, codes=(), only=()):
    """A policy with a branch for each command code, or one of any kind; `only` are assertions that it has."""
    branches = []
    for code in codes or (None,) * g.pick((1, 1, 1, 2, 3)):
        branch = [assertion(g, algorithm) for _ in range(g.pick((0, 1, 1, 2, 3) if not only else (0, 0, 1)))] + list(only)
        if code is not None:
            branch.insert(g.random.randrange(len(branch) + 1), plain("PolicyCommandCode", (u32(code),), code=code))
            # What begins the digest anew may stand behind, and then the command code is not in it, but still holds.
        branches.append(tuple(branch))
    session, _ = script.session(3, algorithm)
    digests = []
    for count, branch in enumerate(branches):
        if count:
            script.add("PolicyRestart", (session,))
        for part in branch:
            part.make(script, session, True, None)
        digests.append(script.digest(session))
    final = digests[0]
    if len(branches) > 1:
        either(script, session, digests)
        final = script.digest(session)
    script.add("FlushContext", (), 0, (session,), ("gone", session))
    return Policy(algorithm, tuple(branches), tuple(digests)), final


def either(script, session, digests):
    script.add("PolicyOR", (session,), 0, (u32(len(digests)), *digests))


def index_with_policy(g):
    script, algorithm, handle = Script(g), g.pick(policy.HASHES), g.pick(POLICY_INDICES)
    special = g.chance(0.4)
    admin = [CODES["NV_ChangeAuth"]] + [CODES["NV_UndefineSpaceSpecial"]] * special
    codes = admin + [CODES["NV_Read"]] if special or g.chance(0.3) else ()
    rule, final = made(g, script, algorithm, codes)
    kind = g.pick((ORDINARY, ORDINARY, COUNTER, BITS, EXTEND, PIN_FAIL, PIN_PASS))
    attributes = kind << 4 | POLICYREAD | POLICYWRITE | NO_DA | g.pick((0, AUTHREAD, OWNERREAD | OWNERWRITE, PPREAD | PPWRITE)) | g.pick((0, READ_STCLEAR | WRITE_STCLEAR))
    platform = special or g.chance(0.2)
    attributes |= (PLATFORMCREATE if platform else 0) | (POLICY_DELETE if special else 0)
    size = 8 if kind != EXTEND and kind != ORDINARY else DIGEST_SIZE[algorithm]
    hierarchy, auth = PLATFORM if platform else OWNER, g.password()
    if handle in g.model.indices:
        script.add("NV_UndefineSpace", (PLATFORM if g.model.indices[handle]["platform"] else OWNER, handle), 1, (), ("gone", handle))
    script.add("NV_DefineSpace", (hierarchy,), 1, (b2(auth), Sized((u32(handle), u16(algorithm), u32(attributes), final, u16(size)))),
               ("index", handle, dict(auth=auth, kind=kind, size=size, platform=platform)), given=(handle, rule))
    if attributes & (OWNERWRITE | PPWRITE):
        name, (_, _, params, _) = list(for_index(g, handle, dict(kind=kind, size=size)).items())[1]
        script.add(name, (OWNER if attributes & OWNERWRITE else PLATFORM, handle), 1, params)
    return script.steps


def object_with_policy(g):
    script, algorithm = Script(g), g.pick(policy.HASHES)
    kind = g.pick(("sealed", "eccsign", "hmac", "aes", "ecdh", "storage", "ak"))
    template = templates.KINDS[kind](g)
    move, admin = g.chance(0.3) and kind != "ak", g.chance(0.4)
    codes, only = (), ()
    if move and g.chance(0.5):
        only = (duplication(g, g.pick((RH_NULL, g.pick(g.model.persistent, RH_NULL)))),)
    elif move or admin:
        codes = [CODES[name] for name in (("Duplicate",) if move else ()) + (("Certify", "ActivateCredential", "ObjectChangeAuth") if admin else ())]
    rule, final = made(g, script, algorithm, codes, only)
    attributes = template.attributes | (0x80 if admin else 0) | g.pick((0x40, 0)) | 0x400 | (0 if move else FIXED)
    data = b"sealed" if kind == "sealed" else b""
    if not data:
        attributes |= ORIGIN
    auth, hierarchy = g.password(), g.pick((OWNER, OWNER, ENDORSEMENT, PLATFORM))
    script.room_for_object()
    script.add("CreatePrimary", (hierarchy,), 1,
               (b2(b2(auth) + b2(data)), Sized((u16(template.type), u16(algorithm), u32(attributes), final, template.parameters, template.unique)), b2(), u32(0)),
               ("object", dict(template.about, kind=kind, auth=auth, hierarchy=hierarchy, hash=algorithm, attributes=attributes)), given=(None, rule))
    return script.steps


def hierarchy_with_policy(g):
    script, algorithm, hierarchy = Script(g), g.pick(policy.HASHES), g.pick((OWNER, OWNER, ENDORSEMENT, LOCKOUT, PLATFORM))
    only = (bound(g, hierarchy, algorithm),) if hierarchy != LOCKOUT and g.chance(0.4) else ()
    rule, final = made(g, script, algorithm, (), only)
    script.add("SetPrimaryPolicy", (hierarchy,), 1, (final, u16(algorithm)), given=(hierarchy, rule))
    return script.steps


def for_index(g, handle, info):
    kind, size = info["kind"], info["size"]
    write = {COUNTER: ("NV_Increment", ()), BITS: ("NV_SetBits", (u64(6),)), EXTEND: ("NV_Extend", (b2(b"more"),))}.get(
        kind, ("NV_Write", (b2(u32(g.pick((0, 1))) + u32(2) if kind in (PIN_FAIL, PIN_PASS) else g.data(size)), u16(0))))
    value = g.password()
    return {"NV_Read": ((handle, handle), 1, (u16(size), u16(0)), ()), write[0]: ((handle, handle), 1, write[1], ()),
            "NV_ReadLock": ((handle, handle), 1, (), ()), "NV_WriteLock": ((handle, handle), 1, (), ()),
            "NV_ChangeAuth": ((handle,), 1, (b2(value),), ("auth", handle, value)),
            "NV_UndefineSpaceSpecial": ((handle, PLATFORM), 2, (), ("gone", handle))}


def for_object(g, handle, info):
    """By name, the commands that suit the kind of object: handles, how many are authorized, parameters, effect."""
    cipher = (u8(0), u16(g.pick((0x43, NULL))), b2(bytes(16)), b2(bytes(32)))
    fit = {"sealed": {"Unseal": ((handle,), 1, (), ())}, "hmac": {"HMAC": ((handle,), 1, (b2(b"text"), u16(NULL)), ())},
           "aes": {"EncryptDecrypt": ((handle,), 1, cipher, ())},
           "eccsign": {"Sign": ((handle,), 1, (b2(b"d" * 32), SCHEME, NO_TICKET), ())},
           "ak": {"Quote": ((handle,), 1, (b2(), u16(NULL), pcr_selection((SHA256, 0x81))), ())},
           "ecdh": {"ECDH_ZGen": ((handle,), 1, (b2(b2(P256[0]) + b2(P256[1])),), ())},
           "storage": {"Create": ((handle,), 1, (b2(b2() + b2(b"x")), b2(public_area(8, SHA256, 0x52, b"", u16(NULL), b2())), b2(), u32(0)), ())}}.get(info.get("kind"), {})
    return fit | {"Certify": ((handle, RH_NULL), 2, (b2(), u16(NULL)), ()), "Duplicate": ((handle, RH_NULL), 1, (b2(), u16(NULL)), ()),
                  "PolicySecret": None, "ObjectChangeAuth": ((handle, SIGNER), 1, (b2(b"n"),), ())}


P256 = (bytes.fromhex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        bytes.fromhex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))


def for_hierarchy(g, handle, info):
    value = g.password()
    own = {"HierarchyChangeAuth": ((handle,), 1, (b2(value),), ("auth", handle, value)), "SetPrimaryPolicy": ((handle,), 1, (b2(), u16(NULL)), ())}
    if handle == LOCKOUT:
        return own | {"DictionaryAttackLockReset": ((handle,), 1, (), ()), "ClearControl": ((handle,), 1, (u8(g.pick((0, 1))),), ()),
                      "DictionaryAttackParameters": ((handle,), 1, (u32(32), u32(1000), u32(1000)), ())}
    if handle in (OWNER, PLATFORM):
        own["ClockRateAdjust"] = ((handle,), 1, (u8(0),), ())
        own["NV_GlobalWriteLock"] = ((handle,), 1, (), ())
    return own


def use(g):
    """A command that a policy authorizes."""
    if not g.model.policies:
        return None
    entity = g.pick(g.model.policies)
    rule, info = g.model.policies[entity], g.info(entity)
    if isinstance(entity, Ref) and entity not in g.model.objects or entity in POLICY_INDICES and entity not in g.model.indices:
        return None
    script = Script(g)
    symmetric = policy.symmetric_definition(g) if g.chance(0.4) else u16(NULL)
    session, known = script.session(1, rule.hash, symmetric)
    chosen = g.random.randrange(len(rule.branches))
    state = dict(keyed=known["keyed"])
    for part in rule.branches[chosen]:
        if g.chance(0.985):
            part.make(script, session, False, entity)
        state.update(part.state)
    if len(rule.branches) > 1:
        either(script, session, rule.digests)
    if g.chance(0.05):
        script.add(g.pick(("PolicyAuthValue", "PolicyPassword", "PolicyRestart", "PolicyGetDigest")), (session,))
    commands = (for_index if entity in g.model.indices else for_object if isinstance(entity, Ref) else for_hierarchy)(g, entity, info)
    final(g, script, entity, session, commands, state, symmetric)
    return script.steps


def final(g, script, entity, session, commands, state, symmetric):
    auth = g.policy_auth(session, g.value(entity), state, int.from_bytes(symmetric[:2], "big"))
    names = [name for name in commands if CODES[name] == state.get("code")] if g.chance(0.93) else []
    name = g.pick(names or list(commands))
    fixed = state.get("command")
    if fixed and g.chance(0.93):
        name, value = fixed
        if name == "CreatePrimary":
            script.room_for_object()
            script.add(name, (entity,), 1, (b2(b2() + b2()), b2(value), b2(), u32(0)), ("object", dict(kind="hmac", auth=b"", hash=SHA256, attributes=0x40472)), first=[auth])
        elif name == "Duplicate":
            script.add(name, (entity, value), 1, (b2(), u16(NULL)), first=[auth])
        else:
            script.add(name, (entity,), 1, (value,), first=[auth])
        return
    if name == "PolicySecret":
        script.room_for_session()
        other, _ = script.session(3, SHA256)
        script.add("PolicySecret", (entity, other), 1, (b2(), b2(), b2(), u32(0)), first=[auth])
        script.add("FlushContext", (), 0, (other,), ("gone", other))
        return
    handles, count, params, effect = commands[name]
    script.add(name, handles, count, params, effect, first=[auth])


def many_sessions(g):
    """More sessions than can be loaded, or even saved."""
    script = Script(g)
    for session in list(g.model.sessions):
        script.add("FlushContext", (), 0, (session,), ("gone", session))
        del g.model.sessions[session]
    if g.chance(0.85):
        for _ in range(5):
            script.take(policy.start_step(g, g.pick((0, 1, 3)), SHA256, u16(NULL), True))
        return script.steps
    for _ in range(66):
        step = policy.start_step(g, 0, SHA256, u16(NULL), True)
        session = Ref(script.take(step), "handle")
        script.add("ContextSave", (session,), 0, (), ("context", session, ("session", step.effect[1])))
    script.add("GetCapability", (), 0, (u32(1), u32(0x03000000), u32(100)))
    return script.steps


OPERATIONS = [(2, index_with_policy), (2, object_with_policy), (1.2, hierarchy_with_policy), (7, use), (0.15, many_sessions)]
