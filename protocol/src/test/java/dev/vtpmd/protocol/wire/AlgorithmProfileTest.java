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
        assertThat(profile.keyBits(TpmAlgId.RSA)).containsExactly(1024, 2048, 3072, 4096);
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
        assertThat(profile.offersKeyBits(TpmAlgId.RSA, 2048)).isTrue();
        assertThat(profile.offersKeyBits(TpmAlgId.RSA, 512)).isFalse();
    }

    @Test
    void theProfilesOfThisReleaseAreFoundByName() {
        assertThat(AlgorithmProfile.names()).startsWith("default", "full", "libtpms");
        assertThat(AlgorithmProfile.names())
                .allSatisfy(name -> assertThat(
                                AlgorithmProfile.named(name).orElseThrow().name())
                        .isEqualTo(name));
        assertThat(AlgorithmProfile.named("unheard-of")).isEmpty();
    }

    @Test
    void fullOffersAllHashesCiphersAndCurvesOfTheTcgAndOfLibtpms() {
        AlgorithmProfile profile = AlgorithmProfile.named("full").orElseThrow();

        assertThat(profile.hashes())
                .containsExactly(
                        TpmiAlgHash.SHA1,
                        TpmiAlgHash.SHA256,
                        TpmiAlgHash.SHA384,
                        TpmiAlgHash.SHA512,
                        TpmiAlgHash.SM3_256,
                        TpmiAlgHash.SHA3_256,
                        TpmiAlgHash.SHA3_384,
                        TpmiAlgHash.SHA3_512);
        assertThat(profile.algorithms())
                .containsAll(AlgorithmProfile.DEFAULT.algorithms())
                .contains(TpmAlgId.TDES, TpmAlgId.SM4, TpmAlgId.CAMELLIA)
                .contains(TpmAlgId.ECDAA, TpmAlgId.ECSCHNORR, TpmAlgId.SM2, TpmAlgId.ECMQV);
        assertThat(profile.curves())
                .containsExactly(
                        TpmEccCurve.NIST_P192,
                        TpmEccCurve.NIST_P224,
                        TpmEccCurve.NIST_P256,
                        TpmEccCurve.NIST_P384,
                        TpmEccCurve.NIST_P521,
                        TpmEccCurve.BN_P256,
                        TpmEccCurve.BN_P638,
                        TpmEccCurve.SM2_P256);
        assertThat(profile.keyBits(TpmAlgId.TDES)).containsExactly(128, 192);
        assertThat(profile.keyBits(TpmAlgId.SM4)).containsExactly(128);
        assertThat(profile.keyBits(TpmAlgId.CAMELLIA)).containsExactly(128, 192, 256);
        assertThat(profile.largestCoordinate()).isEqualTo(80);
    }
}
