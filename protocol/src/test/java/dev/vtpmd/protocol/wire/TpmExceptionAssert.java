package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Assertions on response codes. */
public final class TpmExceptionAssert {
    private TpmExceptionAssert() {}

    /** Checks that {@code action} throws {@code expected}, without a location. */
    public static void assertThatTpmAnswers(TpmRc expected, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        TpmException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(expected.value()));
    }
}
