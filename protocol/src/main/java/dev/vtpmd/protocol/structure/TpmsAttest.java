package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ATTEST: what a TPM signs when it attests something (Part 2, 10.12.12). On the wire it begins with {@link #MAGIC} and
 * the type of {@code attested}.
 *
 * @param qualifiedSigner Qualified Name of the signing key
 * @param extraData what the caller wants included, such as a nonce
 * @param clockInfo clock and counters, obfuscated for keys outside of the endorsement and platform hierarchies
 * @param firmwareVersion version of the firmware, obfuscated likewise
 * @param attested what is attested
 */
public record TpmsAttest(
        Tpm2b qualifiedSigner, Tpm2b extraData, TpmsClockInfo clockInfo, long firmwareVersion, TpmuAttest attested) {
    /** TPM_GENERATED_VALUE: the bytes FF "TCG", with which nothing begins that a TPM signs but did not make. */
    public static final int MAGIC = 0xFF544347;

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if it does not begin with {@link #MAGIC}, TPM_RC_SELECTOR if it is of no known type
     */
    public static TpmsAttest read(TpmReader in) {
        if (in.u32() != MAGIC) {
            throw TpmException.of(TpmRc.VALUE);
        }
        TpmSt type = TpmSt.read(in);
        return new TpmsAttest(
                Tpm2bType.NAME.read(in),
                Tpm2bType.DATA.read(in),
                TpmsClockInfo.read(in),
                in.u64(),
                TpmuAttest.read(in, type));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(MAGIC);
        attested.type().write(out);
        qualifiedSigner.write(out);
        extraData.write(out);
        clockInfo.write(out);
        out.u64(firmwareVersion);
        attested.write(out);
    }
}
