package dev.vtpmd.engine;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.SymmetricCipher;
import dev.vtpmd.engine.hierarchy.Seed;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.algorithm.TpmtSymDef;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmSe;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.nv.TpmsNvPublic;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever holds a secret says nothing of it where it is turned into text, be that a log line or a message. */
class SecretsTest {
    private static final byte[] SECRET = "my-secret-16byte".getBytes(StandardCharsets.US_ASCII);
    private static final Tpm2b BUFFER = Tpm2b.wrap(SECRET);

    @Test
    void structuresWithSecrets() {
        assertHidden(BUFFER, SECRET);
        assertHidden(new TpmtSensitive(TpmAlgId.KEYEDHASH, BUFFER, BUFFER, BUFFER), SECRET);
        assertHidden(new TpmsSensitiveCreate(BUFFER, BUFFER), SECRET);
        assertHidden(new Seed(BUFFER, Seed.NEWEST_LEVEL), SECRET);
        assertHidden(new SymmetricCipher.Output(SECRET.clone(), SECRET.clone()), SECRET);
        assertHidden(SequenceObject.hmac(BUFFER, TpmiAlgHash.SHA256, SECRET), SECRET);
        assertHidden(SequenceObject.cmac(BUFFER, TpmAlgId.AES, SECRET), SECRET);
    }

    @Test
    void indices() {
        TpmsNvPublic publicArea =
                new TpmsNvPublic(0x01500001, TpmiAlgHash.SHA256, new TpmaNv(0x00060006), Tpm2b.EMPTY, 16);
        assertHidden(new NvIndex(publicArea, BUFFER, BUFFER), SECRET);
    }

    @Test
    void sessions() {
        Session session = new Session(
                0x02000000,
                TpmSe.HMAC,
                TpmiAlgHash.SHA256,
                TpmtSymDef.NULL,
                BUFFER,
                new Session.Binding(BUFFER, true, false),
                Tpm2b.zeros(16),
                PolicyState.initial(TpmiAlgHash.SHA256, 0, 0));
        assertHidden(session, SECRET);
        assertHidden(session.binding(), SECRET);
    }

    @Test
    void keys() {
        Random random = new Random(1);
        BigInteger p = BigInteger.probablePrime(512, random);
        BigInteger q = BigInteger.probablePrime(512, random);
        RsaPrivateKey rsa = RsaPrivateKey.ofPrimes(p, q, BigInteger.valueOf(65537));
        assertHidden(rsa, p.toByteArray());
        assertHidden(rsa, q.toByteArray());
        assertHidden(new EccPrivateKey(EccCurve.of(TpmEccCurve.NIST_P256), new BigInteger(1, SECRET)), SECRET);
    }

    /** An ECC storage key with an authValue, made by TPM2_CreatePrimary. */
    @Test
    void objects() {
        LoadedTpm tpm = new LoadedTpm();
        String sensitive = "0014" + "0010" + HexFormat.of().formatHex(SECRET) + "0000";
        String template = "001A 0023 000B 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000";
        String handle = tpm.start(0x131, 1, "40000001", sensitive + template + "0000" + "00000000");
        TpmObject object = (TpmObject) tpm.state().object(Integer.parseUnsignedInt(handle, 16));
        for (Object shown : new Object[] {object, object.sensitive(), object.key()}) {
            assertHidden(shown, SECRET);
            assertHidden(shown, object.sensitive().seedValue().toByteArray());
            assertHidden(shown, object.sensitive().sensitive().toByteArray());
        }
    }

    private static void assertHidden(Object shown, byte[] secret) {
        String numbers = Arrays.toString(secret);
        assertThat(secret).as("a secret to look for").hasSizeGreaterThanOrEqualTo(16);
        assertThat(shown.toString())
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret))
                .doesNotContain(new BigInteger(1, secret).toString())
                .doesNotContainIgnoringCase(new BigInteger(1, secret).toString(16))
                .doesNotContain(numbers.substring(1, numbers.length() - 1))
                .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(secret))
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }
}
