package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static dev.vtpmd.engine.tss.TssSession.NO_SYMMETRIC;
import static org.assertj.core.api.Assertions.assertThat;

/** HMAC sessions that are neither bound nor salted (Part 1, 19.6); the client's end is {@link TssSession}. */
class HmacSessionTest {
    private static final int OWNER = 0x40000001;
    private static final int HIERARCHY_CHANGE_AUTH = 0x129;
    private static final int CLOCK_RATE_ADJUST = 0x130;
    private static final int BAD_AUTH_OF_SESSION_1 = 0x9A2;
    private static final byte[] NONE = {};
    private static final byte[] SECRET = {'s', 'e', 'c', 'r', 'e', 't'};

    private final TestTpm tpm = TestTpm.started();

    @Test
    void provesKnowledgeOfTheAuthValue() {
        ownerAuth(SECRET);
        for (TssCrypto hash : new TssCrypto[] {TssCrypto.SHA1, TssCrypto.SHA256, TssCrypto.SHA384}) {
            TssSession session = TssSession.hmac(tpm, hash, NO_SYMMETRIC);
            assertThat(adjust(TssAuthorization.hmac(session, CONTINUE, SECRET))).isZero();
            assertThat(adjust(TssAuthorization.hmac(session, 0, SECRET))).isZero();
        }
    }

    @Test
    void aWrongHmacIsBadAuthAndLeavesTheSession() {
        ownerAuth(SECRET);
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        TssAuthorization right = TssAuthorization.hmac(session, CONTINUE, SECRET);
        assertThat(adjust(TssAuthorization.hmac(session, CONTINUE, NONE))).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(adjust(right.sending(new byte[31]))).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(adjust(right.sending(NONE))).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(adjust(right)).isZero();
    }

    @Test
    void withoutAnyKeyAnEmptyHmacWillDo() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        TssAuthorization keyless = TssAuthorization.hmac(session, CONTINUE, NONE);
        assertThat(adjust(keyless.sending(NONE).answeredWithoutHmac())).isZero();
        assertThat(adjust(keyless)).isZero();
        assertThat(adjust(keyless.sending(new byte[32]))).isEqualTo(BAD_AUTH_OF_SESSION_1);
    }

    @Test
    void aSessionThatDoesNotContinueEnds() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        TssResponse response = command(TssAuthorization.hmac(session, 0, NONE)).sendTo(tpm);
        assertThat(response.attributes()).containsExactly(0);
        assertThat(adjust(TssAuthorization.hmac(session, 0, NONE))).isEqualTo(0x918);
    }

    @Test
    void aSessionThatShouldNotContinueOutlivesAFailure() {
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        assertThat(adjust(TssAuthorization.hmac(session, 0, SECRET))).isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(adjust(TssAuthorization.hmac(session, 0, NONE))).isZero();
    }

    @Test
    void zerosAtTheEndOfAnAuthValueDoNotCount() {
        ownerAuth(new byte[] {'a', 0, 0});
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        assertThat(adjust(TssAuthorization.hmac(session, CONTINUE, new byte[] {'a'})))
                .isZero();
        assertThat(adjust(TssAuthorization.password(new byte[] {'a', 0}))).isZero();
    }

    /** The client checks the response with the new value (Part 1, 19.6.8). */
    @Test
    void aChangeOfTheAuthValueIsAnsweredUnderTheNewOne() {
        ownerAuth(SECRET);
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        byte[] changed = {'n', 'e', 'w'};
        TssAuthorization change =
                TssAuthorization.hmac(session, CONTINUE, SECRET).answeredUnder(changed);
        assertThat(changeAuth(change, changed)).isZero();
        assertThat(adjust(TssAuthorization.hmac(session, CONTINUE, changed))).isZero();
    }

    @Test
    void theHmacCoversTheNameOfAnIndexWhichItsFirstWriteChanges() {
        TssNvIndex index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH | TssNvIndex.NO_DA, SECRET, 8);
        TssSession session = TssSession.hmac(tpm, TssCrypto.SHA256, NO_SYMMETRIC);
        TssAuthorization authorization = TssAuthorization.hmac(session, CONTINUE, SECRET);
        assertThat(index.write()
                        .authorization(authorization)
                        .sized(new byte[8])
                        .parameters("0000")
                        .code(tpm))
                .isZero();
        assertThat(index.read().authorization(authorization).code(tpm)).isEqualTo(BAD_AUTH_OF_SESSION_1);
        index.written();
        assertThat(index.read().authorization(authorization).code(tpm)).isZero();
    }

    private void ownerAuth(byte[] value) {
        assertThat(changeAuth(TssAuthorization.password(NONE), value)).isZero();
    }

    private int changeAuth(TssAuthorization authorization, byte[] value) {
        return TssCommand.of(HIERARCHY_CHANGE_AUTH)
                .handle(OWNER)
                .authorization(authorization)
                .sized(value)
                .code(tpm);
    }

    private int adjust(TssAuthorization authorization) {
        return command(authorization).code(tpm);
    }

    private static TssCommand command(TssAuthorization authorization) {
        return TssCommand.of(CLOCK_RATE_ADJUST)
                .handle(OWNER)
                .authorization(authorization)
                .parameters("00");
    }
}
