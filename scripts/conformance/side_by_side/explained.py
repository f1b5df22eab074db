"""The table of differences that have a reason: `explained.tsv`, a regular expression and why vtpmd's answer is right."""
import os
import re


def table():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "explained.tsv")
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                pattern, reason = line.rstrip("\n").split("\t")
                rows.append((re.compile(pattern), reason))
    return rows


class Explanations:
    def __init__(self):
        self.rows = table()
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
