package dev.vtpmd.engine.command.audit;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmsAttest;
import dev.vtpmd.protocol.structure.TpmsCommandAuditInfo;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Command audit: TPM2_SetCommandCodeAuditStatus, TPM2_GetCommandAuditDigest and what they audit (Part 1, 32). Digests and
 * codes in the tests of lists and algorithms are the answers of swtpm 0.7.1 to the same commands.
 */
class CommandAuditTest {
    private static final int OWNER = 0x40000001;
    private static final int NULL = 0x40000007;
    private static final int ENDORSEMENT = 0x4000000B;
    private static final int PLATFORM = 0x4000000C;

    private static final int CLEAR = 0x126;
    private static final int GET_COMMAND_AUDIT_DIGEST = 0x133;
    private static final int SET_COMMAND_CODE_AUDIT_STATUS = 0x140;
    private static final int GET_RANDOM = 0x17B;
    private static final int STIR_RANDOM = 0x146;

    private static final String SAME_ALGORITHM = "0010";
    private static final String SHA_256 = "000B";
    private static final String NO_COMMANDS = "00000000";
    private static final String THE_GET_RANDOM = "00000001 0000017B";
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final int NV_UNAVAILABLE = 0x923;

    private final TestTpm tpm = TestTpm.started();

    @Test
    void aNewTpmAuditsTheCommandThatChangesTheAudit() {
        TpmsCommandAuditInfo audit = audit();
        assertThat(audit.auditCounter()).isZero();
        assertThat(audit.digestAlg()).isEqualTo(TpmiAlgHash.SHA512);
        assertThat(audit.auditDigest().isEmpty()).isTrue();
        assertThat(hex(audit.commandDigest().bytes()))
                .isEqualTo("6bcd5f18495415e489afb243ed3691d54d83d41a38e91333aadab4df24dcbc7d"
                        + "e8e37e75f22e44047e4c019103f594cd0fa32bdba375fcb271e1c31282126a72");
        assertThat(auditedCommands()).isEqualTo("00000000040000000100000140");
    }

    @Test
    void theDigestIsOverTheCommandsThatAreListed() {
        assertThat(set(SAME_ALGORITHM, THE_GET_RANDOM, NO_COMMANDS)).isZero();
        TpmsCommandAuditInfo audit = audit();
        assertThat(audit.auditCounter()).isEqualTo(1);
        assertThat(hex(audit.auditDigest().bytes()))
                .isEqualTo("6993bc9ef4c8f9ee28b39686389e901b1a6ea79a6d1217e8f98d636ab3f338ff"
                        + "3f1b4a08b9a887596a27bb0d4ad9b6864ddccd8459ac0c8b220c89b90d1a8817");
        assertThat(hex(audit.commandDigest().bytes()))
                .isEqualTo("743502b218a1c4cd81ff1f35900d6900d7d5652b5735de8f262650b06642adda"
                        + "bebebb93941f61282990c0407b7339f8b7cd8c9b211dfbc6fb670dbd2b6716f2");
        assertThat(random("0000").code(tpm)).isZero();
        assertThat(hex(audit().auditDigest().bytes()))
                .isEqualTo("986016deed5eb4b47c0ffc4fd8440a4f5b4a671498396301cc20397e54579137"
                        + "5f9cbc8afc872d76b0a03b2351237ec3491011a5fcd8d8edf817eb0ef0773757");
        assertThat(audit().auditCounter()).isEqualTo(1);
        assertThat(counterProperties()).isEqualTo("0000000006000000020000021300000000" + "0000021400000001");
        assertThat(auditedCommands()).isEqualTo("0000000004000000020000014" + "00000017B");
    }

    @Test
    void changesTheAlgorithmWithoutListsOnlyAndUnaudited() {
        set(SAME_ALGORITHM, THE_GET_RANDOM, NO_COMMANDS);
        assertThat(set(SHA_256, THE_GET_RANDOM, NO_COMMANDS)).isEqualTo(0x1C4);
        assertThat(set(SHA_256, NO_COMMANDS, NO_COMMANDS)).isZero();
        TpmsCommandAuditInfo audit = audit();
        assertThat(audit.digestAlg()).isEqualTo(TpmiAlgHash.SHA256);
        assertThat(audit.auditDigest().isEmpty()).isTrue();
        assertThat(audit.auditCounter()).isEqualTo(1);
        assertThat(hex(audit.commandDigest().bytes()))
                .isEqualTo("ea0aa856b2c9d97e2407992d85fd48848083e693d873d900f252f98d5a23f2d9");
        // The next one is audited again.
        assertThat(set(SHA_256, "00000002 00000145 000001FF", "00000001 00000140"))
                .isZero();
        assertThat(audit().auditCounter()).isEqualTo(2);
        assertThat(hex(audit().auditDigest().bytes()))
                .isEqualTo("0b2d65afa9931ecdb01cb7da24d65dc531a4a2b7c0c73c8ca2367f2c3219c253");
    }

    @Test
    void passesOverCommandsThatCannotBeListed() {
        assertThat(set(SAME_ALGORITHM, "00000003 00000145 000001FF 0000017B", "00000002 00000140 00000000"))
                .isZero();
        assertThat(auditedCommands()).isEqualTo("0000000004000000020000014" + "00000017B");
        assertThat(set(SAME_ALGORITHM, THE_GET_RANDOM, THE_GET_RANDOM)).isZero();
        assertThat(auditedCommands()).isEqualTo("00000000040000000100000140");
    }

    @Test
    void refusesWrongParameters() {
        assertThat(set("0099", NO_COMMANDS, NO_COMMANDS)).isEqualTo(0x1C3);
        assertThat(set(SAME_ALGORITHM, "000000FF", NO_COMMANDS)).isEqualTo(0x2D5);
        assertThat(set(SAME_ALGORITHM, "00000001 0000", "")).isEqualTo(0x2DA);
        assertThat(set(SAME_ALGORITHM, NO_COMMANDS, "00000001 0000")).isEqualTo(0x3DA);
        assertThat(TssCommand.of(SET_COMMAND_CODE_AUDIT_STATUS)
                        .handle(0x4000000A)
                        .password()
                        .parameters(SAME_ALGORITHM + NO_COMMANDS + NO_COMMANDS)
                        .code(tpm))
                .isEqualTo(0x184);
        assertThat(audit().auditCounter()).isZero();
    }

    @Test
    void aFailedCommandIsNotAudited() {
        useSha256(THE_GET_RANDOM);
        String before = hex(audit().auditDigest().bytes());
        assertThat(random("").code(tpm)).isEqualTo(0x1DA);
        assertThat(hex(audit().auditDigest().bytes())).isEqualTo(before);
    }

    /** Part 1, 32: parameters count as they are sent. */
    @Test
    void encryptedParametersCountAsTheyAreSent() {
        useSha256("00000002 0000017B 00000146");
        byte[] digest = audit().auditDigest().bytes();
        TssSession session = TssSession.bound(tpm, TssCrypto.SHA256, TssSession.AES_128_CFB, NULL, new byte[0]);
        int attributes = CONTINUE | TssSession.ENCRYPT;
        TssCommand command = random("0010");
        byte[] cpHash = command.cpHash(TssCrypto.SHA256);
        TssResponse response = command.authorization(TssAuthorization.extra(session, attributes))
                .sendTo(tpm);
        assertThat(response.parametersAsSent()).isNotEqualTo(response.parameterBytes());
        digest = TssCrypto.SHA256.digest(digest, cpHash, response.rpHash(TssCrypto.SHA256, GET_RANDOM));
        TssCommand encrypted = TssCommand.of(STIR_RANDOM).sized(new byte[8]);
        TssResponse stirred = encrypted
                .authorization(TssAuthorization.extra(session, CONTINUE | TssSession.DECRYPT))
                .sendTo(tpm);
        digest = TssCrypto.SHA256.digest(
                digest, encrypted.cpHash(TssCrypto.SHA256), stirred.rpHash(TssCrypto.SHA256, STIR_RANDOM));
        assertThat(audit().auditDigest().bytes()).isEqualTo(digest);
    }

    @Test
    void auditsItsOwnAttestation() {
        useSha256("00000001 00000133");
        TssResponse attestation = digestCommand().sendTo(tpm);
        byte[] attested = audit(attestation).auditDigest().bytes();
        assertThat(audit().auditDigest().bytes())
                .isEqualTo(TssCrypto.SHA256.digest(
                        attested,
                        digestCommand().cpHash(TssCrypto.SHA256),
                        attestation.rpHash(TssCrypto.SHA256, GET_COMMAND_AUDIT_DIGEST)));
    }

    @Test
    void theDigestOutlivesAResumeAndARestart() {
        useSha256(THE_GET_RANDOM);
        byte[] digest = audit().auditDigest().bytes();
        tpm.send(SHUTDOWN_STATE);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        assertThat(audit().auditDigest().bytes()).isEqualTo(digest);
        tpm.send(SHUTDOWN_STATE);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(audit().auditDigest().bytes()).isEqualTo(digest);
        tpm.suspendAndResume();
        assertThat(audit().auditDigest().bytes()).isEqualTo(digest);
    }

    @Test
    void aResetEndsTheDigestAndKeepsTheRest() {
        useSha256(THE_GET_RANDOM);
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        TpmsCommandAuditInfo audit = audit();
        assertThat(audit.auditDigest().isEmpty()).isTrue();
        assertThat(audit.auditCounter()).isEqualTo(1);
        assertThat(audit.digestAlg()).isEqualTo(TpmiAlgHash.SHA256);
        assertThat(auditedCommands()).isEqualTo("0000000004000000020000014" + "00000017B");
        random("0000").code(tpm);
        assertThat(audit().auditCounter()).isEqualTo(2);
    }

    /** Otherwise the resumed TPM would not know of the command: Part 3, 9.4 ends the orderly state with every such change. */
    @Test
    void anAuditedCommandAfterAShutdownEndsTheOrderlyState() {
        useSha256(THE_GET_RANDOM);
        tpm.send(SHUTDOWN_STATE);
        random("0000").code(tpm);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
    }

    @Test
    void theCounterIsStoredBeforeTheResponse() {
        useSha256(THE_GET_RANDOM);
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        int commits = tpm.commits();
        tpm.storageFails(true);
        assertThat(random("0000").code(tpm)).isEqualTo(NV_UNAVAILABLE);
        assertThat(audit().auditCounter()).isEqualTo(1);
        assertThat(audit().auditDigest().isEmpty()).isTrue();
        tpm.storageFails(false);
        random("0000").code(tpm);
        random("0000").code(tpm);
        assertThat(tpm.commits()).isEqualTo(commits + 1);
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        assertThat(audit().auditCounter()).isEqualTo(2);
    }

    @Test
    void anAuditedCommandThatBeginsADigestNeedsStorage() {
        useSha256("00000002 00000133 0000017B");
        tpm.tpm().nvAvailable(false);
        assertThat(random("0000").code(tpm)).isZero();
        assertThat(digestCommand().code(tpm)).isEqualTo(NV_UNAVAILABLE);
        tpm.tpm().nvAvailable(true);
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        tpm.tpm().nvAvailable(false);
        assertThat(random("0000").code(tpm)).isEqualTo(NV_UNAVAILABLE);
        assertThat(set(SAME_ALGORITHM, NO_COMMANDS, NO_COMMANDS)).isEqualTo(NV_UNAVAILABLE);
    }

    @Test
    void clearResetsTheCounter() {
        useSha256(THE_GET_RANDOM);
        byte[] digest = audit().auditDigest().bytes();
        assertThat(TssCommand.of(CLEAR).handle(PLATFORM).password().code(tpm)).isZero();
        assertThat(audit().auditCounter()).isZero();
        assertThat(audit().auditDigest().bytes()).isEqualTo(digest);
    }

    private void useSha256(String commands) {
        assertThat(set(SHA_256, NO_COMMANDS, NO_COMMANDS)).isZero();
        assertThat(set(SAME_ALGORITHM, commands, NO_COMMANDS)).isZero();
    }

    private int set(String algorithm, String setList, String clearList) {
        return TssCommand.of(SET_COMMAND_CODE_AUDIT_STATUS)
                .handle(OWNER)
                .password()
                .parameters(algorithm + setList + clearList)
                .code(tpm);
    }

    private static TssCommand random(String size) {
        return TssCommand.of(GET_RANDOM).parameters(size);
    }

    private static TssCommand digestCommand() {
        return TssCommand.of(GET_COMMAND_AUDIT_DIGEST)
                .handle(ENDORSEMENT)
                .handle(NULL)
                .password()
                .password()
                .parameters("0000 0010");
    }

    private TpmsCommandAuditInfo audit() {
        return audit(digestCommand().sendTo(tpm));
    }

    private static TpmsCommandAuditInfo audit(TssResponse response) {
        assertThat(response.code()).isZero();
        TpmReader in = new TpmReader(response.parameterBytes(), AlgorithmProfile.DEFAULT);
        return (TpmsCommandAuditInfo) in.sized(TpmsAttest::read).attested();
    }

    private String auditedCommands() {
        return TssCommand.of(0x17A)
                .parameters("00000004 00000000 000000FE")
                .sendTo(tpm)
                .parameters();
    }

    private String counterProperties() {
        return TssCommand.of(0x17A)
                .parameters("00000006 00000213 00000002")
                .sendTo(tpm)
                .parameters();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
