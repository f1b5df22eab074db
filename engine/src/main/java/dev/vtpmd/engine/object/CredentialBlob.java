package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/** The content of a TPM2B_ID_OBJECT: a credential that only the TPM with a certain object can read (Part 1, 24). */
public final class CredentialBlob {
    private final TpmState tpm;
    private final OuterWrap outerWrap;

    /** Credentials to or for {@code tpm}. */
    public CredentialBlob(TpmState tpm) {
        this.tpm = tpm;
        this.outerWrap = new OuterWrap(tpm);
    }

    /** {@code credential}, protected with {@code seed} for the holder of {@code key} and of the object with {@code name}. */
    public Tpm2b protect(TpmObject key, Tpm2b seed, Tpm2b name, Tpm2b credential) {
        return outerWrap.protect(key, seed, name, false, TpmWriter.toByteArray(credential::write));
    }

    /**
     * The credential in {@code blob}.
     *
     * @throws TpmException without location: TPM_RC_INSUFFICIENT, TPM_RC_SIZE, TPM_RC_INTEGRITY
     */
    public Tpm2b unprotect(TpmObject key, Tpm2b seed, Tpm2b name, Tpm2b blob) {
        byte[] plain = outerWrap.unprotect(key, seed, name, false, blob);
        TpmReader in = new TpmReader(plain, tpm.profile());
        Tpm2b credential = Tpm2bType.DIGEST.read(in);
        boolean complete = in.remaining() == 0;
        Arrays.fill(plain, (byte) 0);
        if (!complete) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return credential;
    }
}
