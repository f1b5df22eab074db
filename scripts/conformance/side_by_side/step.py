"""A step of a sequence: a command that is the same for both TPMs but for what each of them answered earlier."""
from dataclasses import dataclass, field, replace

from wire import CODES, PASSWORD, b2, u16, u32


@dataclass(frozen=True)
class Ref:
    """A field of the answer to an earlier step (`handle`, or a name of `outputs.SCHEMA`).

    Each TPM gets what it answered itself, or, with a side, both get what that one of them answered.
    """
    step: int
    field: str
    side: int | None = None


class NothingToCompute(Exception):
    """An answer is not what a caller can go on with."""


@dataclass(frozen=True)
class Computed:
    """What a caller computes from answers: `function` gets the bytes of each part. An empty TPM2B where one is missing."""
    function: object
    parts: tuple


@dataclass(frozen=True)
class Joined:
    """Parts one after another."""
    parts: tuple


@dataclass(frozen=True)
class Sized:
    """A TPM2B of parts one after another."""
    parts: tuple


@dataclass(frozen=True)
class Body:
    """The content of a TPM2B, without its size."""
    part: object


@dataclass(frozen=True)
class Seen:
    """Bytes that a function makes of the World of a TPM, the same each time."""
    function: object


@dataclass(frozen=True)
class Auth:
    """One entry of the authorization area.

    `value` is the authorization value that the caller uses. With `hmac` the proof is an HMAC, whose key has that value at its
    end if it is `included`; else the proof is the value itself, or empty if it is not `included`. `nonce` is the size of
    nonceCaller.
    """
    session: object = PASSWORD
    value: bytes = b""
    attributes: int = 1
    hmac: bool = False
    included: bool = True
    nonce: int = 16


@dataclass(frozen=True)
class Step:
    number: int
    name: str
    handles: tuple = ()
    auths: tuple = ()
    params: tuple = ()
    effect: tuple = ()
    mutations: tuple = ()
    session: tuple = ()
    power: bool = False
    # Whether what it makes is different in the two TPMs by nature.
    random: bool = False
    policy: tuple = ()
    """(entity, `authorize.Policy`) that the command gives to an entity; the entity is None for the object that it makes."""
    authorized: int = 0
    """How many handles, from the first on, need authorization."""
    exact: bool = False
    """Never damaged."""
    signals: tuple = ()
    """What the platform does before the command: ("locality", number) for this command alone, ("hash", data ...) for
    _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End, ("hash_open", data ...) for the same without its end."""

    @property
    def code(self):
        return CODES[self.name]

    def refs(self):
        items = list(self.handles) + list(self.params) + [auth.session for auth in self.auths]
        return [item for item in items if isinstance(item, Ref)]

    def mutated(self, *mutations):
        return replace(self, mutations=self.mutations + mutations)


@dataclass
class World:
    """What one TPM answered: by step and field. `both` are the worlds of the two TPMs, `peer` gives the TPM."""
    peer: object
    both: list = field(default_factory=list, repr=False)
    answers: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)

    def bytes_of(self, item, is_handle=False):
        if isinstance(item, int):
            return u32(item)
        if isinstance(item, Ref):
            found = self.answer(item)
            if found is None:
                return u32(0x80FFFFFE) if is_handle else u16(0)
            return found
        if isinstance(item, Computed):
            parts = [part if isinstance(part, bytes) else self.answer(part) for part in item.parts]
            try:
                return u16(0) if None in parts else item.function(*parts)
            except NothingToCompute:
                return u16(0)
        if isinstance(item, Seen):
            return item.function(self)
        if isinstance(item, Joined):
            return b"".join(self.bytes_of(part) for part in item.parts)
        if isinstance(item, Sized):
            return b2(b"".join(self.bytes_of(part) for part in item.parts))
        if isinstance(item, Body):
            return self.bytes_of(item.part)[2:]
        return item

    def answer(self, ref):
        world = self if ref.side is None else self.both[ref.side]
        return world.answers.get(ref.step, {}).get(ref.field)

    def ask(self, code, handle):
        """The parameters of a command with one handle that reads; empty when it fails."""
        answer = self.peer().execute(b"\x80\x01" + u32(14) + u32(code) + handle)
        return answer[10:] if answer[6:10] == bytes(4) else b""

    def public(self, item):
        """The public area of an object (TPMT_PUBLIC)."""
        found = self.ask(CODES["ReadPublic"], self.bytes_of(item, True))
        return found[2:2 + int.from_bytes(found[:2], "big")]

    def name(self, item):
        """The Name of an entity (Part 1, 16)."""
        handle = self.bytes_of(item, True)
        command = {0x01: CODES["NV_ReadPublic"], 0x80: CODES["ReadPublic"], 0x81: CODES["ReadPublic"]}.get(handle[0])
        if command is None:
            return handle
        if isinstance(item, Ref) and item in self.names:
            return self.names[item]
        found = self.ask(command, handle)
        second = 2 + int.from_bytes(found[:2], "big")
        name = found[second + 2:second + 2 + int.from_bytes(found[second:second + 2], "big")]
        if isinstance(item, Ref):
            self.names[item] = name
        return name


def mutate(command, mutations):
    """Damages a command. Positions are parts of 65536 of its length, so that both TPMs get the same damage.

    The size in the header stays right: it also frames the command on the data channel, which is not what is compared here.
    """
    data = bytearray(command)
    for kind, where, value in mutations:
        at = where * len(data) >> 16
        if 2 <= at < 6:
            at += 4
        if kind == "flip":
            data[at] ^= 1 << (value & 7)
        elif kind == "byte":
            data[at] = value & 0xFF
        elif kind == "cut":
            del data[max(10, len(data) - 1 - value % 8 if where & 1 else at):]
        elif kind == "append":
            data += bytes([value & 0xFF]) * (1 + value % 3)
        elif kind == "insert":
            data[max(10, at):max(10, at)] = bytes([value & 0xFF])
    data[2:6] = u32(len(data))
    return bytes(data)
