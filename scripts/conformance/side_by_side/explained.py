"""The table of differences that have a reason: `explained.tsv`, a regular expression and why vtpmd's answer is right.

A third column names the profile of vtpmd's TPM that a row is for; without one it is for all.
"""
import os
import re


def table(profile):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "explained.tsv")
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                pattern, reason, *only = line.rstrip("\n").split("\t")
                if not only or profile in only:
                    rows.append((re.compile(pattern), reason))
    return rows


class Explanations:
    def __init__(self, profile):
        self.rows = table(profile)
        self.counts = {}

    def reason(self, line):
        for pattern, reason in self.rows:
            if pattern.search(line):
                return reason
        return None

    def count(self, line, reason):
        kind = re.sub(r" command=.*", "", line)
        kind = re.sub(r"(swtpm|vtpmd)=[0-9a-f]{9,}", r"\1=...", kind)
        self.counts.setdefault(reason, {}).setdefault(kind, 0)
        self.counts[reason][kind] += 1
