"""Prints what shell completion needs of the pages that picocli makes: a line `COMMAND WORD` for each option and argument.
A command of a command is COMMAND/COMMAND.

An option that takes a value is OPTION=LABEL, an argument is its label alone, in order; INSTANCE where it names an instance
that is there.
"""

import re
import sys
from pathlib import Path


def section(page, title):
    found = re.search(rf"^== {title}\n(.*?)^// end::", page, re.M | re.S)
    return found.group(1) if found else ""


def words(page):
    for names in re.findall(r"^(\*-.*)::$", section(page, "Options"), re.M):
        label = re.search(r"=_([^_\[]+)", names)
        for option in re.findall(r"\*(-[^*]+)\*", names):
            yield option + ("=" + label.group(1) if label else "")
    for label, text in re.findall(r"^_(.*?)_(?:\.\.\.)?::\n  (.*)$", section(page, "Arguments"), re.M):
        yield "INSTANCE" if text.startswith("name or UUID of the instance") else label


pages = {Path(name).stem.removeprefix("vtpmd-"): Path(name).read_text() for name in sys.argv[1:]}
groups = [name for name, page in pages.items() if section(page, "Commands").strip()]
for name, page in pages.items():
    if name in groups:
        continue
    for group in groups:
        if f"xref:vtpmd-{name}.adoc" in section(pages[group], "Commands"):
            name = group + "/" + name.removeprefix(group + "-")
    for word in words(page):
        print(name, word)
