package dev.vtpmd.daemon.provision;

import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.TpmPlatform;

import java.io.IOException;
import java.util.Arrays;

/** TPMs that run in this process for the length of a few commands, and are stored nowhere. */
final class InMemory {
    private InMemory() {}

    /** Sends commands to a TPM. */
    @FunctionalInterface
    interface Commands {
        /** Sends them. */
        void send(CommandClient client) throws IOException;
    }

    /**
     * The permanent state of a new TPM after {@code commands}: it is switched on and started, and switched off in order.
     *
     * @param state as it is before, which is overwritten with zeros
     */
    static byte[] changed(byte[] state, Commands commands) throws IOException {
        try (Tpm tpm = new Tpm(state, new TpmPlatform(HostPlatform.entropy(), HostPlatform.timer(), commit -> {}))) {
            tpm.powerOn();
            CommandClient client = new CommandClient(tpm);
            client.startup();
            commands.send(client);
            client.shutdown();
            return tpm.permanentState();
        } catch (DamagedStateException e) {
            throw new IllegalStateException("a new TPM cannot be read", e);
        } finally {
            Arrays.fill(state, (byte) 0);
        }
    }
}
