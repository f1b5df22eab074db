"""Partial certificates for TPM2_CertifyX509 (Part 3, clause 18.8), in DER."""
from templates import DECRYPT, FIXED, RESTRICTED, SIGN


def der(tag, *contents):
    body = b"".join(contents)
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + body


def name(text):
    """An X.501 name with a common name alone."""
    return der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(0x0C, text)))) if text else der(0x30)


VALIDITY = der(0x30, der(0x17, b"250101000000Z"), der(0x17, b"350101000000Z"))


def extension(identifier, value, critical=b""):
    return der(0x30, der(6, identifier), critical, der(4, value))


def key_usage(bits):
    """9 bits, the first of them digitalSignature."""
    unused = 7 if bits & 1 else 1
    data = (bits << 7).to_bytes(2, "big") if bits & 1 else bytes([bits >> 1 & 0xFF])
    return extension(bytes.fromhex("551d0f"), der(3, bytes([unused if bits & 1 else 0]), data))


def tpma_object(attributes):
    return extension(bytes.fromhex("6781050a010203"), der(3, b"\0", attributes.to_bytes(4, "big")))


def usage_for(attributes):
    """Bits of keyUsage that fit the attributes of an object (Part 2, 8.5)."""
    usage = 0
    if attributes & SIGN:
        usage |= 0x100 if not attributes & RESTRICTED else 0x80
    if attributes & DECRYPT:
        usage |= 0x20 if not attributes & RESTRICTED or not attributes & FIXED else 0x40
    return usage


def partial(g, attributes):
    """A partial certificate for an object with these attributes, now and then with something missing or too much."""
    usage = usage_for(attributes) if g.chance(0.8) else g.pick((0x100, 0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1, 0x180, 0x1FF, 0))
    extensions = [key_usage(usage)]
    if g.chance(0.2):
        extensions.append(tpma_object(attributes if g.chance(0.7) else attributes ^ SIGN))
    if g.chance(0.1):
        extensions.append(extension(bytes.fromhex("551d13"), der(0x30), der(1, b"\xff")))
    if g.chance(0.05):
        extensions = extensions[1:]
    parts = [name(b"issuer"), VALIDITY, name(g.pick((b"subject", b"S" * 200, b""))), der(0xA3, der(0x30, *extensions))]
    if g.chance(0.1):
        parts.insert(0, g.pick((der(0x30, bytes.fromhex("06082a8648ce3d040302")), der(0x30, bytes.fromhex("06092a864886f70d01010b0500")))))
    if g.chance(0.1):
        del parts[g.random.randrange(len(parts))]
    if g.chance(0.05):
        parts.insert(g.random.randrange(len(parts)), g.pick((der(0x30), der(5), der(0xA0, der(2, b"\2")), der(2, b"\1"))))
    whole = der(0x30, *parts)
    if g.chance(0.06):
        whole = g.pick((whole + b"\0", whole[:-1], whole[:2], b"", b"\x31" + whole[1:], b"\x30\x80" + whole[2:], b"\x30\x83\0\0\x05" + whole[2:]))
    return whole
