package dev.vtpmd.engine.commit;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class CommitmentsTest {
    private static final EccCurve CURVE = EccCurve.of(TpmEccCurve.NIST_P256);
    private static final Tpm2b NAME = Tpm2b.copyOf((byte) 1);

    private final Commitments commitments = commitments();

    @Test
    void givesTheSameKeyAgainUntilItIsUsed() {
        BigInteger first = commit();
        BigInteger second = commit();
        assertThat(second).isNotEqualTo(first);
        assertThat(find(commitments, 0)).isEqualTo(first);
        assertThat(find(commitments, 1)).isEqualTo(second);
        commitments.end(0);
        assertThat(commitments.find(0, CURVE, NAME)).isEmpty();
        assertThat(find(commitments, 1)).isEqualTo(second);
        assertThat(commitments.find(2, CURVE, NAME)).isEmpty();
    }

    @Test
    void forAnotherNameItIsAnotherKey() {
        BigInteger key = commit();
        assertThat(commitments.find(0, CURVE, Tpm2b.EMPTY).orElseThrow().scalar())
                .isNotEqualTo(key);
    }

    @Test
    void theNewest128CanBeUsed() {
        BigInteger first = commit();
        for (int i = 1; i < 128; i++) {
            commit();
        }
        assertThat(find(commitments, 0)).isEqualTo(first);
        BigInteger last = commit();
        assertThat(commitments.find(0, CURVE, NAME)).isEmpty();
        assertThat(find(commitments, 128)).isEqualTo(last);
        assertThat(commitments.find(256, CURVE, NAME)).isEmpty();
        assertThat(commitments.find(0xFF80, CURVE, NAME)).isEmpty();
    }

    @Test
    void numbersBeginAgainAfter16BitsButKeysDoNot() {
        BigInteger first = commit();
        for (int i = 1; i < 0x10000; i++) {
            commitments.commit();
        }
        commitments.next(CURVE, NAME);
        BigInteger again = commitments.next(CURVE, NAME).scalar();
        assertThat(commitments.commit()).isZero();
        assertThat(again).isNotEqualTo(first);
        assertThat(find(commitments, 0)).isEqualTo(again);
        assertThat(commitments.find(0xFFFF, CURVE, NAME)).isPresent();
    }

    @Test
    void survivesAllButATpmReset() {
        BigInteger key = commit();
        commitments.startup(StartupKind.RESUME);
        commitments.startup(StartupKind.RESTART);
        assertThat(find(commitments, 0)).isEqualTo(key);
        commitments.startup(StartupKind.RESET);
        assertThat(commitments.find(0, CURVE, NAME)).isEmpty();
        assertThat(commit()).isNotEqualTo(key);
    }

    @Test
    void isRestoredFromAState() {
        commit();
        BigInteger second = commit();
        commitments.end(0);
        byte[] state = TpmWriter.toByteArray(commitments::writeVolatile);
        Commitments restored = commitments();
        restored.readVolatile(new TpmReader(state, AlgorithmProfile.DEFAULT));
        assertThat(restored.find(0, CURVE, NAME)).isEmpty();
        assertThat(find(restored, 1)).isEqualTo(second);
        assertThat(restored.commit()).isEqualTo(2);
    }

    private BigInteger commit() {
        BigInteger key = commitments.next(CURVE, NAME).scalar();
        commitments.commit();
        return key;
    }

    private static BigInteger find(Commitments commitments, int count) {
        return commitments.find(count, CURVE, NAME).orElseThrow().scalar();
    }

    private static Commitments commitments() {
        TpmRandom random = new TpmRandom(new Random(1)::nextBytes);
        return new Commitments(new KeyDerivation(), new Ecc(AsymmetricProvider.jdk(), random), random, new Orderly());
    }
}
