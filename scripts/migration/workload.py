"""What the guest of guest-init reports, compared with what a TPM that has lost nothing would hold."""

import hashlib
import re
import subprocess
import tempfile


class Report:
    """The console of one guest, from its start on over all its migrations."""

    def __init__(self, console):
        self.console = console

    def lines(self):
        try:
            text = self.console.read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return []
        return [line.strip() for line in text.split("\n")[:-1]]

    def rounds(self):
        """The number of the last round."""
        last = [line for line in self.lines() if re.match(r"round \d+ \w+ \w+$", line)]
        return int(last[-1].split()[1]) if last else 0

    def failure(self):
        return next((line for line in self.lines() if "FAILED" in line), None)

    def check(self):
        """Checks everything; returns how many rounds, states and signatures were right."""
        if self.failure():
            raise AssertionError(self.failure())
        words = [line.split() for line in self.lines() if re.match(r"(key|round|state) ", line)]
        if [row[0] for row in words].count("key") != 1:
            raise AssertionError("the guest has started more than once, or never")
        key = next(row for row in words if row[0] == "key")
        rounds = [row for row in words if row[0] == "round"]
        numbers = [int(row[1]) for row in rounds]
        if numbers != list(range(1, len(numbers) + 1)):
            raise AssertionError(f"the guest's rounds are not in order: {numbers}")
        pcr = bytes(32)
        replayed = {}
        for number in numbers:
            pcr = hashlib.sha256(pcr + number.to_bytes(32, "big")).digest()
            replayed[number] = pcr.hex()
        states = [row for row in words if row[0] == "state"]
        for _, number, value, index in states:
            if value != replayed[int(number)]:
                raise AssertionError(f"round {number}: PCR 16 is {value}, and its extends give {replayed[int(number)]}")
            if int(index, 16) != int(number):
                raise AssertionError(f"round {number}: the NV index holds {int(index, 16)}")
        for _, number, r, s in rounds:
            verify(key[1], key[2], int(number).to_bytes(32, "big"), int(r, 16), int(s, 16))
        return len(rounds), len(states)


def der(tag, content):
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return bytes([tag]) + length + content


def integer(value):
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def verify(x, y, digest, r, s):
    """Lets openssl verify an ECDSA signature on P-256 of a digest."""
    point = bytes.fromhex("04" + x + y)
    algorithm = der(0x30, bytes.fromhex("06072a8648ce3d020106082a8648ce3d030107"))
    with tempfile.NamedTemporaryFile() as key, tempfile.NamedTemporaryFile() as signature, tempfile.NamedTemporaryFile() as data:
        key.write(der(0x30, algorithm + der(3, b"\0" + point)))
        signature.write(der(0x30, integer(r) + integer(s)))
        data.write(digest)
        for file in (key, signature, data):
            file.flush()
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key.name, "-sigfile",
                               signature.name, "-in", data.name], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"the signature of round {int.from_bytes(digest, 'big')} is wrong: {done.stdout}{done.stderr}")
