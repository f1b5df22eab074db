"""What of a response has to be equal: the response parameters of each command, and how each is compared.

`=` equal; `@` equal when the inputs were; `!` that too, and when what is made is not random; `~` random, of equal length;
`?` free. Types: numbers of bits, 2b, ticket, rest.
"""
import public_area
from wire import CODES, DIGEST_SIZE

SCHEMA = {name: text.split() for name, text in {
    "CreatePrimary": "public:2b@ creationData:2b@ creationHash:2b@ ticket:ticket! name:2b@",
    "CreateLoaded": "private:2b~ public:public! name:2b!",
    "Create": "private:2b~ public:public! creationData:2b@ creationHash:2b@ ticket:ticket!",
    "Load": "name:2b@",
    "LoadExternal": "name:2b@",
    "ReadPublic": "public:2b@ name:2b@ qualifiedName:2b@",
    "NV_ReadPublic": "nvPublic:2b@ name:2b@",
    "StartAuthSession": "nonceTPM:2b~",
    "ContextSave": "context:rest?",
    "ContextLoad": "",
    "GetRandom": "random:2b~",
    "StirRandom": "",
    "Sign": "signature:sig",
    "RSA_Encrypt": "cipher:2b~",
    "RSA_Decrypt": "message:2b@",
    "ECDH_KeyGen": "secret:2b~ point:2b~",
    "ECDH_ZGen": "secret:2b@",
    "EC_Ephemeral": "point:2b~ counter:16=",
    "Commit": "K:2b@ L:2b~ E:2b~ counter:16=",
    "ZGen_2Phase": "z1:2b! z2:2b~",
    "Unseal": "data:2b@",
    "ObjectChangeAuth": "private:2b~",
    "Duplicate": "key:2b~ private:2b~ seed:2b~",
    "Rewrap": "private:2b~ seed:2b~",
    "Import": "private:2b~",
    "MakeCredential": "blob:2b~ secret:2b~",
    "ActivateCredential": "credential:2b@",
    "Hash": "digest:2b@ ticket:ticket!",
    "HMAC": "digest:2b@",
    "SequenceComplete": "digest:2b@ ticket:ticket!",
    "VerifySignature": "ticket:ticket!",
    "PolicySigned": "timeout:2b? ticket:ticket~",
    "PolicySecret": "timeout:2b? ticket:ticket~",
    "PolicyGetDigest": "digest:2b@",
    "EncryptDecrypt": "data:2b@ iv:2b@",
    "EncryptDecrypt2": "data:2b@ iv:2b@",
    "NV_Read": "data:2b@",
    "PCR_Read": "updates:32= values:rest=",
    "ReadClock": "time:64? clock:64? resets:32= restarts:32= safe:8=",
    "Certify": "attest:attest signature:rest~",
    "CertifyCreation": "attest:attest signature:rest~",
    "Quote": "attest:attest signature:rest~",
    "GetTime": "attest:attest signature:rest~",
    "NV_Certify": "attest:attest signature:rest~",
    "GetSessionAuditDigest": "attest:attest signature:rest~",
    "GetCommandAuditDigest": "attest:attest signature:rest~",
    "CertifyX509": "added:rest?",
    "PCR_Event": "digests:digests",
    "EventSequenceComplete": "digests:digests",
    "GetTestResult": "data:2b= result:32=",
}.items()}
RETURNS_HANDLE = {CODES[name] for name in (
    "CreatePrimary", "CreateLoaded", "Load", "LoadExternal", "ContextLoad", "StartAuthSession", "HMAC_Start", "HashSequenceStart")}


class Malformed(Exception):
    pass


def take(data, at, size):
    if at + size > len(data):
        raise Malformed(f"{len(data)} bytes are too few")
    return data[at:at + size], at + size


def sized(data, at):
    prefix, after = take(data, at, 2)
    body, after = take(data, after, int.from_bytes(prefix, "big"))
    return prefix + body, after


def parse(name, data):
    """The fields of the response parameters, as {name: (bytes, mode)}."""
    fields, at = {}, 0
    for column in SCHEMA.get(name, ["all:rest@"]):
        title, kind = column.split(":")
        if kind in ("ticket!", "ticket~"):
            start, at = at, at + 6
            _, at = sized(data, at)
            fields[title + "Head"] = (data[start:start + 6], "@")
            fields[title] = (data[start:at], kind[-1])
        elif kind == "digests":
            fields.update(digests(data[at:]))
            at = len(data)
        elif kind == "sig":
            # RSASSA and HMAC are the signatures that have no random part.
            fields[title], at = (data[at:], "@" if data[at:at + 2] in (b"\0\x14", b"\0\5") else "~"), len(data)
        elif kind == "public!":
            value, at = sized(data, at)
            fields[title] = (value, "!")
            # All of it but the unique field comes from the template.
            fields[title + "Head"] = (public_area.read(value).head, "@")
        elif kind == "attest":
            value, at = sized(data, at)
            fields[title] = (value, "~")
            fields.update(attestation(value[2:]))
        elif kind[:-1] == "rest":
            fields[title], at = (data[at:], kind[-1]), len(data)
        elif kind[:-1] == "2b":
            value, at = sized(data, at)
            fields[title] = (value, kind[-1])
        else:
            value, at = take(data, at, int(kind[:-1]) // 8)
            fields[title] = (value, kind[-1])
    if at != len(data):
        raise Malformed(f"{len(data) - at} bytes are too many")
    return fields


def digests(data):
    """Those of TPML_DIGEST_VALUES that both TPMs make, whatever other hashes the profile has."""
    found, (count, at) = {}, take(data, 0, 4)
    for _ in range(int.from_bytes(count, "big")):
        name, at = take(data, at, 2)
        number = int.from_bytes(name, "big")
        value, at = take(data, at, {0x12: 32, 0x27: 32, 0x28: 48, 0x29: 64}.get(number) or DIGEST_SIZE[number])
        if number in DIGEST_SIZE:
            found[f"digest0x{number:x}"] = (value, "@")
    if at != len(data):
        raise Malformed(f"{len(data) - at} bytes are too many")
    return found


def attestation(data):
    """TPMS_ATTEST without what the clocks and the two makers decide: clockInfo and firmwareVersion."""
    head, at = take(data, 0, 6)
    signer, at = sized(data, at)
    extra, at = sized(data, at)
    _, at = take(data, at, 25)
    attested = data[at:]
    if head[4:] == b"\x80\x19":
        attested = attested[:0]
    elif head[4:] == b"\x80\x15":
        # The audited responses may have been random: of the digests, only that of the command codes is comparable.
        _, at = sized(attested, 10)
        attested = attested[:10] + attested[at:]
    elif head[4:] == b"\x80\x16":
        attested = attested[:1]
    return {"attestHead": (head, "="), "signer": (signer, "@"), "extraData": (extra, "@"), "attested": (attested, "@")}


def differences(name, ours, theirs, tainted, random):
    """Lines that say which fields differ; `tainted` when the inputs already were different, `random` when what is made is."""
    lines = []
    for title, (mine, mode) in ours.items():
        other = theirs[title][0]
        if mode == "?" or mine == other:
            continue
        if mode == "=" or mode == "@" and not tainted or mode == "!" and not tainted and not random:
            lines.append(f"{name} {title} swtpm={other.hex()} vtpmd={mine.hex()}")
        elif len(mine) != len(other) and title not in ("public", "creationData", "data", "secret", "message", "attest"):
            lines.append(f"{name} {title} length swtpm={len(other)} vtpmd={len(mine)}")
    return lines
