"""Reads the PCR values that tpm2_pcrread printed."""

import re


def read_pcr_values(path):
    """{bank: {pcr: value}}; banks that are not allocated are left out."""
    banks = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if bank := re.fullmatch(r"\s*(\w+):\s*", line):
                values = banks.setdefault(bank[1], {})
            elif pcr := re.fullmatch(r"\s*(\d+)\s*: 0x([0-9A-Fa-f]+)\s*", line):
                values[int(pcr[1])] = bytes.fromhex(pcr[2])
            else:
                raise ValueError(f"{path}: not a line of tpm2_pcrread: {line.rstrip()!r}")
    return {bank: values for bank, values in banks.items() if values}
