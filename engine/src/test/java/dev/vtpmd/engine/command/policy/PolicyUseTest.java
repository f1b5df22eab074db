package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPcrs;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

/** What a policy asks for is checked when the session is used (Part 1, 19.7): here to read an NV index. */
class PolicyUseTest {
    private static final int OWNER = 0x40000001;
    private static final int POLICY_AUTH_VALUE = 0x16B;
    private static final int POLICY_COMMAND_CODE = 0x16C;
    private static final int POLICY_CP_HASH = 0x16E;
    private static final int POLICY_LOCALITY = 0x16F;
    private static final int POLICY_NAME_HASH = 0x170;
    private static final int POLICY_TEMPLATE = 0x190;
    private static final int POLICY_PASSWORD = 0x18C;
    private static final int POLICY_PCR = 0x17F;
    private static final int POLICY_PHYSICAL_PRESENCE = 0x187;
    private static final int POLICY_RESTART = 0x180;
    private static final int POLICY_NV_WRITTEN = 0x18F;
    private static final int POLICY_FAIL_OF_SESSION_1 = 0x99D;
    private static final int LOCALITY = 0x907;
    private static final byte[] AUTH = {'a'};
    private static final byte[] WRONG = {'w'};

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    @Test
    void onlyFromTheLocalityThatWasAsserted() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_LOCALITY, bytes("02")));
        policy(POLICY_LOCALITY, "02");
        assertThat(read(index).code(tpm)).isEqualTo(LOCALITY);
        assertThat(read(index).from(1).code(tpm)).isZero();
    }

    @Test
    void localitiesThatAreAssertedTwiceAreMet() {
        TssNvIndex index =
                index(new TssPolicy().then(POLICY_LOCALITY, bytes("03")).then(POLICY_LOCALITY, bytes("06")));
        policy(POLICY_LOCALITY, "03");
        policy(POLICY_LOCALITY, "06");
        assertThat(read(index).from(0).code(tpm)).isEqualTo(LOCALITY);
        assertThat(read(index).from(2).code(tpm)).isEqualTo(LOCALITY);
        assertThat(read(index).from(1).code(tpm)).isZero();
    }

    @Test
    void onlyWhileThePcrsStay() {
        byte[] pcrDigest = TssCrypto.SHA256.digest(new byte[32]);
        byte[] selection = bytes(TssPcrs.selection(7).replace(" ", ""));
        TssNvIndex index = index(new TssPolicy().then(POLICY_PCR, selection, pcrDigest));
        policy(POLICY_PCR, "0000" + TssPcrs.selection(7));
        assertThat(read(index).code(tpm)).isZero();
        policy(POLICY_PCR, "0000" + TssPcrs.selection(7));
        assertThat(pcrs.extend(0, 8)).isZero();
        assertThat(read(index).code(tpm)).isEqualTo(0x128);
        assertThat(policyCode(POLICY_PCR, "0000" + TssPcrs.selection(7))).isEqualTo(0x128);
        policy(POLICY_RESTART, "");
        assertThat(policyCode(POLICY_PCR, "0020" + "11".repeat(32) + TssPcrs.selection(7)))
                .isEqualTo(0x1C4);
    }

    @Test
    void onlyForTheCommandThatWasAsserted() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_COMMAND_CODE, bytes("0000014F")));
        policy(POLICY_COMMAND_CODE, "0000014F");
        assertThat(read(index).code(tpm)).isEqualTo(0x9A4);
        TssNvIndex readable = index(0x01500002, new TssPolicy().then(POLICY_COMMAND_CODE, bytes("0000014E")));
        policy(POLICY_RESTART, "");
        policy(POLICY_COMMAND_CODE, "0000014E");
        assertThat(read(readable).code(tpm)).isZero();
    }

    /** Codes are those of libtpms since 0.10; swtpm 0.7.1 names another template VALUE, and has the others too. */
    @Test
    void aTemplateMayBeAssertedAgainButNoOther() {
        policy(POLICY_TEMPLATE, "0020" + "00".repeat(32));
        assertThat(policyCode(POLICY_TEMPLATE, "0020" + "00".repeat(32))).isZero();
        assertThat(policyCode(POLICY_TEMPLATE, "0020" + "01".repeat(32))).isEqualTo(0x151);
        assertThat(policyCode(POLICY_CP_HASH, "0020" + "00".repeat(32))).isEqualTo(0x151);
    }

    /** Codes are those of swtpm 0.7.1. */
    @Test
    void aTemplateMayBeAssertedAgainAfterACommandHashOfTheSameValue() {
        String ones = "0020" + "01".repeat(32);
        policy(POLICY_TEMPLATE, ones);
        int secret = TssCommand.of(0x151)
                .handle(OWNER)
                .handle(session.handle())
                .password()
                .parameters("0000" + ones + "0000" + "00000000")
                .sendTo(tpm)
                .code();
        assertThat(secret).isZero();
        assertThat(policyCode(POLICY_TEMPLATE, ones)).isZero();
        assertThat(policyCode(POLICY_CP_HASH, ones)).isZero();
        assertThat(policyCode(POLICY_NAME_HASH, ones)).isEqualTo(0x151);
    }

    @Test
    void onlyForTheCommandAndParametersThatWereAsserted() {
        TssNvIndex probe = index(new TssPolicy());
        byte[] wrong = new byte[32];
        byte[] policy = new TssPolicy().then(POLICY_CP_HASH, wrong).digest();
        TssNvIndex index = index(0x01500002, policy);
        policy(POLICY_CP_HASH, "0020" + "00".repeat(32));
        assertThat(read(index).code(tpm)).isEqualTo(POLICY_FAIL_OF_SESSION_1);
        assertThat(policyCode(POLICY_CP_HASH, "0020" + "00".repeat(32))).isZero();
        assertThat(policyCode(POLICY_CP_HASH, "0020" + "01".repeat(32))).isEqualTo(0x151);
        assertThat(policyCode(POLICY_NAME_HASH, "0020" + "00".repeat(32))).isEqualTo(0x151);
        assertThat(policyCode(POLICY_CP_HASH, "0014" + "00".repeat(20))).isEqualTo(0x1D5);
        assertThat(probe.handle()).isNotEqualTo(index.handle());
    }

    /** The hash of an owner's command can be known before the policy is set, as the policy is not in its Names. */
    @Test
    void aHierarchyCanBeBoundToOneCommand() {
        TssCommand adjust = TssCommand.of(0x130).handle(OWNER).parameters("01");
        byte[] cpHash = adjust.cpHash(TssCrypto.SHA256);
        byte[] nameHash = adjust.nameHash(TssCrypto.SHA256);
        ownerPolicy(new TssPolicy().then(POLICY_CP_HASH, cpHash));
        policy(POLICY_CP_HASH, "0020" + hex(cpHash));
        assertThat(adjust("00")).isEqualTo(POLICY_FAIL_OF_SESSION_1);
        assertThat(adjust("01")).isZero();
        ownerPolicy(new TssPolicy().then(POLICY_NAME_HASH, nameHash));
        policy(POLICY_NAME_HASH, "0020" + hex(nameHash));
        assertThat(adjust("00")).isZero();
    }

    @Test
    void onlyWhenTheIndexWasWritten() {
        TssPolicy policy = new TssPolicy().then(POLICY_NV_WRITTEN, bytes("01"));
        TssNvIndex index = TssNvIndex.define(
                tpm,
                0x01500001,
                TssNvIndex.OWNER | TssNvIndex.POLICY_READ | TssNvIndex.NO_DA,
                AUTH,
                policy.digest(),
                8);
        policy(POLICY_NV_WRITTEN, "01");
        assertThat(read(index).code(tpm)).isEqualTo(POLICY_FAIL_OF_SESSION_1);
        index.writeAsOwner("0000000000000000");
        assertThat(read(index).code(tpm)).isZero();
        policy(POLICY_NV_WRITTEN, "01");
        assertThat(policyCode(POLICY_NV_WRITTEN, "00")).isEqualTo(0x1C4);
        ownerPolicy(policy);
        assertThat(adjust("00")).isEqualTo(POLICY_FAIL_OF_SESSION_1);
    }

    @Test
    void onlyWithTheAuthValueInTheHmac() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_AUTH_VALUE));
        policy(POLICY_AUTH_VALUE, "");
        assertThat(read(index, TssAuthorization.policy(session, CONTINUE)).code(tpm))
                .isEqualTo(0x9A2);
        assertThat(read(index, TssAuthorization.hmac(session, CONTINUE, WRONG)).code(tpm))
                .isEqualTo(0x9A2);
        assertThat(read(index, TssAuthorization.hmac(session, CONTINUE, AUTH)).code(tpm))
                .isZero();
    }

    /** Both have the same digest; the later of the two decides (Part 3, 23.18). */
    @Test
    void onlyWithTheAuthValueInClear() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_AUTH_VALUE));
        policy(POLICY_PASSWORD, "");
        assertThat(read(index, TssAuthorization.policyPassword(session, CONTINUE, WRONG))
                        .code(tpm))
                .isEqualTo(0x9A2);
        assertThat(read(index, TssAuthorization.policyPassword(session, CONTINUE, AUTH))
                        .code(tpm))
                .isZero();
    }

    @Test
    void onlyWithPhysicalPresence() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_PHYSICAL_PRESENCE));
        policy(POLICY_PHYSICAL_PRESENCE, "");
        assertThat(read(index).code(tpm)).isEqualTo(0x990);
        tpm.tpm().physicalPresence(true);
        assertThat(read(index).code(tpm)).isZero();
    }

    @Test
    void theSessionBeginsAnewAfterEachUse() {
        TssNvIndex index = index(new TssPolicy().then(POLICY_LOCALITY, bytes("01")));
        policy(POLICY_LOCALITY, "01");
        assertThat(read(index).code(tpm)).isZero();
        assertThat(TssPolicy.of(tpm, session)).isEqualTo(new byte[32]);
        assertThat(read(index).code(tpm)).isEqualTo(POLICY_FAIL_OF_SESSION_1);
        policy(POLICY_LOCALITY, "01");
        assertThat(read(index).code(tpm)).isZero();
    }

    @Test
    void theHashOfTheSessionIsThatOfTheEntity() {
        TssNvIndex index = index(0x01500001, new byte[32]);
        TssSession sha384 = TssSession.policy(tpm, TssCrypto.SHA384, TssSession.NO_SYMMETRIC);
        assertThat(read(index, TssAuthorization.policy(sha384, CONTINUE)).code(tpm))
                .isEqualTo(POLICY_FAIL_OF_SESSION_1);
        assertThat(read(index).code(tpm)).as("a policy of zeros").isZero();
    }

    private TssNvIndex index(TssPolicy policy) {
        return index(0x01500001, policy);
    }

    private TssNvIndex index(int handle, TssPolicy policy) {
        return index(handle, policy.digest());
    }

    private TssNvIndex index(int handle, byte[] policy) {
        TssNvIndex index = TssNvIndex.define(
                tpm, handle, TssNvIndex.OWNER | TssNvIndex.POLICY_READ | TssNvIndex.NO_DA, AUTH, policy, 8);
        index.writeAsOwner("0000000000000000");
        return index;
    }

    private TssCommand read(TssNvIndex index) {
        return read(index, TssAuthorization.policy(session, CONTINUE));
    }

    private static TssCommand read(TssNvIndex index, TssAuthorization authorization) {
        return index.read().authorization(authorization);
    }

    private void ownerPolicy(TssPolicy policy) {
        assertThat(TssCommand.of(0x12E)
                        .handle(OWNER)
                        .password()
                        .sized(policy.digest())
                        .parameters("000B")
                        .code(tpm))
                .isZero();
    }

    private int adjust(String step) {
        return TssCommand.of(0x130)
                .handle(OWNER)
                .authorization(TssAuthorization.policy(session, CONTINUE))
                .parameters(step)
                .code(tpm);
    }

    private void policy(int code, String parameters) {
        assertThat(policyCode(code, parameters)).isZero();
    }

    private int policyCode(int code, String parameters) {
        return TssCommand.of(code)
                .handle(session.handle())
                .parameters(parameters)
                .code(tpm);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
