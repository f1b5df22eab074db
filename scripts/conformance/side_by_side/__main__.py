"""Sends the same random sequences of commands to swtpm and to vtpmd, and compares the answers; see ../side-by-side."""
import argparse
import collections
import random
import signal
import sys
import tempfile
import time
from collections import Counter

from execute import ENDED, start
from explained import Explanations
from generate import Generator
from peers import Pair
from shrink import kind, shrink

FAILURE = 0x101


def options():
    parser = argparse.ArgumentParser(prog="side-by-side", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the first sequence (default: a random one)")
    parser.add_argument("--commands", type=int, default=2000, help="how many to send (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=1 << 31, help="send no more sequences after that time")
    parser.add_argument("--length", type=int, default=150, help="of a sequence, at most (default: %(default)s)")
    parser.add_argument("--vtpmd", required=True, help="the executable")
    parser.add_argument("--swtpm", default="swtpm", help="the executable (default: %(default)s)")
    parser.add_argument("--stop-after", type=int, default=20, help="unexplained differences (default: %(default)s)")
    parser.add_argument("--profile", default="default", help="of vtpmd's TPM (default: %(default)s)")
    parser.add_argument("--statistics", action="store_true", help="say at the end how each command fared")
    parser.add_argument("--no-shrink", action="store_true", help="show differences as they were found")
    return parser.parse_args()


# So often is a damaged command with bytes that each TPM has made at random sent again, before a difference counts as theirs.
REPLAYS = 20
READ_PUBLIC = bytes.fromhex("80010000000e00000173")
OTHER_PARENT = "the parent is made from the null seed, which is random in each TPM, so that one cannot load what the other has made"
BY_CHANCE = "the damage makes sizes or attributes of bytes that are random and not the same in both"


class Campaign:
    def __init__(self, pair, arguments):
        self.pair, self.arguments = pair, arguments
        self.explanations = Explanations(arguments.profile)
        self.commands = self.successes = self.sequences = 0
        self.by_command = {}
        self.proofs = collections.Counter()
        self.unexplained = {}

    def sequence(self, seed):
        generator, steps = Generator(seed, self.arguments.profile), []
        run = start(self.pair)
        generator.tainted = run.tainted
        self.sequences += 1
        run.proofs = self.proofs
        while len(steps) < self.arguments.length and self.commands < self.arguments.commands:
            step = generator.next()
            steps.append(step)
            lines = run.step(step)
            self.count(step, run)
            for line in lines:
                reason = self.explanations.reason(line)
                if reason is None and step.mutations and run.sent[0] != run.sent[1] and self.by_chance(steps, run.codes, line):
                    self.explanations.count(line, BY_CHANCE)
                    return
                if reason is None and step.name == "Load" and 0 in run.codes and not self.same_parent(run, step):
                    self.explanations.count(line, OTHER_PARENT)
                    return
                if reason is None:
                    self.report(seed, steps, line)
                    if not self.arguments.no_shrink or 0 in run.codes:
                        return
                    continue
                self.explanations.count(line, reason)
            if any(" handle swtpm=" in line and not line.startswith("GetCapability") for line in lines) or run.received[0] is ENDED:
                # From here on the same handle is another object.
                return
            if run.codes[0] == run.codes[1] == 0:
                if not step.mutations:
                    generator.model.learn(step)
                elif step.name not in ("GetCapability", "GetRandom", "Hash", "PCR_Read", "ReadPublic", "NV_Read", "NV_ReadPublic"):
                    # A damaged command that succeeds leaves a state that the generator does not know.
                    continue
            elif 0 in run.codes or FAILURE in run.codes:
                return
            elif run.codes[0] == run.codes[1]:
                generator.failed(step, run.codes[0])

    def count(self, step, run):
        self.commands += 1
        total = self.by_command.setdefault(step.name, collections.Counter())
        total["sent"] += 1
        total["success" if run.codes == [0, 0] else "failure" if run.codes[0] == run.codes[1] else "difference"] += 1
        if run.codes == [0, 0]:
            self.successes += 1
        elif not step.mutations:
            total[f"0x{run.codes[1]:03x}"] += 1

    def by_chance(self, steps, codes, line):
        """Whether other random bytes in the last command make each TPM answer as the other did, or none of them so again."""
        seen, again = [set(), set()], False
        for _ in range(REPLAYS):
            run = start(self.pair)
            found = [run.step(step) for step in steps][-1]
            again = again or kind(line) in map(kind, found)
            for side in (0, 1):
                seen[side].add(run.codes[side])
        return not again or codes[0] in seen[1] and codes[1] in seen[0]

    def same_parent(self, run, step):
        """Whether the key that a blob is loaded under is the same in both, so that one can load what the other has made."""
        answers = []
        for peer, world in zip(self.pair.both, run.worlds):
            answers.append(peer.execute(READ_PUBLIC + world.bytes_of(step.handles[0], True)))
        return answers[0] == answers[1]

    def report(self, seed, steps, line):
        known = kind(line)
        self.unexplained[known] = self.unexplained.get(known, 0) + 1
        if self.unexplained[known] > 1:
            return
        print(f"UNEXPLAINED (sequence seed {seed}, step {len(steps)}): {line}")
        if not self.arguments.no_shrink:
            steps = shrink(self.pair, steps, line, self.explanations.reason)
        self.show(steps, known)
        sys.stdout.flush()

    def show(self, steps, known):
        """Replays a sequence up to the difference, and prints what is sent and answered."""
        run = start(self.pair)
        for step in steps:
            found = run.step(step)
            sent, received = run.sent, run.received
            print(f"    {step.name}{' (power cycle before)' if step.power else ''}{' damaged' if step.mutations else ''}"
                  + "".join(f" {signal[0]} {' '.join(str(v) if isinstance(v, int) else v.hex() for v in signal[1:])}" for signal in step.signals))
            for peer, command, response in zip(self.pair.both, sent, received):
                if peer.name == "swtpm" or command != sent[0]:
                    print(f"        > {command.hex()}" + ("" if sent[0] == sent[1] else f"  ({peer.name})"))
                if step is steps[-1]:
                    print(f"        < {response.hex()}  ({peer.name})")
            if step is steps[-1]:
                for line in found or [f"not seen again: {known}"]:
                    print(f"        {line}")

    def summary(self, seconds):
        for reason, kinds in sorted(self.explanations.counts.items()):
            print(f"explained {sum(kinds.values()):6d}  {reason}")
            for line, count in sorted(kinds.items(), key=lambda item: -item[1])[:5]:
                print(f"    {count:6d}  {line[:150]}")
        for line, count in self.unexplained.items():
            print(f"UNEXPLAINED {count:4d}  {line[:150]}")
        if self.arguments.statistics:
            self.statistics()
        never = [name for name, counts in self.by_command.items() if not counts["success"]]
        print(f"commands without a success: {' '.join(sorted(never)) or 'none'}")
        explained = sum(sum(kinds.values()) for kinds in self.explanations.counts.values())
        print(f"{self.commands} commands ({self.successes} with success, {len(self.by_command)} command codes) in {self.sequences} "
              f"sequences, {seconds:.0f} s: {explained} differences explained, {sum(self.unexplained.values())} not explained")


    def statistics(self):
        kinds = ("sent", "success", "failure", "difference")
        print(f"{'command':28}" + "".join(f"{kind:>11}" for kind in kinds) + "  most frequent codes of those not damaged")
        for name, counts in sorted(self.by_command.items()):
            codes = [(code, count) for code, count in counts.most_common() if code not in kinds]
            print(f"{name:28}" + "".join(f"{counts[kind]:11}" for kind in kinds)
                  + "  " + " ".join(f"{code}:{count}" for code, count in codes[:6]))
        print(f"HMACs of responses: {self.proofs[True]} right, {self.proofs[False]} wrong, on both sides together")


def main():
    arguments = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 31)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="side-by-side.") as work:
        pair = Pair(work, arguments.vtpmd, arguments.swtpm, arguments.profile)
        try:
            campaign, began = Campaign(pair, arguments), time.monotonic()
            while campaign.commands < arguments.commands and time.monotonic() - began < arguments.seconds and len(campaign.unexplained) < arguments.stop_after:
                campaign.sequence(seed + campaign.sequences)
        finally:
            pair.close()
        campaign.summary(time.monotonic() - began)
    return 1 if campaign.unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
