package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class AlgorithmProfileTest {
    @Test
    void theDefaultOffersWhatAPcClientTpmNeeds() {
        AlgorithmProfile profile = AlgorithmProfile.DEFAULT;

        assertThat(profile.name()).isEqualTo("default");
        assertThat(profile.hashes())
                .containsExactly(TpmiAlgHash.SHA1, TpmiAlgHash.SHA256, TpmiAlgHash.SHA384, TpmiAlgHash.SHA512);
        assertThat(profile.offers(TpmAlgId.RSA)).isTrue();
        assertThat(profile.offers(TpmEccCurve.NIST_P384)).isTrue();
        assertThat(profile.rsaKeyBits()).contains(2048);
        assertThat(profile.largestDigest()).isEqualTo(64);
        assertThat(profile.largestRsaModulus()).isEqualTo(512);
        assertThat(profile.largestCoordinate()).isEqualTo(66);
    }

    @Test
    void nothingIsOfferedThatIsNotInTheProfile() {
        AlgorithmProfile profile = Profiles.SMALL;

        assertThat(profile.offers(TpmAlgId.RSA)).isFalse();
        assertThat(profile.offers(TpmiAlgHash.SHA1)).isFalse();
        assertThat(profile.offers(TpmEccCurve.NIST_P256)).isFalse();
        assertThat(profile.offersKeyBits(TpmAlgId.AES, 128)).isFalse();
        assertThat(profile.hashes()).containsExactly(TpmiAlgHash.SHA256);
        assertThat(profile.largestDigest()).isEqualTo(32);
        assertThat(profile.largestRsaModulus()).isZero();
        assertThat(profile.largestCoordinate()).isZero();
    }

    @Test
    void theNullAlgorithmIsNeverOffered() {
        assertThat(Profiles.EVERYTHING.offers(TpmAlgId.NULL)).isFalse();
        assertThat(Profiles.EVERYTHING.offers(TpmiAlgHash.NULL)).isFalse();
    }

    @Test
    void everyCipherHasItsKeySizes() {
        AlgorithmProfile profile = Profiles.EVERYTHING;

        assertThat(profile.offersKeyBits(TpmAlgId.AES, 192)).isTrue();
        assertThat(profile.offersKeyBits(TpmAlgId.AES, 64)).isFalse();
        assertThat(profile.offersKeyBits(TpmAlgId.SM4, 128)).isTrue();
        assertThat(profile.offersKeyBits(TpmAlgId.SM4, 256)).isFalse();
        assertThat(profile.offersKeyBits(TpmAlgId.TDES, 192)).isTrue();
        assertThat(profile.offersKeyBits(TpmAlgId.TDES, 256)).isFalse();
        assertThat(profile.offersKeyBits(TpmAlgId.RSA, 2048)).isFalse();
    }
}
