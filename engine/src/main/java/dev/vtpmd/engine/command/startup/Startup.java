package dev.vtpmd.engine.command.startup;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSu;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Startup (Part 3, 9.3). */
public final class Startup implements Command {
    private static final int H_CRTM_LOCALITY = 3;

    @Override
    public void execute(CommandContext command) {
        TpmSu type = command.parameter(TpmSu::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        if (command.locality() != 0 && command.locality() != H_CRTM_LOCALITY) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
        boolean hcrtm = tpm.startup().hcrtm();
        int locality = hcrtm ? 0 : command.locality();
        ShutdownKind shutdown = tpm.orderly().shutdown();
        StartupKind kind = kind(type, shutdown);
        if (kind == StartupKind.RESUME) {
            checkSameStart(tpm, hcrtm, locality);
        }
        tpm.objects().startup(kind);
        tpm.sessions().startup(kind);
        tpm.commitments().startup(kind);
        tpm.hierarchies().startup(kind);
        tpm.clock().startup(kind, shutdown);
        tpm.dictionaryAttack().startup(shutdown);
        tpm.commandAudit().startup(kind);
        tpm.readOnlyMode().startup(kind);
        tpm.countdownTimers().startup(kind);
        tpm.nv().startup(kind, shutdown);
        tpm.pcrs().startup(kind, locality);
        tpm.startup().started(locality, shutdown != ShutdownKind.NONE);
        tpm.orderly().shutdown(ShutdownKind.NONE);
    }

    private static StartupKind kind(TpmSu type, ShutdownKind shutdown) {
        if (type == TpmSu.STATE) {
            if (shutdown != ShutdownKind.STATE) {
                throw TpmException.parameter(1, TpmRc.VALUE);
            }
            return StartupKind.RESUME;
        }
        return shutdown == ShutdownKind.STATE ? StartupKind.RESTART : StartupKind.RESET;
    }

    /** A TPM Resume must begin as the start before began: with or without H-CRTM, from the same locality (Part 3, 9.3.3). */
    private static void checkSameStart(TpmState tpm, boolean hcrtm, int locality) {
        if (tpm.startup().savedHcrtm() != hcrtm) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        if (tpm.startup().savedLocality() != locality) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
    }
}
