package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Codes as Part 2, 6.6.3 builds them. */
final class TpmExceptionTest {
    @Test
    void aFormatOneCodeCarriesItsLocation() {
        assertThat(TpmException.parameter(2, TpmRc.VALUE).code()).isEqualTo(0x2C4);
        assertThat(TpmException.parameter(1, TpmRc.SIZE).code()).isEqualTo(0x1D5);
        assertThat(TpmException.parameter(15, TpmRc.SIZE).code()).isEqualTo(0xFD5);
        assertThat(TpmException.handle(1, TpmRc.HANDLE).code()).isEqualTo(0x18B);
        assertThat(TpmException.session(1, TpmRc.AUTH_FAIL).code()).isEqualTo(0x98E);
        assertThat(TpmException.session(1, TpmRc.BAD_AUTH).code()).isEqualTo(0x9A2);
    }

    @Test
    void aLocationIsAddedToACodeWithoutOne() {
        TpmException found = TpmException.of(TpmRc.INSUFFICIENT);

        assertThat(found.code()).isEqualTo(0x09A);
        assertThat(found.atParameter(1).code()).isEqualTo(0x1DA);
        assertThat(found.atHandle(3).code()).isEqualTo(0x39A);
        assertThat(found.atSession(2).code()).isEqualTo(0xA9A);
    }

    @Test
    void aLocationIsKept() {
        assertThat(TpmException.parameter(2, TpmRc.VALUE).atParameter(1).code()).isEqualTo(0x2C4);
        assertThat(TpmException.session(1, TpmRc.VALUE).atHandle(1).code()).isEqualTo(0x984);
    }

    @Test
    void otherCodesHaveNoLocation() {
        assertThat(TpmException.of(TpmRc.NV_LOCKED).atParameter(1).code()).isEqualTo(0x148);
        assertThat(TpmException.of(TpmRc.LOCKOUT).atSession(1).code()).isEqualTo(0x921);
        assertThat(TpmException.of(TpmRc.BAD_TAG).atParameter(1).code()).isEqualTo(0x01E);
    }

    @Test
    void whatIsNotLoadedIsCountedFromZero() {
        assertThat(TpmException.handleNotLoaded(1).code()).isEqualTo(0x910);
        assertThat(TpmException.handleNotLoaded(2).code()).isEqualTo(0x911);
        assertThat(TpmException.sessionNotLoaded(1).code()).isEqualTo(0x918);
        assertThat(TpmException.sessionNotLoaded(3).code()).isEqualTo(0x91A);
    }

    @Test
    void isRecognisedWhereverItWasFound() {
        assertThat(TpmException.parameter(2, TpmRc.VALUE).is(TpmRc.VALUE)).isTrue();
        assertThat(TpmException.session(7, TpmRc.VALUE).is(TpmRc.VALUE)).isTrue();
        assertThat(TpmException.parameter(2, TpmRc.VALUE).is(TpmRc.SIZE)).isFalse();
        assertThat(TpmException.of(TpmRc.LOCKOUT).is(TpmRc.LOCKOUT)).isTrue();
    }

    @Test
    void costsNoStackTrace() {
        assertThat(TpmException.of(TpmRc.VALUE).getStackTrace()).isEmpty();
    }
}
