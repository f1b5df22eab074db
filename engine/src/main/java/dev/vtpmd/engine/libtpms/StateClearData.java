package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.Map;
import java.util.TreeMap;

/**
 * STATE_CLEAR_DATA: what lasts until the next TPM Reset or TPM Restart.
 *
 * @param savedPcrs by the identifier of the hash, the values of PCR 0 to 15, one behind the other
 */
record StateClearData(
        boolean ownerEnabled,
        boolean endorsementEnabled,
        boolean platformNvEnabled,
        TpmtHa platformPolicy,
        Tpm2b platformAuth,
        Map<Integer, Tpm2b> savedPcrs) {
    private static final int MAGIC = 0x98897667;
    private static final int PCR_SAVE = 0x7372EABC;
    private static final int PCR_AUTHVALUE = 0x6BE82EAF;
    private static final int SAVED_PCRS = 16;

    static StateClearData read(LibtpmsReader in) {
        in.header("STATE_CLEAR_DATA", MAGIC, 2, 2);
        boolean owner = in.flag();
        boolean endorsement = in.flag();
        boolean platformNv = in.flag();
        int algorithm = in.u16();
        TpmtHa policy = Policies.of(algorithm, in.sized());
        Tpm2b auth = in.sized().withoutTrailingZeros();
        Map<Integer, Tpm2b> pcrs = savedPcrs(in);
        in.header("PCR_AUTHVALUE", PCR_AUTHVALUE, 2, 2);
        int count = in.u16();
        for (int i = 0; i < count; i++) {
            in.sized();
        }
        in.end();
        in.end();
        return new StateClearData(owner, endorsement, platformNv, policy, auth, pcrs);
    }

    private static Map<Integer, Tpm2b> savedPcrs(LibtpmsReader in) {
        in.header("PCR_SAVE", PCR_SAVE, 2, 2);
        int count = in.u16();
        Map<Integer, Tpm2b> banks = new TreeMap<>();
        for (int hash = in.u16(); hash != TpmiAlgHash.NULL.value(); hash = in.u16()) {
            Tpm2b values = in.sized();
            TpmiAlgHash known = TpmiAlgHash.of(hash);
            if (count != SAVED_PCRS || known == null || values.size() != SAVED_PCRS * known.digestSize()) {
                throw new MalformedStateException("it is damaged: the saved PCRs have sizes that they cannot have");
            }
            banks.put(hash, values);
        }
        in.end();
        return banks;
    }
}
