package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The intermediate values on the way to the first prime of an RSA storage root key. */
class DerivationStepsTest {
    private static final DerivationVectors.Vector STEPS = DerivationVectors.steps();

    @Test
    void seedMaterial() {
        byte[] input = STEPS.bytes("derivationInput");
        assertThat(SeedMaterial.derive(input)).isEqualTo(STEPS.bytes("derivationOutput"));
        assertThat(SeedMaterial.derive(Arrays.copyOf(input, 40), Arrays.copyOfRange(input, 40, input.length)))
                .isEqualTo(STEPS.bytes("derivationOutput"));
    }

    @Test
    void firstRequest() {
        DerivationVectors.Vector vector = DerivationVectors.named(STEPS.text("of"));
        PrimaryObjectSource source =
                new PrimaryObjectSource(vector.bytes("seed"), STEPS.bytes("templateName"), new byte[0]);
        assertThat(source.generate(128)).isEqualTo(STEPS.bytes("firstCandidateBytes"));
    }

    @Test
    void sieve() {
        BigInteger base = new BigInteger(STEPS.text("fieldBase"), 16);
        PrimeSieve sieve = new PrimeSieve(new BigInteger(STEPS.text("firstCandidateAdjusted"), 16));
        assertThat(sieve.remaining())
                .isEqualTo(STEPS.node().get("survivorsInField").asInt());
        for (int i = 0; i < 10; i++) {
            int position = STEPS.node().get("firstTenSurvivors").get(i).asInt();
            assertThat(sieve.take(0)).isEqualTo(base.add(BigInteger.valueOf(2L * position)));
        }
        assertThat(sieve.remaining())
                .isEqualTo(STEPS.node().get("survivorsInField").asInt() - 10);
    }

    @Test
    void orderOfTakingFromTheField() {
        BigInteger base = new BigInteger(STEPS.text("fieldBase"), 16);
        long selector = Long.parseLong(STEPS.text("selector"), 16) | 0x80000000L;
        PrimeSieve sieve = new PrimeSieve(new BigInteger(STEPS.text("firstCandidateAdjusted"), 16));
        STEPS.node()
                .get("bitsGivenToMillerRabin")
                .forEach(position -> assertThat(sieve.take((int) (selector % sieve.remaining())))
                        .isEqualTo(base.add(BigInteger.valueOf(2L * position.asInt()))));
    }

    @Test
    void derivedBytesAreOneStreamThatEnds() {
        byte[] key = {1};
        byte[] label = {2};
        byte[] context = {3};
        byte[] whole = new DerivedObjectSource(TpmiAlgHash.SHA256, key, label, context).generate(1024);
        DerivedObjectSource pieces = new DerivedObjectSource(TpmiAlgHash.SHA256, key, label, context);
        assertThat(pieces.generate(40)).isEqualTo(Arrays.copyOf(whole, 40));
        assertThat(pieces.generate(8)).isEqualTo(Arrays.copyOfRange(whole, 40, 48));
        assertThatThrownBy(() -> new DerivedObjectSource(TpmiAlgHash.SHA256, key, label, context).generate(1025))
                .isInstanceOfSatisfying(
                        TpmException.class,
                        e -> assertThat(e.is(TpmRc.NO_RESULT)).isTrue());
    }

    /** SP 800-67, 3.3.2: weak, semi-weak and possibly weak keys are not used, nor two equal parts beside each other. */
    @Test
    void weakTdesKeysAreDrawnAgain() {
        String good = "0123456789abcdef";
        String other = "fedcba9876543210";
        for (String bad : List.of("0101010101010101", "01fe01fe01fe01fe", "1f1f01010e0e0101", "e001e001f101f101")) {
            assertThat(tdesKey(bad + good, good + other)).isEqualTo(good + other);
            assertThat(tdesKey(good + bad, good + other)).isEqualTo(good + other);
        }
        assertThat(tdesKey(good + good, good + other)).isEqualTo(good + other);
        // Bit 0 of every byte is parity, odd over the byte.
        assertThat(tdesKey("0022446688aaccee" + other)).isEqualTo("0123456789abcdef" + other);
    }

    /** The other tests use the fastest provider. */
    @Test
    void theJdkFindsTheSamePrimes() {
        DerivationVectors.Vector vector = DerivationVectors.named(STEPS.text("of"));
        PrimaryObjectSource source =
                new PrimaryObjectSource(vector.bytes("seed"), STEPS.bytes("templateName"), new byte[0]);
        RsaPrivateKey key = new RsaKeySearch(AsymmetricProvider.jdk(), () -> false)
                .generate(2048, BigInteger.valueOf(65537), source, vector.level());
        assertThat(key.prime()).isEqualTo(vector.bytes("sensitive"));
        assertThat(key.q()).isEqualTo(new BigInteger(1, STEPS.bytes("firstPrime")));
    }

    private static String tdesKey(String... draws) {
        Iterator<String> next = List.of(draws).iterator();
        KeyMaterialSource source = count -> {
            byte[] bytes = HexFormat.of().parseHex(next.next());
            assertThat(bytes).hasSize(count);
            return bytes;
        };
        return HexFormat.of().formatHex(SymmetricKeys.generate(TpmAlgId.TDES, 128, source));
    }
}
