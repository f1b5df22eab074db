package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmsAttest;
import dev.vtpmd.protocol.structure.TpmsNvCertifyInfo;
import dev.vtpmd.protocol.structure.TpmsNvDigestCertifyInfo;
import dev.vtpmd.protocol.structure.TpmuAttest;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class NvCertifyTest {
    private static final int NV_DEFINE_SPACE = 0x12A;
    private static final int NV_WRITE = 0x137;
    private static final int NV_CERTIFY = 0x184;

    private static final String OWNER = "40000001";
    private static final String INDEX = "01500001";
    private static final String NULL_HANDLE = "40000007";
    /** Empty qualifying data, no scheme. */
    private static final String DEFAULTS = "0000 0010";

    private final LoadedTpm tpm = new LoadedTpm();
    private String key;

    @BeforeEach
    void defineIndex() {
        key = tpm.load(TestKeys.ecc(TestKeys.SIGNING, new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA256)));
        tpm.run(NV_DEFINE_SPACE, 1, OWNER, "0000 000E" + INDEX + "000B 02060006 0000 0008");
    }

    @Test
    void certifiesAPart() {
        write();
        TpmsNvCertifyInfo certified = (TpmsNvCertifyInfo) certify(key, "0003", "0002");
        assertThat(certified.nvContents()).isEqualTo(hex("030405"));
        assertThat(certified.offset()).isEqualTo(2);
        assertThat(certified.indexName())
                .isEqualTo(tpm.state().nv().name(tpm.state().nv().find(0x01500001)));
    }

    @Test
    void certifiesTheDigestOfAllWhenSizeAndOffsetAreZero() {
        write();
        TpmsNvDigestCertifyInfo certified = (TpmsNvDigestCertifyInfo) certify(key, "0000", "0000");
        // SHA-256 of 01 02 ... 08.
        assertThat(certified.nvDigest())
                .isEqualTo(hex("66840dda154e8a113c31dd0ad32f7f3a366a80e8136979d8f5a101d3d29d6f72"));
        TpmsNvDigestCertifyInfo unsigned = (TpmsNvDigestCertifyInfo) certify(NULL_HANDLE, "0000", "0000");
        assertThat(unsigned.nvDigest()).isEqualTo(Tpm2b.EMPTY);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(code("0008", "0000")).isEqualTo(0x14A);
        write();
        assertThat(code("0008", "0001")).isEqualTo(0x146);
        assertThat(code("0000", "0009")).isEqualTo(0x146);
        assertThat(code("0008", "0000")).isZero();
    }

    private void write() {
        tpm.run(NV_WRITE, 1, OWNER + INDEX, "0008 0102030405060708 0000");
    }

    private int code(String size, String offset) {
        return tpm.code(NV_CERTIFY, 2, key + OWNER + INDEX, DEFAULTS + size + offset);
    }

    private TpmuAttest certify(String signer, String size, String offset) {
        String answer = tpm.run(NV_CERTIFY, 2, signer + OWNER + INDEX, DEFAULTS + size + offset);
        TpmReader in = new TpmReader(HexFormat.of().parseHex(answer), AlgorithmProfile.DEFAULT);
        return in.sized(TpmsAttest::read).attested();
    }

    private static Tpm2b hex(String digits) {
        return Tpm2b.wrap(HexFormat.of().parseHex(digits));
    }
}
