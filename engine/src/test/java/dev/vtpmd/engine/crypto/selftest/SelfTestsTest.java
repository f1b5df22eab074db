package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.state.FailureMode;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SelfTestsTest {
    private final FailureMode failureMode = new FailureMode();
    private final List<TpmAlgId> tested = new ArrayList<>();

    static Set<TpmAlgId> testable() {
        return KnownAnswers.TESTABLE;
    }

    static Stream<AsymmetricProvider> providers() {
        return Stream.of(AsymmetricProvider.fastest(), AsymmetricProvider.jdk());
    }

    /** On every curve that the TPM can have. */
    @ParameterizedTest
    @MethodSource("testable")
    void everyAlgorithmGivesItsKnownAnswer(TpmAlgId algorithm) {
        Random random = new Random(1);
        AlgorithmProfile full = AlgorithmProfile.named("full").orElseThrow();
        KnownAnswers answers = new KnownAnswers(full, AsymmetricProvider.fastest(), count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        });
        assertThat(answers.test(algorithm)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aFullTestPassesWithEveryProvider(AsymmetricProvider provider) {
        Random random = new Random(1);
        SelfTests tests = new SelfTests(
                AlgorithmProfile.DEFAULT,
                provider,
                count -> {
                    byte[] bytes = new byte[count];
                    random.nextBytes(bytes);
                    return bytes;
                },
                new Platform(),
                failureMode);
        tests.testAll();
        assertThat(tests.untested()).isEmpty();
        assertThat(failureMode.active()).isFalse();
    }

    @Test
    void testsAnAlgorithmOnceUnlessAllAreWanted() {
        SelfTests tests = new SelfTests(AlgorithmProfile.DEFAULT, () -> tested::add, new Platform(), failureMode);
        tests.testUntested(List.of(TpmAlgId.SHA256, TpmAlgId.RSA));
        assertThat(tested).containsExactly(TpmAlgId.SHA256);
        assertThat(tests.untested()).contains(TpmAlgId.SHA384).doesNotContain(TpmAlgId.SHA256);
        tests.testUntested(List.of(TpmAlgId.SHA256));
        assertThat(tested).hasSize(1);
        tests.testAll();
        assertThat(tested).filteredOn(TpmAlgId.SHA256::equals).hasSize(2);
    }

    @Test
    void aTestThatFailsEndsInFailureMode() {
        SelfTests tests = new SelfTests(
                AlgorithmProfile.DEFAULT, () -> algorithm -> algorithm != TpmAlgId.SHA384, new Platform(), failureMode);
        assertThatThrownBy(tests::testAll)
                .isInstanceOfSatisfying(
                        TpmException.class, e -> assertThat(e.code()).isEqualTo(0x101));
        assertThat(failureMode.diagnosis()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0x0C, 0, 0, 0, FailureMode.SELF_TEST);
        assertThat(tests.untested()).contains(TpmAlgId.SHA384);
    }
}
