"""Finds the shortest part of a sequence that still shows a difference."""
from execute import start


def shows(pair, steps, wanted, explain):
    """Whether the sequence ends in the wanted difference, and how many steps it takes to get there."""
    run = start(pair)
    for count, step in enumerate(steps, 1):
        found = [line for line in run.step(step) if explain(line) is None]
        if found:
            return count if kind(found[0]) == wanted else 0, run, found
    return 0, run, []


def kind(line):
    """A difference without its values, except for response codes."""
    words = line.split()
    return line.partition(" command=")[0] if "code" in words[:3] else " ".join(words[:3 if words[0] == "GetCapability" else 2])


def shrink(pair, steps, line, explain):
    wanted = kind(line)
    best = list(steps)
    length = max(1, len(best) // 2)
    tries = 0
    while length and tries < 400:
        at, changed = 1, False
        while at < len(best) - 1 and tries < 400:
            trial = best[:at] + best[min(at + length, len(best) - 1):]
            tries += 1
            reached, _, _ = shows(pair, trial, wanted, explain)
            if reached:
                best, changed = trial[:reached], True
            else:
                at += length
        if not changed or length > 1:
            length = length // 2 if length > 1 else (1 if changed else 0)
    return best
