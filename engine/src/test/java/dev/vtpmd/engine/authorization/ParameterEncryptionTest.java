package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static dev.vtpmd.engine.tss.TssSession.DECRYPT;
import static dev.vtpmd.engine.tss.TssSession.ENCRYPT;
import static org.assertj.core.api.Assertions.assertThat;

/** Encryption of the first parameter (Part 1, 21); the client's end is {@link TssSession}. */
class ParameterEncryptionTest {
    private static final int OWNER = 0x40000001;
    private static final int INDEX = 0x01500001;
    private static final int STIR_RANDOM = 0x146;
    private static final int GET_RANDOM = 0x17B;
    private static final int HASH = 0x17D;
    private static final int READ_CLOCK = 0x181;
    private static final byte[] NONE = {};
    private static final byte[] SECRET = {'s', 'e', 'c', 'r', 'e', 't'};
    private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
    private static final String DATA_HEX = "0102030405060708090A0B0C0D0E0F1011121314";

    private final TestTpm tpm = TestTpm.started();

    @ParameterizedTest
    @ValueSource(strings = {TssSession.AES_128_CFB, TssSession.AES_256_CFB, TssSession.XOR_SHA256})
    void theAuthorizingSessionEncryptsToo(String symmetric) {
        TssNvIndex index = index();
        for (TssCrypto hash : new TssCrypto[] {TssCrypto.SHA256, TssCrypto.SHA384}) {
            TssSession session = TssSession.hmac(tpm, hash, symmetric);
            TssAuthorization decrypt = TssAuthorization.hmac(session, CONTINUE | DECRYPT, SECRET);
            assertThat(index.write()
                            .authorization(decrypt)
                            .sized(DATA)
                            .parameters("0000")
                            .code(tpm))
                    .isZero();
            index.written();
            assertThat(index.readAsOwner()).isEqualTo(DATA_HEX);
            TssResponse read = index.read()
                    .authorization(TssAuthorization.hmac(session, ENCRYPT, SECRET))
                    .sendTo(tpm);
            assertThat(read.parameters()).isEqualTo("0014" + DATA_HEX);
            assertThat(read.parametersAsSent()).isNotEqualTo(read.parameterBytes());
        }
    }

    /** With each hash and each cipher of the full profile: TPM2_Hash of "abc", both ways encrypted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "001300800043",
                "002600800043",
                "002600C00043",
                "002601000043",
                "000300800043",
                "000300C00043",
                TssSession.AES_128_CFB
            })
    void theOtherCiphersAndHashesEncryptToo(String symmetric) {
        TestTpm full = TestTpm.started("full");
        for (TssCrypto hash :
                new TssCrypto[] {TssCrypto.SM3, TssCrypto.SHA3_256, TssCrypto.SHA3_384, TssCrypto.SHA3_512}) {
            TssSession session = TssSession.bound(full, hash, symmetric, OWNER, NONE);
            TssResponse hashed = TssCommand.of(HASH)
                    .authorization(TssAuthorization.extra(session, DECRYPT | ENCRYPT))
                    .parameters("0003 616263 000B 40000007")
                    .sendTo(full);
            assertThat(hashed.parameters())
                    .startsWith("0020" + "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
            assertThat(hashed.parametersAsSent()).isNotEqualTo(hashed.parameterBytes());
        }
    }

    /** The first session's HMAC covers the nonces of the others, so nobody can take them out of the command. */
    @Test
    void otherSessionsEncryptForTheOneThatAuthorizes() {
        TssNvIndex index = index();
        index.writeAsOwner(DATA_HEX);
        TssSession first = TssSession.hmac(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        TssSession decrypting = TssSession.bound(tpm, TssCrypto.SHA384, TssSession.AES_128_CFB, OWNER, NONE);
        TssSession encrypting = TssSession.bound(tpm, TssCrypto.SHA1, TssSession.XOR_SHA256, OWNER, NONE);
        TssResponse read = index.read()
                .authorization(TssAuthorization.hmac(first, CONTINUE, SECRET))
                .authorization(TssAuthorization.extra(encrypting, CONTINUE | ENCRYPT))
                .sendTo(tpm);
        assertThat(read.parameters()).isEqualTo("0014" + DATA_HEX);
        assertThat(index.write()
                        .authorization(TssAuthorization.hmac(first, CONTINUE, SECRET))
                        .authorization(TssAuthorization.extra(decrypting, CONTINUE | DECRYPT))
                        .sized(new byte[20])
                        .parameters("0000")
                        .code(tpm))
                .isZero();
        assertThat(index.readAsOwner()).isEqualTo("00".repeat(20));
    }

    @Test
    void encryptsWithoutAnyAuthorization() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        TssResponse random = TssCommand.of(GET_RANDOM)
                .authorization(TssAuthorization.extra(session, CONTINUE | ENCRYPT))
                .parameters("0010")
                .sendTo(tpm);
        assertThat(random.code()).isZero();
        assertThat(random.parameters()).startsWith("0010").hasSize(36);
    }

    @Test
    void anEmptyParameterCanBeDecrypted() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        assertThat(stir(session, "0000")).isZero();
    }

    @Test
    void theNewAuthValueOfAHierarchyIsEncryptedUnderTheOldOne() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        TssAuthorization change = TssAuthorization.bound(session, CONTINUE | DECRYPT, NONE);
        assertThat(TssCommand.of(0x129)
                        .handle(OWNER)
                        .authorization(change)
                        .sized(SECRET)
                        .code(tpm))
                .isZero();
        assertThat(TssCommand.of(0x130)
                        .handle(OWNER)
                        .password(SECRET)
                        .parameters("00")
                        .code(tpm))
                .isZero();
    }

    @Test
    void aCommandWithoutSizedParameterCannotBeEncrypted() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        assertThat(TssCommand.of(READ_CLOCK)
                        .authorization(TssAuthorization.extra(session, ENCRYPT))
                        .code(tpm))
                .isEqualTo(0x982);
    }

    @Test
    void aSessionWithoutAlgorithmCannotEncrypt() {
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC, OWNER, NONE);
        assertThat(TssCommand.of(GET_RANDOM)
                        .authorization(TssAuthorization.extra(session, ENCRYPT))
                        .parameters("0010")
                        .code(tpm))
                .isEqualTo(0x996);
    }

    @Test
    void onlyOneSessionEncrypts() {
        TssSession one = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        TssSession two = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, OWNER, NONE);
        assertThat(TssCommand.of(GET_RANDOM)
                        .authorization(TssAuthorization.extra(one, CONTINUE | ENCRYPT))
                        .authorization(TssAuthorization.extra(two, CONTINUE | ENCRYPT))
                        .parameters("0010")
                        .code(tpm))
                .isEqualTo(0xA82);
    }

    private int stir(TssSession session, String parameter) {
        return TssCommand.of(STIR_RANDOM)
                .authorization(TssAuthorization.extra(session, CONTINUE | DECRYPT))
                .parameters(parameter)
                .code(tpm);
    }

    private TssNvIndex index() {
        return TssNvIndex.define(tpm, INDEX, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, SECRET, DATA.length);
    }
}
