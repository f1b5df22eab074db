package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class ListsAndTicketsTest {
    /** As swtpm answers TPM2_PolicyOR with one digest, none, nine, and a count that does not fit into an int. */
    @ParameterizedTest
    @ValueSource(strings = {"00000001" + "0000", "00000000", "00000009", "80000000"})
    void aPolicyHasTwoToEightAlternatives(String encoded) {
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmlDigest.readAlternatives(reader(encoded)));
    }

    @Test
    void twoAlternativesAreEnough() {
        assertThat(TpmlDigest.readAlternatives(reader("00000002" + "0000" + "0001ff"))
                        .digests())
                .hasSize(2);
    }

    @Test
    void aListOfDigestsMayHaveOneOrNone() {
        assertThat(TpmlDigest.read(reader("00000000")).digests()).isEmpty();
        assertThat(TpmlDigest.read(reader("00000001" + "0000")).digests()).hasSize(1);
    }

    /** As swtpm answers TPM2_IncrementalSelfTest. */
    @Test
    void aListOfAlgorithmsToTestHasAlgorithmsOfTheTpm() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmlAlg.read(reader("00000001" + "1234")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmlAlg.read(reader("00000001" + "0010")));
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmlAlg.read(reader("00000041")));
    }

    @Test
    void aListOfCommandsMayHaveUnknownOnes() {
        assertThat(TpmlCc.read(reader("00000001" + "20000001")).commandCodes()).containsExactly(0x20000001);
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmlCc.read(reader("000000ff")));
    }

    /** The ticket that swtpm answers to TPM2_PolicySecret without an expiration. */
    @Test
    void noTicket() {
        TpmtTkAuth ticket = TpmtTkAuth.read(reader("8023" + "40000007" + "0000"));

        assertThat(ticket).isEqualTo(TpmtTkAuth.nullTicket(TpmSt.AUTH_SECRET));
        assertThat(ticket.isNull()).isTrue();
    }

    /** The ticket that swtpm answers to TPM2_CreatePrimary in the endorsement hierarchy. */
    @Test
    void aCreationTicket() {
        String hmac = "8fb57528e3488e754df8690c97f03835ef392f30096b7d9c47339987315e614e"
                + "134b9972bf0c5c22330c5586b71d41a44f9c8c759d15fd156a31e730c9afa6fa";
        String recorded = "8021" + "4000000b" + "0040" + hmac;

        TpmtTkCreation ticket = TpmtTkCreation.read(reader(recorded));

        assertThat(ticket.hierarchy()).isEqualTo(TpmRh.ENDORSEMENT);
        assertThat(ticket.digest().toByteArray()).isEqualTo(HexFormat.of().parseHex(hmac));
        assertThat(ticket.isNull()).isFalse();
        assertThat(TpmWriter.toByteArray(ticket::write))
                .isEqualTo(HexFormat.of().parseHex(recorded));
    }

    @Test
    void aTicketOfAnotherKindHasTheWrongTag() {
        String empty = "40000001" + "0000";

        assertThatTpmAnswers(TpmRc.TAG, () -> TpmtTkAuth.read(reader("8021" + empty)));
        assertThatTpmAnswers(TpmRc.TAG, () -> TpmtTkCreation.read(reader("8022" + empty)));
        assertThatTpmAnswers(TpmRc.TAG, () -> TpmtTkVerified.read(reader("8024" + empty)));
        assertThatTpmAnswers(TpmRc.TAG, () -> TpmtTkHashcheck.read(reader("8023" + empty)));
    }

    @Test
    void aTagThatIsNoneIsAValue() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmtTkAuth.read(reader("1234" + "40000001" + "0000")));
    }

    @Test
    void onlyAHierarchyMakesTickets() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmtTkCreation.read(reader("8021" + "4000000a" + "0000")));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
