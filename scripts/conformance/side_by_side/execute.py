"""Runs a sequence on both TPMs and compares: `Run.step` returns the lines that say what differed."""
import hashlib

import capabilities
import outputs
from auth import Session, obfuscate, trimmed
from peers import Ended
from step import Ref, World, mutate
from wire import NAMES, RH_NULL, b2, u32

DECRYPT, ENCRYPT = 0x20, 0x40
RETRY = 0x922
# In place of the answer of a TPM that has ended; nobody knows its state then.
ENDED = bytes(6) + b"\xff\xff\xff\xff"


class Run:
    def __init__(self, pair):
        self.pair = pair
        self.worlds = []
        self.worlds += [World(self.worlds), World(self.worlds)]
        # The seed of the null hierarchy is random at each start.
        self.tainted = {RH_NULL}
        self.sent = [b"", b""]
        self.received = [b"", b""]

    def step(self, step):
        """Sends one step to both; sets `codes`."""
        if step.power:
            for peer in self.pair.both:
                peer.power_cycle()
        rendered = [self.render(step, side) for side in (0, 1)]
        self.retried = False
        tainted = self.inputs_differ(step, rendered)
        # The same damage makes sense only to commands of the same form; contexts, for one, are not.
        mutations = step.mutations if len(rendered[0][0]) == len(rendered[1][0]) else ()
        if rendered[0][0] != rendered[1][0]:
            # A byte may have the new value in one of them already.
            mutations = tuple(("flip" if kind == "byte" else kind, where, value) for kind, where, value in mutations)
        for side in (0, 1):
            self.sent[side] = mutate(rendered[side][0], mutations)
            try:
                self.received[side] = self.pair.both[side].execute(self.sent[side])
            except Ended:
                if side:
                    raise
                self.pair.replace_swtpm()
                self.received[side] = ENDED
            if side == 0 and self.code(0) == RETRY:
                self.retried = True
                self.received[0] = self.pair.both[0].execute(self.sent[0])
        # Damage may have made the handle of another object.
        handles_end = 10 + 4 * len(step.handles)
        tainted = tainted or self.sent[0][10:handles_end] != rendered[0][0][10:handles_end]
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

    def shown(self):
        return f" command={self.sent[0].hex()}"

    def code(self, side):
        return int.from_bytes(self.received[side][6:10], "big")

    def inputs_differ(self, step, rendered):
        return rendered[0][1] != rendered[1][1] or any(
            item in self.tainted or isinstance(item, int) and self.names_tainted(item)
            for item in list(step.handles) + [auth.session for auth in step.auths])

    def names_tainted(self, handle):
        """Whether something has been there that is not the same in both."""
        return any(isinstance(item, Ref) and self.worlds[0].answers.get(item.step, {}).get(item.field) == u32(handle) for item in self.tainted)

    def render(self, step, side):
        """The command for one TPM, what of it is compared, and the sessions' parts needed for the response."""
        world = self.worlds[side]
        handles = [world.bytes_of(handle, True) for handle in step.handles]
        parameters = plain = b"".join(world.bytes_of(part) for part in step.params)
        if not step.auths:
            body = b"".join(handles) + parameters
            return b"\x80\x01" + u32(10 + len(body)) + u32(step.code) + body, plain, []
        names = [self.entity_name(side, handle) for handle in handles] if any(a.hmac for a in step.auths) else []
        live = [world.sessions.get(auth.session) if isinstance(auth.session, Ref) else None for auth in step.auths]
        for index, (auth, session) in enumerate(zip(step.auths, live)):
            if session:
                session.nonce_caller = hashlib.sha256(u32(step.number) + bytes([index])).digest()[:16]
        for auth, session in zip(step.auths, live):
            if session and auth.attributes & DECRYPT and len(parameters) >= 2:
                size = int.from_bytes(parameters[:2], "big")
                parameters = parameters[:2] + obfuscate(
                    session.algorithm, session.key + trimmed(auth.value), session.nonce_caller, session.nonce_tpm,
                    parameters[2:2 + size]) + parameters[2 + size:]
        extra = b"".join(s.nonce_tpm for a, s in list(zip(step.auths, live))[1:] if s and a.attributes & DECRYPT)
        extra += b"".join(s.nonce_tpm for a, s in list(zip(step.auths, live))[1:]
                          if s and a.attributes & ENCRYPT and not a.attributes & DECRYPT)
        area = b""
        for index, (auth, session) in enumerate(zip(step.auths, live)):
            proof = auth.value
            if session and auth.hmac:
                proof = session.command_hmac(trimmed(auth.value), step.code, names, parameters, auth.attributes,
                                             extra if index == 0 else b"")
            area += (world.bytes_of(auth.session, True) + b2(session.nonce_caller if session else b"")
                     + bytes([auth.attributes]) + b2(proof))
        body = b"".join(handles) + u32(len(area)) + area + parameters
        return b"\x80\x02" + u32(10 + len(body)) + u32(step.code) + body, plain, live

    def entity_name(self, side, handle):
        command = {0x01: 0x169, 0x80: 0x173, 0x81: 0x173}.get(handle[0])
        if command is None:
            return handle
        answer = self.pair.both[side].execute(b"\x80\x01" + u32(14) + u32(command) + handle)
        if answer[6:10] != bytes(4):
            return b""
        _, at = outputs.sized(answer, 10)
        return outputs.sized(answer, at)[0][2:]

    def compare(self, step, name, rendered, tainted, plain):
        parsed, lines = [], []
        for side in (0, 1):
            try:
                parsed.append(self.split(step, side, rendered[side][2], plain))
            except outputs.Malformed as problem:
                return [f"{name} {self.pair.both[side].name} response malformed: {problem}"]
        fields, others = parsed[1], parsed[0]
        if step.name == "GetCapability":
            lines = capabilities.differences(others["all"][0], fields["all"][0])
        else:
            lines = outputs.differences(name, fields, others, tainted, step.random)
        if plain and not step.mutations:
            self.remember(step, parsed, tainted)
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
            value = trimmed(auth.value)
            if step.effect[:1] == ("auth",) and index == 0 and not session.key:
                value = trimmed(step.effect[-1])
            if auth.hmac and not step.mutations:
                right = proof[2:] == session.response_hmac(value, code, parameters, attributes[0])
                fields[f"hmacRight{index}"] = (bytes([right]), "=")
            if auth.attributes & ENCRYPT and len(parameters) >= 2:
                size = int.from_bytes(parameters[:2], "big")
                plain = parameters[:2] + obfuscate(session.algorithm, session.key + value, session.nonce_tpm,
                                                   session.nonce_caller, parameters[2:2 + size]) + parameters[2 + size:]
            if not attributes[0] & 1:
                self.worlds[side].sessions.pop(auth.session, None)
        return plain

    def remember(self, step, parsed, tainted):
        for world, fields in zip(self.worlds, parsed):
            world.answers[step.number] = {title: value for title, (value, _) in fields.items()}
            if step.session:
                algorithm, nonce, bind_auth = step.session
                world.sessions[Ref(step.number, "handle")] = Session(
                    algorithm, nonce, fields["nonceTPM"][0][2:], bind_auth)
        made = Ref(step.number, "handle")
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
        if tainted and step.name.startswith("Policy") or step.name in ("PolicySigned", "PolicyTicket"):
            self.tainted.update(h for h in step.handles if isinstance(h, Ref))
        if tainted and step.name in ("SequenceUpdate", "NV_Write", "NV_Extend"):
            self.tainted.update(step.handles)
        if tainted:
            self.tainted.update(a.session for a in step.auths if a.attributes & 0x80 and isinstance(a.session, Ref))
        if step.name == "EvictControl" and isinstance(step.handles[1], Ref):
            (self.tainted.add if step.handles[1] in self.tainted else self.tainted.discard)(step.effect[1])


def start(pair):
    """Both TPMs in the first state, and powered on."""
    pair.reset()
    return Run(pair)
