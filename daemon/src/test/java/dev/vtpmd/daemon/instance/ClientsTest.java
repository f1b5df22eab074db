package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.peer.Peer;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class ClientsTest {
    private static final int USER = 61001;
    private static final int GROUP = 61002;
    private static final int STRANGER = 61005;

    private final Clients user = new Clients(OptionalInt.of(USER), OptionalInt.empty());
    private final Clients group = new Clients(OptionalInt.empty(), OptionalInt.of(GROUP));

    private static Peer peer(int uid, int gid, Integer... others) {
        Set<Integer> groups = new java.util.HashSet<>(Set.of(others));
        groups.add(gid);
        return new Peer(1, uid, gid, groups);
    }

    @Test
    void theUserAndTheMembersOfTheGroupConnectAndNobodyElse() {
        assertThat(user.admits(peer(USER, STRANGER))).isTrue();
        assertThat(user.admits(peer(STRANGER, USER))).isFalse();
        assertThat(group.admits(peer(STRANGER, GROUP))).isTrue();
        assertThat(group.admits(peer(STRANGER, STRANGER, GROUP))).isTrue();
        assertThat(group.admits(peer(GROUP, STRANGER))).isFalse();
        assertThat(Clients.NONE.admits(peer(STRANGER, STRANGER))).isFalse();
        assertThat(Clients.NONE.admits(peer(0, 0))).as("root").isTrue();
    }

    @Test
    void theSocketsFileSaysTheSame() {
        assertThat(user.endpoint(Path.of("s")).mode()).isEqualTo(0600);
        assertThat(user.endpoint(Path.of("s")).uid()).hasValue(USER);
        assertThat(group.endpoint(Path.of("s")).mode()).isEqualTo(0660);
        assertThat(group.endpoint(Path.of("s")).gid()).hasValue(GROUP);
        assertThat(Clients.NONE.endpoint(Path.of("s")).mode()).isEqualTo(0600);
    }

    @Test
    void theyAreInTheSettingsOfAnInstance() {
        Map<String, String> settings = new HashMap<>();
        new Clients(OptionalInt.of(USER), OptionalInt.of(GROUP)).store(settings);

        assertThat(Clients.of(settings)).isEqualTo(new Clients(OptionalInt.of(USER), OptionalInt.of(GROUP)));
        assertThat(Clients.of(Map.of())).isEqualTo(Clients.NONE);
    }

    @Test
    void anInstanceThatNamesNobodyIsForWhomTheServiceIsTold() {
        assertThat(Clients.NONE.or(group)).isEqualTo(group);
        assertThat(user.or(group)).isEqualTo(user);
    }
}
