package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/** The TPM2B_PRIVATE of an object: its sensitive area, protected by its parent (Part 1, 23; Part 2, 12.3.6). */
public final class PrivateBlob {
    private final TpmState tpm;
    private final OuterWrap outerWrap;

    /** Private blobs of {@code tpm}. */
    public PrivateBlob(TpmState tpm) {
        this.tpm = tpm;
        this.outerWrap = new OuterWrap(tpm);
    }

    /**
     * The sensitive area of the object with {@code name}, protected by {@code parent}.
     *
     * @param nameAlg the object's
     */
    public Tpm2b wrap(TpmObject parent, Tpm2b name, TpmiAlgHash nameAlg, TpmtSensitive sensitive) {
        byte[] plain = sized(nameAlg, sensitive);
        return outerWrap.protect(parent, parent.sensitive().seedValue(), name, true, plain);
    }

    /**
     * The sensitive area in {@code blob}.
     *
     * @throws TpmException without location: TPM_RC_SIZE, TPM_RC_INSUFFICIENT, TPM_RC_INTEGRITY, TPM_RC_VALUE as {@link OuterWrap}
     *     does; TPM_RC_SENSITIVE if what was protected is no sensitive area
     */
    public TpmtSensitive unwrap(TpmObject parent, Tpm2b name, Tpm2b blob) {
        byte[] plain = outerWrap.unprotect(parent, parent.sensitive().seedValue(), name, true, blob);
        TpmReader in = new TpmReader(plain, tpm.profile());
        try {
            TpmtSensitive sensitive = in.sized(TpmtSensitive::read);
            if (in.remaining() == 0) {
                return sensitive;
            }
        } catch (TpmException e) {
            // Whatever it is, nobody but this TPM could have made it.
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
        throw TpmException.of(TpmRc.SENSITIVE);
    }

    /** A TPM2B_SENSITIVE, its authValue padded to the size of a digest so that its length does not show. */
    static byte[] sized(TpmiAlgHash nameAlg, TpmtSensitive sensitive) {
        Tpm2b padded = sensitive.authValue().paddedTo(nameAlg.digestSize());
        TpmWriter out = new TpmWriter(512);
        out.sized(sensitive.withAuthValue(padded)::write);
        byte[] bytes = out.toByteArray();
        out.wipe();
        return bytes;
    }
}
