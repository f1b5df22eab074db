package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource.GivenSecret;
import dev.vtpmd.store.record.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InspectionTest {
    private static final UUID GUEST = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f03");
    private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void withoutAKeyOnlyHeadersAreRead() throws IOException {
        Path folder = guest();

        Inspection older = only(Inspection.of(folder.resolve("permanent.0"), Optional.empty()));
        Inspection newer = only(Inspection.of(folder.resolve("permanent.1"), Optional.empty()));

        assertThat(newer.record().orElseThrow().instance()).isEqualTo(GUEST);
        assertThat(newer.record().orElseThrow().kind()).isEqualTo(RecordKind.PERMANENT);
        assertThat(newer.record().orElseThrow().generation()).isEqualTo(3);
        assertThat(newer.record().orElseThrow().contentSize()).isEqualTo(SECOND.length);
        assertThat(older.record().orElseThrow().generation()).isEqualTo(2);
        assertThat(newer.state()).isEmpty();
        assertThat(newer.problem()).isEmpty();
    }

    @Test
    void withTheHostKeyContentIsReadToo() throws IOException {
        Path folder = guest();

        List<Inspection> all = Inspection.of(folder, Optional.of(key(1)));

        assertThat(all).hasSize(8).allSatisfy(file -> assertThat(file.problem()).isEmpty());
        assertThat(named(all, "permanent.0").state()).contains(FIRST);
        assertThat(named(all, "permanent.1").state()).contains(SECOND);
        assertThat(named(all, "metadata.0").info().orElseThrow().name()).isEqualTo("guest");
        assertThat(named(all, "volatile.0").record().orElseThrow().deleted()).isTrue();
        assertThat(named(all, "key.0").state()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        Path folder = guest();
        byte[] record = Files.readAllBytes(folder.resolve("permanent.0"));
        record[70] ^= 1;
        Files.write(folder.resolve("permanent.0"), record);
        record[3] ^= 1;
        Files.write(folder.resolve("permanent.1"), record);

        List<Inspection> all = Inspection.of(folder, Optional.of(key(1)));
        List<Inspection> wrong = Inspection.of(folder, Optional.of(key(2)));

        assertThat(named(all, "permanent.0").problem().orElseThrow()).contains("not what was stored");
        assertThat(named(all, "permanent.1").problem().orElseThrow()).contains("header is not intact");
        assertThat(named(all, "permanent.1").record()).isEmpty();
        assertThat(named(wrong, "key.0").problem().orElseThrow()).contains("another host key");
        assertThat(named(wrong, "metadata.0").problem().orElseThrow()).contains("data key cannot be read");
    }

    @Test
    void nothingIsChanged() throws IOException {
        Path folder = guest();
        Files.delete(folder.resolve("volatile.1"));

        Inspection.of(folder, Optional.of(key(1)));

        assertThat(folder.resolve("volatile.1")).doesNotExist();
        assertThatThrownBy(() -> Inspection.of(directory.resolve("nowhere"), Optional.empty()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Inspection.of(directory, Optional.empty())).hasMessageContaining("no records");
    }

    private Path guest() throws IOException {
        try (DiskStateStore store = DiskStateStore.open(directory.resolve("state"), key(1))) {
            InstanceInfo info = new InstanceInfo(GUEST, "guest", Instant.EPOCH, Map.of());
            try (InstanceStore instance = store.create(info, FIRST)) {
                instance.commit(StateKind.PERMANENT, SECOND);
            }
        }
        return directory.resolve("state").resolve("instances").resolve(GUEST.toString());
    }

    private static HostKeySource key(int value) {
        byte[] key = new byte[32];
        key[0] = (byte) value;
        return new HostKeySource.GivenKey(new GivenSecret("key", key));
    }

    private static Inspection only(List<Inspection> inspections) {
        assertThat(inspections).hasSize(1);
        return inspections.getFirst();
    }

    private static Inspection named(List<Inspection> inspections, String name) {
        return inspections.stream()
                .filter(inspection -> inspection.file().endsWith(name))
                .findFirst()
                .orElseThrow();
    }
}
