"""TPM2_GetCapability compared entry by entry, so that one explained property does not hide the others."""

from wire import DIGEST_SIZE

ENTRY = {0: ("algorithm", 2, 6), 2: ("command", 4, 4), 6: ("property", 4, 8), 7: ("pcrProperty", 0, 0), 8: ("curve", 2, 2),
         1: ("handle", 4, 4), 9: ("authPolicy", 4, 6)}


def entries(data):
    """{key: value} of a TPMS_CAPABILITY_DATA list, and the name of its kind."""
    capability = int.from_bytes(data[1:5], "big")
    name, key, size = ENTRY.get(capability, ("capability", 0, 0))
    if not size:
        return name, {"all": data}
    body = data[9:]
    found = {}
    if capability == 9:
        return name, policies(body)
    for at in range(0, len(body), size):
        entry = body[at:at + size]
        title = (int.from_bytes(entry[:4], "big") & 0xFFFF if name == "command" else int.from_bytes(entry[:key], "big"))
        found[f"0x{title:x}"] = entry[0 if name == "command" else key:]
    return name, found


def policies(body):
    """TPML_TAGGED_POLICY: handles with a TPMT_HA each."""
    found, at = {}, 0
    while at < len(body):
        size = 2 + DIGEST_SIZE.get(int.from_bytes(body[at + 4:at + 6], "big"), 0)
        found[f"0x{int.from_bytes(body[at:at + 4], 'big'):x}"] = body[at + 4:at + 4 + size]
        at += 4 + size
    return found


def differences(theirs, ours):
    if theirs == ours:
        return []
    name, swtpm = entries(theirs)
    _, vtpmd = entries(ours)
    lines = []
    if "all" in swtpm:
        return [f"GetCapability {name} swtpm={theirs.hex()} vtpmd={ours.hex()}"]
    # A list that was cut at another entry, since the other one has more, is compared as far as both go.
    last = min((max((int(k, 16) for k in side), default=-1) for side in (swtpm, vtpmd) if side), default=-1)
    if not theirs[0] and not ours[0]:
        last = 1 << 32
    for key in sorted(set(swtpm) | set(vtpmd), key=lambda k: int(k, 16)):
        mine, other = vtpmd.get(key), swtpm.get(key)
        if mine != other and int(key, 16) <= last:
            shown = [value.hex() if value is not None else "absent" for value in (other, mine)]
            lines.append(f"GetCapability {name} {key} swtpm={shown[0]} vtpmd={shown[1]}")
    return lines
