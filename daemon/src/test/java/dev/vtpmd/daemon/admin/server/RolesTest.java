package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.peer.Accounts;
import dev.vtpmd.daemon.peer.Peer;
import org.junit.jupiter.api.Test;

import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

final class RolesTest {
    private static final int ADMINISTRATORS = 61003;
    private static final int OBSERVERS = 61004;
    private static final int STRANGER = 61005;

    private final Roles roles = new Roles(OptionalInt.of(ADMINISTRATORS), OptionalInt.of(OBSERVERS));

    private static Peer peer(int uid, Integer... groups) {
        return new Peer(1, uid, groups[0], Arrays.stream(groups).collect(Collectors.toSet()));
    }

    private static String permissions(Roles roles) {
        return PosixFilePermissions.toString(roles.socketPermissions());
    }

    @Test
    void aGroupMakesARoleWhetherItIsTheFirstOrAnother() {
        assertThat(roles.of(peer(STRANGER, ADMINISTRATORS))).isEqualTo(Role.ADMINISTRATOR);
        assertThat(roles.of(peer(STRANGER, STRANGER, ADMINISTRATORS, OBSERVERS)))
                .isEqualTo(Role.ADMINISTRATOR);
        assertThat(roles.of(peer(STRANGER, STRANGER, OBSERVERS))).isEqualTo(Role.OBSERVER);
        assertThat(roles.of(peer(STRANGER, STRANGER))).isEqualTo(Role.STRANGER);
    }

    @Test
    void rootAndTheServicesUserAreAdministratorsAlways() {
        assertThat(Roles.NONE.of(peer(0, 0))).isEqualTo(Role.ADMINISTRATOR);
        assertThat(Roles.NONE.of(peer(Accounts.ownUser(), STRANGER))).isEqualTo(Role.ADMINISTRATOR);
        assertThat(Roles.NONE.of(peer(STRANGER, 0))).isEqualTo(Role.STRANGER);
    }

    @Test
    void theSocketsFileLetsInWhomItCan() {
        assertThat(permissions(Roles.NONE)).isEqualTo("rw-------");
        assertThat(permissions(new Roles(OptionalInt.of(1), OptionalInt.empty())))
                .isEqualTo("rw-rw----");
        assertThat(permissions(new Roles(OptionalInt.empty(), OptionalInt.of(1))))
                .isEqualTo("rw-rw----");
        assertThat(permissions(roles)).isEqualTo("rw-rw-rw-");
        assertThat(new Roles(OptionalInt.empty(), OptionalInt.of(OBSERVERS)).socketGroup())
                .hasValue(OBSERVERS);
    }
}
