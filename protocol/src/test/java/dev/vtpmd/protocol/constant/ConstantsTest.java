package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** The constants that are read from a command; their values are those of Part 2, clause 6. */
final class ConstantsTest {
    @Test
    void valuesThatAreNotDefinedAreRefused() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmSu.read(reader("0002")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmSe.read(reader("02")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmEo.read(reader("000c")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmClockAdjust.read(reader("04")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmClockAdjust.read(reader("fc")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmCap.read(reader("0000000b")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmSt.read(reader("1234")));
    }

    @Test
    void trialSessionsAreThree() {
        assertThat(TpmSe.read(reader("03"))).isEqualTo(TpmSe.TRIAL);
    }

    @Test
    void clockAdjustmentsAreSigned() {
        assertThat(TpmClockAdjust.read(reader("fd"))).isEqualTo(TpmClockAdjust.COARSE_SLOWER);
        assertThat(TpmClockAdjust.read(reader("03"))).isEqualTo(TpmClockAdjust.COARSE_FASTER);
    }

    @Test
    void hashAlgorithmsThatAreNotOfferedAreRefused() {
        assertThat(TpmiAlgHash.read(reader("000b"))).isEqualTo(TpmiAlgHash.SHA256);
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmiAlgHash.read(reader("0012")));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmiAlgHash.readOrNull(reader("0012")));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmiAlgHash.read(reader("0006")));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmiAlgHash.read(reader("ffff")));
    }

    @Test
    void theNullHashIsReadOnlyWhereItIsAllowed() {
        assertThat(TpmiAlgHash.readOrNull(reader("0010"))).isEqualTo(TpmiAlgHash.NULL);
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmiAlgHash.read(reader("0010")));
    }

    @Test
    void curvesThatAreNotOfferedAreRefused() {
        assertThat(TpmEccCurve.read(reader("0003"))).isEqualTo(TpmEccCurve.NIST_P256);
        assertThatTpmAnswers(TpmRc.CURVE, () -> TpmEccCurve.read(reader("0000")));
        assertThatTpmAnswers(TpmRc.CURVE, () -> TpmEccCurve.read(reader("0020")));
    }

    @ParameterizedTest
    @EnumSource
    void tpmSt(TpmSt constant) {
        RoundTrip.check(constant, TpmSt::read, TpmSt::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmCap(TpmCap constant) {
        RoundTrip.check(constant, TpmCap::read, TpmCap::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmPt(TpmPt constant) {
        RoundTrip.check(constant, TpmPt::read, TpmPt::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmEo(TpmEo constant) {
        RoundTrip.check(constant, TpmEo::read, TpmEo::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmSu(TpmSu constant) {
        RoundTrip.check(constant, TpmSu::read, TpmSu::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmSe(TpmSe constant) {
        RoundTrip.check(constant, TpmSe::read, TpmSe::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmClockAdjust(TpmClockAdjust constant) {
        RoundTrip.check(constant, TpmClockAdjust::read, TpmClockAdjust::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmiAlgHash(TpmiAlgHash constant) {
        RoundTrip.check(constant, TpmiAlgHash::readOrNull, TpmiAlgHash::write);
    }

    @ParameterizedTest
    @EnumSource
    void tpmEccCurve(TpmEccCurve constant) {
        RoundTrip.check(constant, TpmEccCurve::read, TpmEccCurve::write);
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
