package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Policy digests that the TCG publishes: those of the EK Credential Profile 2.3, Annex B, and of Part 3's simple policies. */
class PolicyDigestsTest {
    private static final String POLICY_A_SHA256 = "837197674484B3F81A90CC8D46A5D724FD52D76E06520B64F2A1DA1B331469AA";
    private static final String ZEROS = "00".repeat(32);

    private final TestTpm tpm = TestTpm.started();
    private String session;

    @BeforeEach
    void startTrialSession() {
        session = tpm.send("80010000002B00000176 40000007 40000007 0010" + "11".repeat(16) + "0000 03 0010 000B")
                .substring(20, 28);
    }

    @Test
    void startsWithZeros() {
        assertThat(digest()).isEqualTo(ZEROS);
    }

    @Test
    void policySecretOfTheEndorsementHierarchyIsPolicyA() {
        String response = tpm.send("8002 00000029 00000151 4000000B" + session + "00000009 40000009 0000 01 0000"
                + "0000 0000 0000 00000000");
        assertThat(TestTpm.codeOf(response)).isZero();
        assertThat(digest()).isEqualTo(POLICY_A_SHA256);
    }

    @Test
    void policyOrOfThePublishedBranchesIsPolicyB() {
        String policyC = "3767E2EDD43FF45A3A7E1EAEFCEF78643DCA964632E7AAD82C673A30D8633FDE";
        String branches = "00000002" + "0020" + POLICY_A_SHA256 + "0020" + policyC;
        assertThat(tpm.code("8001 00000056 00000171" + session + branches)).isZero();
        assertThat(digest()).isEqualTo("CA3D0A99A2B93906F7A3342414EFCFB3A385D44CD1FD459089D19B5071C0B7A0");
    }

    @Test
    void policyPasswordGivesTheDigestOfPolicyAuthValue() {
        assertThat(tpm.code("8001 0000000E 0000018C" + session)).isZero();
        assertThat(digest()).isEqualTo("8FCD2169AB92694E0C633F1AB772842B8241BBC20288981FC7AC1EDDC1FDDB0E");
    }

    @Test
    void policyOrNeedsTwoBranches() {
        String one = "00000001" + "0020" + POLICY_A_SHA256;
        assertThat(tpm.code("8001 00000034 00000171" + session + one)).isEqualTo(0x1D5);
    }

    @Test
    void refusesACommandCodeThatDoesNotExist() {
        assertThat(tpm.code("8001 00000012 0000016C" + session + "00000123")).isEqualTo(0x1E4);
    }

    @Test
    void aSecondCommandCodeContradictsTheFirst() {
        assertThat(tpm.code("8001 00000012 0000016C" + session + "00000144")).isZero();
        assertThat(tpm.code("8001 00000012 0000016C" + session + "00000145")).isEqualTo(0x1C4);
    }

    @Test
    void localitiesThatExcludeEachOtherAreOutOfRange() {
        assertThat(tpm.code("8001 0000000F 0000016F" + session + "01")).isZero();
        assertThat(tpm.code("8001 0000000F 0000016F" + session + "02")).isEqualTo(0x1CD);
    }

    @Test
    void restartForgetsWhatWasAsserted() {
        assertThat(tpm.code("8001 0000000E 0000018C" + session)).isZero();
        assertThat(tpm.code("8001 0000000E 00000180" + session)).isZero();
        assertThat(digest()).isEqualTo(ZEROS);
    }

    private String digest() {
        return tpm.send("8001 0000000E 00000189" + session).substring(24);
    }
}
