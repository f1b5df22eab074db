"""Chooses the next step at random, from what the TPMs hold so far by their answers."""
import random
import types
from dataclasses import replace

import asymmetric
import attestation
import authorize
import duplication
import external
import keys
import nonvolatile
import parameters
import platform_commands
import policy
import signing
import symmetric
from step import Auth, Computed, Ref, Step
from wire import ENDORSEMENT, LOCKOUT, NULL, OWNER, PASSWORD, PLATFORM, RH_NULL

OPERATIONS = [operation for chapter in (
    keys, external, duplication, asymmetric, symmetric, signing, attestation, parameters, nonvolatile, platform_commands, policy, authorize)
    for operation in chapter.OPERATIONS]
ADMIN_WITH_POLICY = 0x80
# sessionAttributes of HMAC sessions: continueSession, auditExclusive 2, auditReset 4, decrypt 0x20, encrypt 0x40, audit 0x80.
PLAIN_USES = (1, 1, 1, 1, 0, 0x81, 0x81, 0x83, 0x85, 0x87, 0x80, 3, 5, 0x11, 9)
CIPHER_USES = (0x21, 0x21, 0x41, 0x41, 0x61, 0x61, 0x20, 0x60, 0xA1, 0xC1, 0xE1, 0xE3, 0xE5)
WRONG_HANDLES = (OWNER, RH_NULL, LOCKOUT, ENDORSEMENT, PLATFORM, PASSWORD, 0, 16, 24, 0x80000000, 0x80000001, 0x80000005,
                 0x80FFFFFF, 0x81000001, 0x81FFFFFF, 0x02000000, 0x03000000, 0x0200003F, 0x02000040, 0x01000001, 0x01FFFFFF,
                 0x40000000, 0x40000110, 0x40000120, 0x4000000D, 0x90000000, 0xFFFFFFFF)
NO_SESSIONS = ("Startup", "ContextSave", "ContextLoad", "FlushContext")
SESSION_MEMORY, OBJECT_MEMORY = 0x903, 0x902


class Unfit(Exception):
    """An operation has nothing to work on."""


class Model:
    """What both TPMs are known to hold; keys are the handles that steps refer to."""

    def __init__(self):
        self.objects, self.sessions, self.indices, self.sequences = {}, {}, {}, {}
        self.blobs, self.contexts, self.tickets = [], [], []
        self.done = -1
        self.hierarchy_auth = {OWNER: b"", ENDORSEMENT: b"", LOCKOUT: b"", PLATFORM: b""}
        self.persistent = {}
        self.policies = {}
        """By handle, the `authorize.Policy` that an entity was given."""

    def learn(self, step):
        """What a step that both TPMs answered with success has changed."""
        made = Ref(step.number, "handle")
        self.done = step.number
        kind, *rest = step.effect or ("",)
        if kind == "object":
            self.objects[made] = {"name": Ref(step.number, "name"), "public": Ref(step.number, "public"), **rest[0]}
            if step.name == "CreatePrimary":
                self.objects[made]["creation"] = creation_of(step)
            if step.name == "CreateLoaded":
                self.keep_blob(step, rest[0], step.handles[0], Ref(step.number, "public"))
        elif kind in ("sequence", "session"):
            getattr(self, kind + "s")[made] = rest[0]
        elif kind == "index":
            self.indices[rest[0]] = rest[1]
            self.policies.pop(rest[0], None)
        elif kind == "blob":
            info = dict(rest[0], creation=creation_of(step)) if step.name == "Create" else rest[0]
            self.keep_blob(step, info, rest[1], rest[2] if len(rest) > 2 else Ref(step.number, "public"))
        elif kind == "context":
            self.contexts.append((step.number, rest[0], rest[1]))
            if isinstance(rest[0], Ref) and rest[0] in self.sessions:
                del self.sessions[rest[0]]
        elif kind == "restored":
            reference, what = rest
            if what[0] == "session":
                self.sessions[reference] = what[1]
            else:
                getattr(self, what[0] + "s")[made] = what[1]
        elif kind == "gone":
            for group in (self.objects, self.sessions, self.indices, self.sequences, self.persistent):
                group.pop(rest[0], None)
            self.policies.pop(rest[0], None)
        elif kind == "auth":
            target, value = rest
            if target in self.hierarchy_auth:
                self.hierarchy_auth[target] = value
            elif target in self.indices:
                self.indices[target] = dict(self.indices[target], auth=value)
        elif kind == "persist":
            self.persistent[rest[0]] = rest[1]
        elif kind == "cleared":
            for group in (self.objects, self.sequences, self.persistent):
                group.clear()
            self.indices = {handle: index for handle, index in self.indices.items() if index["platform"]}
            for hierarchy in (OWNER, ENDORSEMENT, LOCKOUT):
                self.hierarchy_auth[hierarchy] = b""
                self.policies.pop(hierarchy, None)
        elif kind == "started":
            self.objects.clear(), self.sessions.clear(), self.sequences.clear()
            if rest != [1]:
                self.hierarchy_auth[PLATFORM] = b""
                self.policies.pop(PLATFORM, None)
        elif kind == "session_state" and rest[0] in self.sessions:
            self.sessions[rest[0]] = dict(self.sessions[rest[0]], **rest[1])
        if step.policy:
            self.policies[made if kind == "object" else step.policy[0]] = step.policy[1]
        if step.name in ("NV_Write", "NV_Increment", "NV_SetBits", "NV_Extend", "NV_WriteLock", "NV_ReadLock"):
            index = self.indices.get(step.handles[1])
            if index:
                self.indices[step.handles[1]] = dict(index, named=index.get("named", ()) + (step.name,) * (
                    step.name not in index.get("named", ())))
        for auth in step.auths:
            if isinstance(auth.session, Ref) and not auth.attributes & 1:
                self.sessions.pop(auth.session, None)
            elif auth.session in self.sessions and self.sessions[auth.session]["type"] == 1:
                self.sessions[auth.session] = dict(self.sessions[auth.session], value=False, password=False)
            elif auth.session in self.sessions and auth.attributes & 0x80:
                self.sessions[auth.session] = dict(self.sessions[auth.session], bound=None, audits=True)


    def keep_blob(self, step, info, parent, public):
        self.blobs.append(dict(private=Ref(step.number, "private"), public=public, info=info, parent=parent))
        del self.blobs[:-12]


def creation_of(step):
    """creationHash and creationTicket."""
    return Ref(step.number, "creationHash"), Ref(step.number, "ticket")


class Generator:
    """`tainted` are the handles of what is not the same in the two TPMs; `full` is set for the profiles with all algorithms of libtpms.

    An operation gives a step, a list of them, None when it has nothing to do; or it is a Python generator that yields steps,
    and is told for each its number, or None where it had no success.
    """

    def __init__(self, seed, profile="default"):
        self.random = random.Random(seed)
        self.model = Model()
        self.count = 0
        self.weights = [weight for weight, _ in OPERATIONS]
        self.full = profile != "default"
        self.tainted = set()
        self.running = None
        self.audits = False
        """Whether commands may have been chosen to be audited."""
        self.pending = [Step(0, "Startup", params=(b"\0\0",), effect=("started",))]

    def chance(self, part):
        return self.random.random() < part

    def pick(self, items, default=None):
        items = list(items)
        return self.random.choice(items) if items else default

    def data(self, *sizes):
        size = self.pick(sizes or (0, 1, 16, 20, 32, 48, 64, 100))
        return self.random.randbytes(size)

    def password(self):
        return self.pick((b"", b"", b"a", b"secret", b"0123456789abcdef", b"x\0", bytes(32), b"y" * 32))

    def object(self, *kinds, public=False):
        """A loaded or persistent object of one of these kinds (seldom of another), or a handle that is wrong.

        `public` says that the public part is enough.
        """
        every = {**self.model.objects, **self.model.persistent}
        fit = [handle for handle, info in every.items()
               if (info["kind"] in kinds or not kinds) and (public or not info.get("public_only") or self.chance(0.05))]
        if self.chance(0.04):
            return self.pick(WRONG_HANDLES)
        if not fit:
            self.unless_rare()
        if self.chance(0.05) or not fit:
            return self.pick(every, self.pick(WRONG_HANDLES))
        return self.pick(fit)

    def unless_rare(self):
        """What an operation needs is not there: seldom go on without it."""
        if self.chance(0.99):
            raise Unfit

    def info(self, handle):
        model = self.model
        return (model.objects.get(handle) or model.persistent.get(handle) or model.indices.get(handle)
                or model.sequences.get(handle) or {})

    def value(self, handle):
        """The authorization value of an entity, seldom a wrong one."""
        if self.chance(0.015):
            return b"wrong"
        return self.model.hierarchy_auth.get(handle, self.info(handle).get("auth", b""))

    def binding(self, handle):
        """What a session that is bound to an entity stays bound to: its handle, authorization value and what is in its Name."""
        return handle, self.model.hierarchy_auth.get(handle, self.info(handle).get("auth", b"")).rstrip(b"\0"), self.info(handle).get("named")

    def nonce_size(self):
        return 16 if self.chance(0.85) else self.pick((0, 1, 20, 32, 48, 64, 64, 65))

    def auth(self, handle, policy_wanted=False):
        value = self.value(handle)
        sessions = self.model.sessions
        policies = [s for s, info in sessions.items() if info["type"] == 1]
        hmacs = [s for s, info in sessions.items() if info["type"] == 0]
        policy_wanted = policy_wanted and self.info(handle).get("attributes", ADMIN_WITH_POLICY) & ADMIN_WITH_POLICY
        if policies and self.chance(0.5 if policy_wanted else 0.04):
            return self.policy_auth(self.pick(policies), value)
        if hmacs and self.chance(0.35):
            return self.hmac_auth(self.pick(hmacs), handle, value)
        return Auth(PASSWORD, value, 1 if self.chance(0.985) else self.pick((0, 3, 0x20, 0x81, 0x40, 0xFF)))

    def sequence(self):
        return self.pick(self.model.sequences) if self.model.sequences and self.chance(0.95) else self.object()

    def side(self, *handles):
        """The TPM whose answer both get, or None for each its own, which it has to be where an object is not the same in both."""
        if any(handle in self.tainted for handle in handles):
            return None
        return self.pick((None, 0, 1))

    def made_by(self, side, part):
        """A part of a command as one TPM answered it."""
        if isinstance(part, Ref):
            return Ref(part.step, part.field, side) if part.side is None else part
        if isinstance(part, Computed):
            return Computed(part.function, tuple(self.made_by(side, inner) for inner in part.parts))
        return part

    def attributes(self, session):
        symmetric = self.model.sessions.get(session, {}).get("sym", NULL)
        if self.chance(0.45 if symmetric != NULL else 0.03):
            return self.pick(CIPHER_USES)
        return self.pick(PLAIN_USES)

    def hmac_auth(self, session, handle, value):
        return Auth(session, value, self.attributes(session), True,
                    self.model.sessions[session].get("bound") != self.binding(handle), self.nonce_size())

    def policy_auth(self, session, value, state=None, symmetric=NULL):
        """`state` says how the authorization value takes part; the default is what is known of the session."""
        state = state or self.model.sessions.get(session, {})
        attributes = self.pick((1, 1, 1, 0)) if self.chance(0.95) else self.pick((0x81, 3, 5, 9))
        if self.chance(0.5 if symmetric != NULL else 0.02):
            attributes |= self.pick((0x20, 0x40, 0x60))
        if state.get("password"):
            return Auth(session, value, attributes, False, True, self.nonce_size())
        needed = bool(state.get("value"))
        return Auth(session, value, attributes, needed or state.get("keyed", False) or self.chance(0.2), needed, self.nonce_size())

    def step(self, name, handles=(), auth=0, params=(), effect=(), session=(), admin=False, auths=None, random=False, first=None):
        """A command whose first `auth` handles need authorization, unless `auths` says with what, or `first` for the first ones."""
        # A new object has a seed of its own.
        random = random or name == "Create"
        if auths is not None:
            return Step(self.count, name, tuple(handles), tuple(auths), tuple(params), tuple(effect), (), tuple(session), random=random,
                        authorized=auth)
        auths = []
        for index, handle in enumerate(handles[:auth]):
            entry = first[index] if first and index < len(first) else self.auth(handle, admin)
            if any(entry.session == other.session != PASSWORD for other in auths) and self.chance(0.95):
                entry = Auth(PASSWORD, self.value(handle))
            auths.append(entry)
        if auth and self.chance(0.01):
            auths = auths[:-1]
        extras = 0.002 if name in NO_SESSIONS else 0.05
        while len(auths) < 3 and self.chance(extras):
            usable = [s for s, info in self.model.sessions.items() if info["type"] == 0 or self.chance(0.05)]
            extra = self.pick([s for s in usable if s not in [a.session for a in auths]])
            if extra is None:
                break
            uses = (0x81, 0x80, 0x83, 1) if self.model.sessions[extra]["sym"] == NULL else (0x81, 0x21, 0x41, 0x61, 0x20, 0xE1, 0xA1)
            auths.append(Auth(extra, b"", self.pick(uses), True, False, self.nonce_size()))
        made = Step(self.count, name, tuple(handles), tuple(auths), tuple(params), tuple(effect), (), tuple(session), random=random, authorized=auth)
        if self.chance(0.01):
            made = replace(made, signals=(("locality", self.pick((1, 2, 3, 4))),))
        return made

    def next(self):
        if self.pending:
            step = self.number(self.pending.pop(0))
            return self.damaged(step) if self.chance(0.2) else step
        step = self.resumed()
        while step is None:
            _, operation = self.random.choices(OPERATIONS, self.weights)[0]
            try:
                step = operation(self)
            except Unfit:
                step = None
            if isinstance(step, types.GeneratorType):
                self.running, step = step, None
                step = self.resumed(first=True)
        if isinstance(step, list):
            self.pending = step[1:]
            step = step[0]
        return self.damaged(self.number(step))

    def resumed(self, first=False):
        """The next step of the operation that is running."""
        if self.running is None:
            return None
        done = self.count - 1 if self.model.done == self.count - 1 else None
        try:
            return self.running.send(None if first else done)
        except (StopIteration, Unfit):
            self.running = None
            return None

    def failed(self, step, code):
        """What follows on a step that both TPMs refused: what fills a table that is full goes, and a script mostly ends."""
        if code == SESSION_MEMORY and self.chance(0.9):
            handles = list(self.model.sessions) + [0x02000000 + i for i in range(4)]
            self.model.sessions.clear()
        elif code == OBJECT_MEMORY and self.chance(0.9):
            handles = [0x80000000 + i for i in range(3)]
            self.model.objects.clear(), self.model.sequences.clear()
        else:
            if self.pending and step.name in ("StartAuthSession", "CreatePrimary", "NV_DefineSpace") and self.chance(0.9):
                self.pending.clear()
            return
        self.running = None
        self.pending = [Step(0, "FlushContext", (), (), (keys.handle_part(handle),)) for handle in handles]

    def number(self, step):
        self.count += 1
        return replace(step, number=self.count - 1)

    def damaged(self, step):
        if step.power or step.signals or step.exact or step.name in ("Startup", "Shutdown") or not self.chance(0.1):
            return step
        kind = self.random.choices(("flip", "byte", "cut", "append", "insert"), (6, 3, 3, 1, 1))[0]
        where = self.random.randrange(65536)
        if kind in ("flip", "byte") and self.chance(0.8):
            where = self.random.randrange(12000, 65536)
        return step.mutated((kind, where, self.random.choice((0, 1, 2, 7, 8, 16, 32, 127, 128, 255))))
