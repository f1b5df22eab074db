"""What guests send: a recorded boot, and then a mixture of what firmware, drivers and tools use a TPM for."""

import struct

from tpm_client import with_empty_password

START_AUTH_SESSION, FLUSH_CONTEXT = 0x176, 0x165
OWNER, DATA_INDEX = 0x40000001, 0x01500100
# TPMA_NV: OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, NO_DA.
ORDINARY = 0x02060006
GET_RANDOM = bytes.fromhex("80010000000c0000017b0020")
# PCR 10, where Linux measures files, in the SHA-256 bank.
PCR_READ = bytes.fromhex("8001000000140000017e00000001000b03000400")
# An unsalted policy session, SHA-256.
POLICY_SESSION = bytes.fromhex("80010000002b000001764000000740000007 0010" + "11" * 16 + "0000 01 0010 000b")
# TPM2_CreatePrimary: no sensitive data, an ECC P-256 storage key, no outside information, no PCRs.
STORAGE_KEY = bytes.fromhex(
    "0004 0000 0000 001a 0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000 0000 00000000")


def recorded_boot(path):
    """Commands and response codes of a recording, up to the first session: what comes after is bound to its nonces."""
    boot = []
    with open(path) as lines:
        for line in lines:
            kind, _, data = line.partition(" ")
            if kind == "command":
                command = bytes.fromhex(data)
                if int.from_bytes(command[6:10], "big") == START_AUTH_SESSION:
                    break
            elif kind == "response":
                boot.append((command, bytes.fromhex(data)[6:10]))
    # Before it was switched on, the TPM was asked whether it is there.
    return [one for one in boot if one[1] != b"\0\0\1\1"]


def define_data():
    public = struct.pack(">IHIHH", DATA_INDEX, 0x000B, ORDINARY, 0, 64)
    return with_empty_password(0x12A, (OWNER,), struct.pack(">HH", 0, len(public)) + public)


def mixture(chance):
    """Endless pairs of a title and a command; takes the response to each. Of ten turns one is durable, one makes a key."""
    while True:
        turn = chance.randrange(10)
        if turn < 3:
            yield "GetRandom 32", GET_RANDOM
        elif turn < 5:
            yield "PCR_Read", PCR_READ
        elif turn < 7:
            yield "PCR_Extend", with_empty_password(0x182, (10,), struct.pack(">IH", 1, 0x000B) + chance.randbytes(32))
        elif turn < 8:
            session = yield "StartAuthSession", POLICY_SESSION
            yield "FlushContext", flush(session)
        elif turn < 9:
            data = struct.pack(">H", 64) + chance.randbytes(64) + bytes(2)
            yield "NV_Write 64", with_empty_password(0x137, (DATA_INDEX, DATA_INDEX), data)
        else:
            key = yield "CreatePrimary ECC P-256", with_empty_password(0x131, (OWNER,), STORAGE_KEY)
            yield "FlushContext", flush(key)


def flush(response):
    return struct.pack(">HII", 0x8001, 14, FLUSH_CONTEXT) + response[10:14]
