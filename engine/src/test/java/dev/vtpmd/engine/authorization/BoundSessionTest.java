package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.vtpmd.engine.tss.TssSession.CONTINUE;
import static dev.vtpmd.engine.tss.TssSession.NO_SYMMETRIC;
import static org.assertj.core.api.Assertions.assertThat;

/** HMAC sessions bound to an entity (Part 1, 19.6.12). */
class BoundSessionTest {
    private static final int OWNER = 0x40000001;
    private static final int PLATFORM = 0x4000000C;
    private static final int INDEX = 0x01500001;
    private static final int BAD_AUTH_OF_SESSION_1 = 0x9A2;
    private static final int AUTH_FAIL_OF_SESSION_1 = 0x98E;
    private static final byte[] NONE = {};
    private static final byte[] SECRET = {'s', 'e', 'c', 'r', 'e', 't'};
    private static final byte[] CHANGED = {'n', 'e', 'w'};

    private final TestTpm tpm = TestTpm.started();

    @BeforeEach
    void setOwnerAuth() {
        assertThat(changeAuth(TssAuthorization.password(NONE), SECRET)).isZero();
    }

    @Test
    void theSessionKeyAloneAuthorizesTheEntity() {
        TssSession session = bind(OWNER, SECRET);
        assertThat(adjust(OWNER, TssAuthorization.bound(session, CONTINUE, SECRET)))
                .isZero();
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, SECRET)))
                .isEqualTo(BAD_AUTH_OF_SESSION_1);
    }

    @Test
    void anotherEntityNeedsItsAuthValueToo() {
        TssSession session = bind(PLATFORM, NONE);
        assertThat(adjust(PLATFORM, TssAuthorization.bound(session, CONTINUE, NONE)))
                .isZero();
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, SECRET)))
                .isZero();
        assertThat(adjust(OWNER, TssAuthorization.bound(session, CONTINUE, SECRET)))
                .isEqualTo(BAD_AUTH_OF_SESSION_1);
    }

    @Test
    void aWrongGuessShowsAtTheFirstUse() {
        TssSession session = bind(OWNER, CHANGED);
        assertThat(adjust(OWNER, TssAuthorization.bound(session, CONTINUE, SECRET)))
                .isEqualTo(BAD_AUTH_OF_SESSION_1);
    }

    @Test
    void theBindingEndsWhenTheAuthValueChanges() {
        TssSession session = bind(OWNER, SECRET);
        assertThat(changeAuth(TssAuthorization.bound(session, CONTINUE, SECRET), CHANGED))
                .isZero();
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, CHANGED)))
                .isZero();
    }

    @Test
    void theBindingEndsWhenTheSessionIsUsedForAudit() {
        TssSession session = bind(OWNER, SECRET);
        int audit = CONTINUE | TssSession.AUDIT;
        assertThat(adjust(OWNER, TssAuthorization.bound(session, audit, SECRET)))
                .isZero();
        assertThat(adjust(OWNER, TssAuthorization.bound(session, CONTINUE, SECRET)))
                .isEqualTo(BAD_AUTH_OF_SESSION_1);
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, SECRET)))
                .isZero();
    }

    @Test
    void aFailureOfASessionBoundToAProtectedEntityCounts() {
        TssNvIndex.define(tpm, INDEX, TssNvIndex.OWNER_AND_AUTH, SECRET, NONE, 8, SECRET);
        TssSession session = bind(INDEX, SECRET);
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, CHANGED)))
                .isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(adjust(OWNER, TssAuthorization.hmac(session, CONTINUE, SECRET)))
                .isZero();
    }

    private TssSession bind(int entity, byte[] authValue) {
        return TssSession.bound(tpm, TssCrypto.SHA256, NO_SYMMETRIC, entity, authValue);
    }

    private int changeAuth(TssAuthorization authorization, byte[] value) {
        return TssCommand.of(0x129)
                .handle(OWNER)
                .authorization(authorization)
                .sized(value)
                .code(tpm);
    }

    private int adjust(int hierarchy, TssAuthorization authorization) {
        return TssCommand.of(0x130)
                .handle(hierarchy)
                .authorization(authorization)
                .parameters("00")
                .code(tpm);
    }
}
