package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Profiles;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;
import java.util.function.Consumer;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class AlgorithmStructuresTest {
    /** An algorithm that is in the type, one that is not, and the code for that (Part 2, clauses 9 and 11). */
    @ParameterizedTest
    @CsvSource({
        "TPMI_ALG_ASYM, 0001, 0004, ASYMMETRIC",
        "TPMI_ALG_SYM, 000a, 0004, SYMMETRIC",
        "TPMI_ALG_SYM_OBJECT, 0006, 0004, SYMMETRIC",
        "TPMI_ALG_SYM_MODE, 003f, 0004, MODE",
        "TPMI_ALG_CIPHER_MODE, 0043, 0004, MODE",
        "TPMI_ALG_KDF, 0022, 0004, KDF",
        "TPMI_ALG_SIG_SCHEME, 0014, 0004, SCHEME",
        "TPMI_ECC_KEY_EXCHANGE, 0019, 0004, SCHEME",
        "TPMI_ALG_MAC_SCHEME, 000b, 0006, SYMMETRIC",
        "TPMI_ALG_KEYEDHASH_SCHEME, 0005, 0004, VALUE",
        "TPMI_ALG_ASYM_SCHEME, 0015, 0004, VALUE",
        "TPMI_ALG_RSA_SCHEME, 0017, 0004, VALUE",
        "TPMI_ALG_RSA_DECRYPT, 0015, 0004, VALUE",
        "TPMI_ALG_ECC_SCHEME, 0018, 0004, SCHEME",
        "TPMI_ALG_PUBLIC, 0025, 0004, TYPE"
    })
    void everyTypeHasItsOwnCode(AlgorithmType type, String member, String other, TpmRc error) {
        assertThat(type.read(reader(member)).value()).isEqualTo(Integer.parseInt(member, 16));
        assertThatTpmAnswers(error, () -> type.read(reader(other)));
        assertThatTpmAnswers(error, () -> type.read(reader("ffff")));
        assertThatTpmAnswers(error, () -> type.read(reader("0010")));
        assertThat(type.readOrNull(reader("0010"))).isEqualTo(TpmAlgId.NULL);
        assertThatTpmAnswers(error, () -> type.readOrNull(reader("ffff")));
    }

    @Test
    void anAlgorithmThatIsNotOfferedIsRefusedAsAnUnknownOne() {
        assertThatTpmAnswers(TpmRc.SCHEME, () -> AlgorithmType.TPMI_ALG_SIG_SCHEME.read(reader("001a")));
        assertThat(AlgorithmType.TPMI_ALG_SIG_SCHEME.read(readerOfEverything("001a")))
                .isEqualTo(TpmAlgId.ECDAA);
    }

    /** The symmetric algorithm of an EK template: AES-128 in CFB mode. */
    @Test
    void aBlockCipherHasAKeySizeAndAMode() {
        TpmtSymDefObject cipher = TpmtSymDefObject.read(reader("0006" + "0080" + "0043"));

        assertThat(cipher).isEqualTo(new TpmtSymDefObject(TpmAlgId.AES, 128, TpmAlgId.CFB));
        assertThat(cipher.keyBytes()).isEqualTo(16);
    }

    @Test
    void theModeOfABlockCipherMayBeNull() {
        assertThat(TpmtSymDefObject.read(reader("0006" + "0100" + "0010")).mode())
                .isEqualTo(TpmAlgId.NULL);
        assertThatTpmAnswers(TpmRc.MODE, () -> TpmtSymDefObject.read(reader("0006" + "0100" + "0045")));
    }

    @Test
    void aKeySizeThatIsNotOfferedIsAValue() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmtSymDefObject.read(reader("0006" + "0040" + "0043")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmtSymDef.read(reader("0006" + "0040" + "0043")));
    }

    @Test
    void xorHasAHashInPlaceOfAKeySizeAndNoMode() {
        TpmtSymDef xor = TpmtSymDef.read(reader("000a" + "000b"));

        assertThat(xor.xorHash()).isEqualTo(TpmiAlgHash.SHA256);
        assertThat(hex(xor::write)).isEqualTo("000a" + "000b");
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmtSymDef.read(reader("000a" + "0010")));
        assertThatTpmAnswers(TpmRc.SYMMETRIC, () -> TpmtSymDefObject.read(reader("000a" + "000b")));
    }

    @Test
    void noAlgorithmHasNoDetails() {
        assertThat(TpmtSymDef.readOrNull(reader("0010"))).isEqualTo(TpmtSymDef.NULL);
        assertThat(TpmtSymDefObject.readOrNull(reader("0010"))).isEqualTo(TpmtSymDefObject.NULL);
        assertThat(hex(TpmtSymDef.NULL::write)).isEqualTo("0010");
        assertThat(hex(TpmtSymDefObject.NULL::write)).isEqualTo("0010");
        assertThatTpmAnswers(TpmRc.SYMMETRIC, () -> TpmtSymDefObject.read(reader("0010")));
    }

    @ParameterizedTest
    @CsvSource({
        "0014000b, RSASSA, SHA256, 0",
        "0015, RSAES, NULL, 0",
        "0017000c, OAEP, SHA384, 0",
        "0005000b, HMAC, SHA256, 0",
        "001a000b0102, ECDAA, SHA256, 258",
        "0010, NULL, NULL, 0"
    })
    void theDetailsOfASchemeFollowFromIt(String encoded, TpmAlgId scheme, TpmiAlgHash hash, int count) {
        TpmtAsymScheme read =
                TpmtAsymScheme.readOrNull(readerOfEverything(encoded), AlgorithmType.TPMI_ALG_ASYM_SCHEME);

        assertThat(read).isEqualTo(new TpmtAsymScheme(scheme, hash, count));
        assertThat(hex(read::write)).isEqualTo(encoded);
    }

    @Test
    void aSchemeNeedsAHash() {
        assertThatTpmAnswers(
                TpmRc.HASH, () -> TpmtAsymScheme.read(reader("0014" + "0010"), AlgorithmType.TPMI_ALG_SIG_SCHEME));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmtKeyedhashScheme.read(reader("0005" + "0010")));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmtKdfScheme.read(reader("0020" + "0010")));
    }

    @Test
    void xorObfuscationHasAHashAndPerhapsAFunction() {
        assertThat(TpmtKeyedhashScheme.read(reader("000a" + "000b" + "0022")))
                .isEqualTo(new TpmtKeyedhashScheme(TpmAlgId.XOR, TpmiAlgHash.SHA256, TpmAlgId.KDF1_SP800_108));
        assertThat(TpmtKeyedhashScheme.read(reader("000a" + "000b" + "0010")).kdf())
                .isEqualTo(TpmAlgId.NULL);
        assertThatTpmAnswers(TpmRc.KDF, () -> TpmtKeyedhashScheme.read(reader("000a" + "000b" + "0001")));
    }

    /** The signature that swtpm answers to tpm2_quote with an ECDSA key. */
    @Test
    void aRecordedSignature() {
        String r = "81f19e987c35f71a72e1df0eb7174073c2688866247d1d17652aa9fa859704d8";
        String s = "c5e70d4873abb2f3a8dd57940214f9ac0ac6b181b02110d99d9177721689d9ab";
        String recorded = "0018" + "000b" + "0020" + r + "0020" + s;

        TpmtSignature signature = TpmtSignature.read(reader(recorded));

        assertThat(signature.sigAlg()).isEqualTo(TpmAlgId.ECDSA);
        assertThat(signature.signature()).isInstanceOfSatisfying(TpmsSignatureEcc.class, ecdsa -> {
            assertThat(ecdsa.hash()).isEqualTo(TpmiAlgHash.SHA256);
            assertThat(ecdsa.signatureR().toByteArray())
                    .isEqualTo(HexFormat.of().parseHex(r));
            assertThat(ecdsa.signatureS().toByteArray())
                    .isEqualTo(HexFormat.of().parseHex(s));
        });
        assertThat(hex(signature::write)).isEqualTo(recorded);
    }

    @Test
    void noSignatureHasNoBytes() {
        assertThat(TpmtSignature.readOrNull(reader("0010"))).isEqualTo(TpmtSignature.NULL);
        assertThatTpmAnswers(TpmRc.SCHEME, () -> TpmtSignature.read(reader("0010")));
    }

    @Test
    void anHmacHasNoSize() {
        String hmac = "000b" + "11".repeat(32);

        assertThat(hex(TpmtSignature.read(reader("0005" + hmac))::write)).isEqualTo("0005" + hmac);
    }

    private static String hex(Consumer<TpmWriter> structure) {
        return HexFormat.of().formatHex(TpmWriter.toByteArray(structure));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }

    private static TpmReader readerOfEverything(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), Profiles.EVERYTHING);
    }
}
