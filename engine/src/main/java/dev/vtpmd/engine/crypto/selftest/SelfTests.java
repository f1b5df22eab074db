package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.state.FailureMode;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The self-tests of one TPM: which algorithms have been tested since power was applied (Part 1, 12.4; Part 3, 10). The tests
 * run when a command asks for them; until then the TPM uses its algorithms untested, as the specification allows where the
 * platform has tested the TPM's code.
 */
public final class SelfTests {
    private final Set<TpmAlgId> testable;
    private final Set<TpmAlgId> untested;
    private final Supplier<Predicate<TpmAlgId>> tests;
    private final Platform platform;
    private final FailureMode failureMode;

    /**
     * Self-tests of the algorithms of {@code profile}; a test that fails ends in {@code failureMode}.
     *
     * @param platform may want the next self-test to fail, or the one that runs to end
     */
    public SelfTests(
            AlgorithmProfile profile,
            AsymmetricProvider asymmetric,
            KeyMaterialSource random,
            Platform platform,
            FailureMode failureMode) {
        this(profile, () -> new KnownAnswers(profile, asymmetric, random)::test, platform, failureMode);
    }

    /** Self-tests that {@code tests} makes anew for every run; each says of an algorithm whether it works. */
    SelfTests(
            AlgorithmProfile profile, Supplier<Predicate<TpmAlgId>> tests, Platform platform, FailureMode failureMode) {
        this.testable = EnumSet.copyOf(KnownAnswers.TESTABLE);
        this.testable.retainAll(profile.algorithms());
        this.untested = EnumSet.copyOf(testable);
        this.tests = tests;
        this.platform = platform;
        this.failureMode = failureMode;
    }

    /** The algorithms that can be tested and have not been, by ascending identifier. */
    public List<TpmAlgId> untested() {
        return List.copyOf(untested);
    }

    /**
     * Tests all algorithms, whether they have been tested or not.
     *
     * @throws TpmException TPM_RC_FAILURE if one does not work, and the TPM is in failure mode then; TPM_RC_CANCELED, and the
     *     tests that have been made count
     */
    public void testAll() {
        run(testable);
    }

    /** Tests those of {@code algorithms} that have not been tested; otherwise as {@link #testAll}. */
    public void testUntested(Collection<TpmAlgId> algorithms) {
        Set<TpmAlgId> wanted = EnumSet.copyOf(untested);
        wanted.retainAll(algorithms);
        run(wanted);
    }

    private void run(Set<TpmAlgId> algorithms) {
        if (platform.takeSelfTestToFail()) {
            failureMode.enter(0, FailureMode.FORCED);
            throw TpmException.of(TpmRc.FAILURE);
        }
        if (algorithms.isEmpty()) {
            return;
        }
        Predicate<TpmAlgId> test = tests.get();
        for (TpmAlgId algorithm : algorithms) {
            if (platform.cancelled()) {
                throw TpmException.of(TpmRc.CANCELED);
            }
            if (!test.test(algorithm)) {
                failureMode.enter(algorithm.value(), FailureMode.SELF_TEST);
                throw TpmException.of(TpmRc.FAILURE);
            }
            untested.remove(algorithm);
        }
    }
}
