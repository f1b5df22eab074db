package dev.vtpmd.engine.crypto;

import dev.vtpmd.engine.Entropy;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class TpmRandomTest {
    private static final Entropy CONSTANT = bytes -> Arrays.fill(bytes, (byte) 7);

    /** The engine's answers are determined by its entropy, clock and input. */
    @Test
    void sameEntropyGivesSameBytesHoweverTheyAreTaken() {
        byte[] whole = new TpmRandom(CONSTANT).generate(5000);
        TpmRandom pieces = new TpmRandom(CONSTANT);
        byte[] taken = new byte[5000];
        for (int at = 0; at < taken.length; at += 50) {
            pieces.fill(taken, at, 50);
        }
        assertThat(taken).isEqualTo(whole);
    }

    @Test
    void stirringChangesWhatFollows() {
        byte[] undisturbed = new TpmRandom(CONSTANT).generate(32);
        TpmRandom one = new TpmRandom(CONSTANT);
        one.stir(new byte[] {1});
        TpmRandom other = new TpmRandom(CONSTANT);
        other.stir(new byte[] {2});
        byte[] fromOne = one.generate(32);
        assertThat(fromOne).isNotEqualTo(undisturbed).isNotEqualTo(other.generate(32));
    }

    @Test
    void freshEntropyComesInRegularly() {
        AtomicInteger requests = new AtomicInteger();
        TpmRandom random = new TpmRandom(bytes -> requests.incrementAndGet());
        random.generate(32);
        assertThat(requests).hasValue(1);
        for (int mebibytes = 0; mebibytes < 2; mebibytes++) {
            random.generate(1 << 20);
        }
        assertThat(requests).hasValue(3);
    }
}
