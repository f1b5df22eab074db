package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_PolicyLocality (Part 3, 23.8). Several calls leave the localities that all of them allow. */
public final class PolicyLocality implements Command {
    private static final int FIRST_EXTENDED = 32;

    @Override
    public void execute(CommandContext command) {
        int locality = command.intParameter(TpmReader::u8);
        command.endOfParameters();
        Session session = command.session(1);
        int allowed = intersection(session.policy().locality(), locality);
        byte[] argument = {(byte) locality};
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), argument)
                .withLocality(allowed));
    }

    private static int intersection(int before, int locality) {
        boolean extended = locality >= FIRST_EXTENDED;
        int allowed = locality;
        if (before != Session.ANY_LOCALITY) {
            boolean bothPlain = !extended && before < FIRST_EXTENDED;
            boolean same = extended && before == locality;
            allowed = bothPlain ? before & locality : same ? locality : 0;
        }
        if (allowed == 0) {
            throw TpmException.parameter(1, TpmRc.RANGE);
        }
        return allowed;
    }
}
