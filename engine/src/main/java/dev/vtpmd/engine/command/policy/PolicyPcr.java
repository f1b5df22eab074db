package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_PolicyPCR (Part 3, 23.7). */
public final class PolicyPcr implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b expected = command.parameter(Tpm2bType.DIGEST::read);
        TpmlPcrSelection requested = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();
        Session session = command.session(1);
        PcrBanks pcrs = command.tpm().pcrs();
        TpmlPcrSelection selection = pcrs.onlyAllocated(requested);
        Tpm2b digest = Tpm2b.wrap(pcrs.composite(session.hash(), selection));
        if (session.isTrial()) {
            digest = expected.isEmpty() ? digest : expected;
        } else {
            check(session.policy(), pcrs, expected, digest);
        }
        PolicyState extended = new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), TpmWriter.toByteArray(selection::write), digest.bytes());
        session.policy(session.isTrial() ? extended : extended.withPcrUpdateCounter(pcrs.updateCounter()));
    }

    private static void check(PolicyState policy, PcrBanks pcrs, Tpm2b expected, Tpm2b actual) {
        if (policy.pcrChecked() && policy.pcrUpdateCounter() != pcrs.updateCounter()) {
            throw TpmException.of(TpmRc.PCR_CHANGED);
        }
        if (!expected.isEmpty() && !expected.equals(actual)) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
    }
}
