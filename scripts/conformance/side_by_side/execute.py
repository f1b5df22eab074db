"""Runs a sequence on both TPMs and compares: `Run.step` returns the lines that say what differed."""
import hashlib
from dataclasses import dataclass

import capabilities
import outputs
from auth import Session, trimmed
from peers import Ended
from step import Ref, World, mutate
from wire import LOCKOUT, NAMES, RH_NULL, b2, u32

AUDIT, DECRYPT, ENCRYPT = 0x80, 0x20, 0x40
RETRY = 0x922
# In place of the answer of a TPM that has ended; nobody knows its state then.
ENDED = bytes(6) + b"\xff\xff\xff\xff"


@dataclass
class Rendered:
    """A step as one TPM gets it."""
    command: bytes
    plain: bytes
    """What of the command says whether both get the same: the parameters, not encrypted."""
    params: list
    live: list
    """By authorization, its Session."""


class Run:
    def __init__(self, pair):
        self.pair = pair
        self.worlds = []
        self.worlds += [World(lambda side=side: pair.both[side], self.worlds) for side in (0, 1)]
        # The seed of the null hierarchy is random at each start.
        self.tainted = {RH_NULL}
        # What was made last at a handle: damaged commands may have ended what the sequence has put there.
        self.occupants = {}
        self.sent = [b"", b""]
        self.received = [b"", b""]
        self.proofs = {True: 0, False: 0}

    def step(self, step):
        """Sends one step to both; sets `codes`."""
        if step.power:
            for peer in self.pair.both:
                peer.power_cycle()
        for signal in step.signals:
            for peer in self.pair.both:
                peer.signal(*signal)
        rendered = [self.render(step, side) for side in (0, 1)]
        tainted = self.inputs_differ(step, rendered)
        # The same damage makes sense only to commands of the same form; contexts, for one, are not.
        mutations = step.mutations if len(rendered[0].command) == len(rendered[1].command) else ()
        if rendered[0].command != rendered[1].command:
            # A byte may have the new value in one of them already.
            mutations = tuple(("flip" if kind == "byte" else kind, where, value) for kind, where, value in mutations)
        for side in (0, 1):
            self.sent[side] = mutate(rendered[side].command, mutations)
            self.received[side] = self.answer(side)
            if side == 0 and self.code(0) == RETRY:
                self.received[0] = self.answer(0)
        for signal in step.signals:
            if signal[0] == "locality":
                for peer in self.pair.both:
                    peer.signal("locality", 0)
        # Damage may have made the handle of another object.
        handles_end = 10 + 4 * len(step.handles)
        tainted = tainted or self.sent[0][10:handles_end] != rendered[0].command[10:handles_end]
        self.codes = [self.code(0), self.code(1)]
        if step.mutations and self.sent[0][6:10] != u32(step.code):
            name, plain = f"code {self.sent[0][6:10].hex()}", False
        else:
            name, plain = step.name, True
        if self.received[0] is ENDED:
            return [f"{name} ended swtpm=ended vtpmd=0x{self.codes[1]:03x}{self.shown()}"]
        if self.codes[0] != self.codes[1]:
            return [f"{name} code swtpm=0x{self.codes[0]:03x} vtpmd=0x{self.codes[1]:03x}{self.shown()}"]
        if self.codes[0] != 0:
            return []
        return [line + self.shown() for line in self.compare(step, name, rendered, tainted, plain)]

    def answer(self, side):
        try:
            return self.pair.both[side].execute(self.sent[side])
        except Ended:
            if side:
                raise
            self.pair.replace_swtpm()
            return ENDED

    def shown(self):
        return f" command={self.sent[0].hex()}"

    def code(self, side):
        return int.from_bytes(self.received[side][6:10], "big")

    def inputs_differ(self, step, rendered):
        return rendered[0].plain != rendered[1].plain or any(
            item in self.tainted or self.occupant(item) in self.tainted or isinstance(item, int) and self.names_tainted(item)
            for item in list(step.handles) + [auth.session for auth in step.auths])

    def occupant(self, item):
        return self.occupants.get(self.worlds[0].bytes_of(item, True)) if isinstance(item, Ref) else None

    def names_tainted(self, handle):
        """Whether something has been there that is not the same in both."""
        return any(isinstance(item, Ref) and self.worlds[0].answers.get(item.step, {}).get(item.field) == u32(handle) for item in self.tainted)

    def render(self, step, side):
        """The command for one TPM, what of it is compared, and the sessions' parts needed for the response."""
        world = self.worlds[side]
        handles = [world.bytes_of(handle, True) for handle in step.handles]
        params = [world.bytes_of(part) for part in step.params]
        parameters = plain = b"".join(params)
        if not step.auths:
            body = b"".join(handles) + parameters
            return Rendered(b"\x80\x01" + u32(10 + len(body)) + u32(step.code) + body, plain, params, [])
        names = [world.name(handle) for handle in step.handles] if any(a.hmac for a in step.auths) else []
        live = [world.sessions.get(auth.session) if isinstance(auth.session, Ref) else None for auth in step.auths]
        both = list(zip(step.auths, live))
        for index, (auth, session) in enumerate(both):
            if session:
                session.nonce_caller = hashlib.sha512(u32(step.number) + bytes([index])).digest()[:auth.nonce]
        for auth, session in both:
            if session and auth.attributes & DECRYPT and len(parameters) >= 2:
                size = int.from_bytes(parameters[:2], "big")
                parameters = (parameters[:2] + session.encrypt(trimmed(auth.value), parameters[2:2 + size])
                              + parameters[2 + size:])
                break
        # The nonces of other sessions that decrypt or encrypt are in the first HMAC (Part 1, 19.6.3), if it authorizes.
        extra = b"".join(s.nonce_tpm for a, s in both[1:] if s and a.attributes & DECRYPT)
        extra += b"".join(s.nonce_tpm for a, s in both[1:] if s and a.attributes & ENCRYPT and not a.attributes & DECRYPT)
        area = b""
        for index, (auth, session) in enumerate(both):
            proof = auth.value if auth.included else b""
            if session and auth.hmac:
                proof = session.command_hmac(trimmed(auth.value) if auth.included else b"", step.code, names, parameters,
                                             auth.attributes, extra if index == 0 and step.authorized else b"")
            area += (world.bytes_of(auth.session, True) + b2(session.nonce_caller if session else b"")
                     + bytes([auth.attributes]) + b2(proof))
        body = b"".join(handles) + u32(len(area)) + area + parameters
        return Rendered(b"\x80\x02" + u32(10 + len(body)) + u32(step.code) + body, plain, params, live)

    def compare(self, step, name, rendered, tainted, plain):
        parsed, lines = [], []
        for side in (0, 1):
            try:
                parsed.append(self.split(step, side, rendered[side].live, plain))
            except outputs.Malformed as problem:
                return [f"{name} {self.pair.both[side].name} response malformed: {problem}"]
        for fields in parsed:
            if "ticket" in fields and int.from_bytes(fields["ticket"][0][2:6], "big") in self.tainted:
                # The proof of the hierarchy is another since it was cleared.
                fields["ticket"] = (fields["ticket"][0], "~")
        fields, others = parsed[1], parsed[0]
        if step.name == "GetCapability":
            lines = capabilities.differences(others["all"][0], fields["all"][0])
        else:
            lines = outputs.differences(name, fields, others, tainted, step.random)
            if 0x40000001 in self.tainted:
                # The proofs of the hierarchies are not the same any more.
                lines = [line for line in lines if not line.startswith(f"{name} ticket ")]
        if plain and not step.mutations:
            self.remember(step, parsed, tainted, rendered)
        return lines

    def split(self, step, side, live, plain):
        data, fields, at = self.received[side], {}, 10
        code = int.from_bytes(self.sent[side][6:10], "big")
        if code in outputs.RETURNS_HANDLE:
            handle, at = outputs.take(data, at, 4)
            fields["handle"] = (handle, "=")
        if data[:2] == b"\x80\x02":
            size, at = outputs.take(data, at, 4)
            parameters, at = outputs.take(data, at, int.from_bytes(size, "big"))
            parameters = self.sessions(step, side, live, code, parameters, data[at:], fields)
        else:
            parameters = data[at:]
        if not plain or code not in NAMES:
            fields["all"] = (parameters, "?")
            return fields
        fields.update(outputs.parse(step.name, parameters))
        return fields

    def sessions(self, step, side, live, code, parameters, area, fields):
        """Checks the authorization area of a response; returns the parameters in plain."""
        at, plain = 0, parameters
        for index, session in enumerate(live):
            nonce, at = outputs.sized(area, at)
            attributes, at = outputs.take(area, at, 1)
            proof, at = outputs.sized(area, at)
            auth = step.auths[index]
            fields[f"session{index}"] = (attributes, "=")
            fields[f"nonce{index}"] = (nonce, "~")
            fields[f"hmac{index}"] = (proof, "~")
            if not session:
                continue
            session.nonce_tpm = nonce[2:]
            value = trimmed(value_after(step, index))
            if auth.hmac and not step.mutations:
                right = proof[2:] == session.response_hmac(value if auth.included else b"", code, parameters, attributes[0])
                self.proofs[right] += 1
                fields[f"hmacRight{index}"] = (bytes([right]), "=")
            if auth.attributes & ENCRYPT and len(parameters) >= 2:
                size = int.from_bytes(parameters[:2], "big")
                plain = parameters[:2] + session.decrypt(value, parameters[2:2 + size]) + parameters[2 + size:]
            if not attributes[0] & 1:
                self.worlds[side].sessions.pop(auth.session, None)
        return plain

    def remember(self, step, parsed, tainted, rendered):
        made = Ref(step.number, "handle")
        for world, fields in zip(self.worlds, parsed):
            world.answers[step.number] = {title: value for title, (value, _) in fields.items()}
            if step.session:
                algorithm, nonce, secret, symmetric = step.session
                world.sessions[made] = Session(algorithm, nonce, fields["nonceTPM"][0][2:],
                                               None if secret is None else world.bytes_of(secret), symmetric)
            if "handle" in fields:
                self.occupants[self.worlds[0].bytes_of(made, True)] = made
            if "name" in fields and "handle" in fields:
                world.names[made] = fields["name"][0][2:]
        self.taint(step, parsed, tainted, made, rendered)

    def taint(self, step, parsed, tainted, made, rendered):
        """Notes what is different in the two TPMs from here on, since what it was made of was."""
        if step.random or tainted and "handle" in parsed[0]:
            self.tainted.add(made)
        if step.name == "ContextSave" and step.handles[0] in self.tainted:
            self.tainted.add(Ref(step.number, "context"))
        if step.name == "ContextLoad" and step.params[0] not in self.tainted:
            self.tainted.discard(made)
        if step.name == "StartAuthSession":
            self.tainted.discard(made)
        if step.name in ("Clear", "ChangeEPS", "ChangePPS"):
            self.tainted.update((0x40000001, 0x4000000B, 0x4000000C))
        if step.name.startswith("Policy"):
            self.taint_policy(step, rendered)
        if tainted and step.name in ("SequenceUpdate", "NV_Write", "NV_Extend"):
            self.tainted.update(step.handles)
        if step.name == "NV_DefineSpace":
            (self.tainted.add if tainted else self.tainted.discard)(step.effect[1])
        if tainted:
            self.tainted.update(a.session for a in step.auths if a.attributes & AUDIT and isinstance(a.session, Ref))
        if step.name == "EvictControl" and isinstance(step.handles[1], Ref):
            (self.tainted.add if step.handles[1] in self.tainted else self.tainted.discard)(step.effect[1])

    def taint_policy(self, step, rendered):
        """policyDigest is different where what goes into it is."""
        session = step.handles[-1]
        if step.name in ("PolicyGetDigest", "PolicyPassword", "PolicyAuthValue"):
            return
        counted = {"PolicySigned": (2,), "PolicySecret": (2,), "PolicyTicket": (2, 3), "PolicyAuthorize": (1, 2)}.get(
            step.name, range(len(step.params)))
        differ = any(rendered[0].params[i] != rendered[1].params[i] for i in counted if i < len(step.params))
        if step.name in ("PolicyRestart", "PolicyAuthorize", "PolicyAuthorizeNV"):
            # These begin anew.
            self.tainted.discard(session)
        if differ or any(handle in self.tainted for handle in step.handles[:-1]):
            self.tainted.add(session)


def value_after(step, index):
    """The authorization value that the response to a command goes by: the one that it has set (Part 1, 19.6.5)."""
    auth = step.auths[index]
    if index:
        return auth.value
    if step.effect[:1] == ("auth",):
        return step.effect[-1]
    if step.name == "NV_UndefineSpaceSpecial" or step.name == "Clear" and step.handles[0] == LOCKOUT:
        return b""
    return auth.value


def start(pair):
    """Both TPMs in the first state, and powered on."""
    pair.reset()
    return Run(pair)
