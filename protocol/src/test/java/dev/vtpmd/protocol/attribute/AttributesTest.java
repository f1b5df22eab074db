package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class AttributesTest {
    /** The objectAttributes of the EK templates of the TCG's EK Credential Profile. */
    @Test
    void anEndorsementKey() {
        TpmaObject attributes = TpmaObject.read(reader("000300b2"));

        assertThat(attributes.fixedTpm()).isTrue();
        assertThat(attributes.stClear()).isFalse();
        assertThat(attributes.fixedParent()).isTrue();
        assertThat(attributes.sensitiveDataOrigin()).isTrue();
        assertThat(attributes.userWithAuth()).isFalse();
        assertThat(attributes.adminWithPolicy()).isTrue();
        assertThat(attributes.noDa()).isFalse();
        assertThat(attributes.encryptedDuplication()).isFalse();
        assertThat(attributes.restricted()).isTrue();
        assertThat(attributes.decrypt()).isTrue();
        assertThat(attributes.sign()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 13, 14, 15, 20, 21, 30, 31})
    void reservedBitsOfObjects(int bit) {
        assertThatTpmAnswers(TpmRc.RESERVED_BITS, () -> TpmaObject.read(reader("%08x".formatted(1 << bit))));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 20, 21, 22, 23, 24})
    void reservedBitsOfNvIndices(int bit) {
        assertThatTpmAnswers(TpmRc.RESERVED_BITS, () -> TpmaNv.read(reader("%08x".formatted(1 << bit))));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void reservedBitsOfSessions(int bit) {
        assertThatTpmAnswers(TpmRc.RESERVED_BITS, () -> TpmaSession.read(reader("%02x".formatted(1 << bit))));
    }

    /** The attributes with which swtpm_setup defines the index of an EK certificate. */
    @Test
    void theIndexOfACertificate() {
        TpmaNv attributes = TpmaNv.read(reader("62072001"));

        assertThat(attributes.type()).isEqualTo(TpmNt.ORDINARY);
        assertThat(attributes.platformCreate()).isTrue();
        assertThat(attributes.written()).isTrue();
        assertThat(attributes.noDa()).isTrue();
        assertThat(attributes.authRead()).isTrue();
        assertThat(attributes.ownerRead()).isTrue();
        assertThat(attributes.ppRead()).isTrue();
        assertThat(attributes.policyRead()).isFalse();
        assertThat(attributes.writeDefine()).isTrue();
        assertThat(attributes.ppWrite()).isTrue();
        assertThat(attributes.ownerWrite()).isFalse();
    }

    @Test
    void anIndexHasAType() {
        assertThat(new TpmaNv(0x00000010).type()).isEqualTo(TpmNt.COUNTER);
        assertThat(new TpmaNv(0x00000090).type()).isEqualTo(TpmNt.PIN_PASS);
        assertThat(new TpmaNv(0x00000030).type()).isNull();
        assertThat(new TpmaNv(0x000000F1).withType(TpmNt.EXTEND)).isEqualTo(new TpmaNv(0x00000041));
    }

    @Test
    void theStateOfAnIndexChanges() {
        assertThat(new TpmaNv(0x00040004).withWritten(true)).isEqualTo(new TpmaNv(0x20040004));
        assertThat(new TpmaNv(0x20040004).withWritten(false)).isEqualTo(new TpmaNv(0x00040004));
        assertThat(new TpmaNv(0).withWriteLocked(true)).isEqualTo(new TpmaNv(0x00000800));
        assertThat(new TpmaNv(0).withReadLocked(true)).isEqualTo(new TpmaNv(0x10000000));
    }

    @Test
    void localitiesAreASetOrOneExtendedLocality() {
        assertThat(TpmaLocality.of(3)).isEqualTo(new TpmaLocality(0x08));
        assertThat(TpmaLocality.of(32)).isEqualTo(new TpmaLocality(0x20));

        TpmaLocality oneAndFour = new TpmaLocality(0x12);
        assertThat(oneAndFour.extended()).isFalse();
        assertThat(oneAndFour.allows(1)).isTrue();
        assertThat(oneAndFour.allows(4)).isTrue();
        assertThat(oneAndFour.allows(0)).isFalse();
        assertThat(oneAndFour.allows(0x12)).isFalse();

        TpmaLocality extended = new TpmaLocality(0x21);
        assertThat(extended.extended()).isTrue();
        assertThat(extended.allows(0x21)).isTrue();
        assertThat(extended.allows(0)).isFalse();
        assertThat(extended.allows(0x20)).isFalse();
    }

    /** What swtpm reports of TPM2_NV_UndefineSpaceSpecial and TPM2_ContextLoad. */
    @Test
    void whatIsToBeKnownOfACommand() {
        TpmaCc undefineSpaceSpecial = TpmaCc.read(reader("0440011f"));
        assertThat(undefineSpaceSpecial.commandIndex()).isEqualTo(0x011F);
        assertThat(undefineSpaceSpecial.cHandles()).isEqualTo(2);
        assertThat(undefineSpaceSpecial.nv()).isTrue();
        assertThat(undefineSpaceSpecial.rHandle()).isFalse();

        TpmaCc contextLoad = TpmaCc.read(reader("10000161"));
        assertThat(contextLoad.cHandles()).isZero();
        assertThat(contextLoad.rHandle()).isTrue();
        assertThat(contextLoad.nv()).isFalse();
    }

    @Property(tries = 30)
    void roundTrips(@ForAll int bits) {
        RoundTrip.check(new TpmaObject(bits & 0x000F0FFE), TpmaObject::read, TpmaObject::write);
        RoundTrip.check(new TpmaSession(bits & 0xE7), TpmaSession::read, TpmaSession::write);
        RoundTrip.check(new TpmaNv(bits & ~0x01F00300), TpmaNv::read, TpmaNv::write);
        RoundTrip.check(new TpmaAlgorithm(bits & 0x070F), TpmaAlgorithm::read, TpmaAlgorithm::write);
        RoundTrip.check(new TpmaLocality(bits & 0xFF), TpmaLocality::read, TpmaLocality::write);
        RoundTrip.check(new TpmaCc(bits), TpmaCc::read, TpmaCc::write);
        RoundTrip.check(new TpmaPermanent(bits), TpmaPermanent::read, TpmaPermanent::write);
        RoundTrip.check(new TpmaStartupClear(bits), TpmaStartupClear::read, TpmaStartupClear::write);
        RoundTrip.check(new TpmaMemory(bits), TpmaMemory::read, TpmaMemory::write);
        RoundTrip.check(new TpmaModes(bits), TpmaModes::read, TpmaModes::write);
        RoundTrip.check(new TpmaAct(bits & 0x3), TpmaAct::read, TpmaAct::write);
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
