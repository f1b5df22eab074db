package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.daemon.instance.Custody.Place;
import dev.vtpmd.protocol.swtpm.StateBlobType;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two services, one TPM: who may go on with it. States are arbitrary bytes here. */
final class InstanceHandoverTest {
    private static final UUID TPM = UUID.fromString("0d4b1a52-3b6c-4a4e-9a51-5d2f1c6b7e80");
    private static final Permissions MIGRATION = new Permissions(true, false);
    private static final Permissions SNAPSHOTS = new Permissions(false, true);

    @TempDir
    private Path directory;

    private DiskStateStore storeA;
    private DiskStateStore storeB;

    /** What a client of the control channel was given. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Blobs(byte[] permanent, byte[] volatileState) {}

    /** An instance, as its device uses it. */
    private record Side(InstanceStorage storage, InstanceHandover handover) {
        static Side with(InstanceStorage storage) {
            return new Side(storage, new InstanceHandover(storage, Optional.empty(), AuditLog.withoutFile()));
        }

        Blobs save(String state) throws IOException {
            Blobs blobs = new Blobs(
                    handover.leave(StateBlobType.PERMANENT, state.getBytes(StandardCharsets.UTF_8)),
                    handover.leave(StateBlobType.VOLATILE, (state + " running").getBytes(StandardCharsets.UTF_8)));
            handover.left();
            return blobs;
        }

        String load(Blobs blobs) throws IOException {
            byte[] permanent = handover.enter(StateBlobType.PERMANENT, blobs.permanent());
            byte[] running = handover.enter(StateBlobType.VOLATILE, blobs.volatileState());
            storage.commitPermanent(permanent);
            handover.entered();
            return new String(permanent, StandardCharsets.UTF_8) + ", " + new String(running, StandardCharsets.UTF_8);
        }

        Place place() {
            return storage.custody().place();
        }
    }

    @BeforeEach
    void open() throws IOException {
        storeA = DiskStateStore.open(directory.resolve("a"), new HostKeySource.KeptBesideState());
        storeB = DiskStateStore.open(directory.resolve("b"), new HostKeySource.KeptBesideState());
    }

    @AfterEach
    void close() {
        storeA.close();
        storeB.close();
    }

    private static InstanceConfiguration configuration(Permissions permissions) {
        return new InstanceConfiguration(TPM, "guest", OptionalInt.empty(), OptionalInt.empty(), permissions);
    }

    private Side source(Permissions permissions) throws IOException {
        InstanceConfiguration configuration = configuration(permissions);
        return Side.with(InstanceStorage.of(
                storeA, configuration, Custody.NEW, storeA.create(configuration.stored(Custody.NEW), new byte[] {1})));
    }

    private Side destination() {
        return Side.with(InstanceStorage.awaiting(
                storeB,
                new InstanceConfiguration(UUID.randomUUID(), "guest", OptionalInt.empty(), OptionalInt.empty())));
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(StateRefusedException.class).hasMessageContaining(reason);
    }

    @Test
    void aTpmGoesOnAtItsDestinationAlone() throws IOException {
        Side source = source(MIGRATION);
        Side destination = destination();

        assertThat(destination.load(source.save("state"))).isEqualTo("state, state running");
        assertThat(destination.place()).isEqualTo(Place.ARRIVED);
        destination.handover().remain(true);

        assertThat(destination.place()).isEqualTo(Place.HERE);
        assertThat(destination.storage().configuration().permissions()).isEqualTo(MIGRATION);
        assertThat(storeB.list()).extracting(InstanceInfo::uuid).containsExactly(TPM);
        assertRefused(() -> source.handover().remain(false), "has moved");
    }

    @Test
    void thatATpmHasMovedOutlivesTheService() throws IOException {
        source(MIGRATION).save("state");
        storeA.close();
        storeA = DiskStateStore.open(directory.resolve("a"), new HostKeySource.KeptBesideState());

        InstanceInfo info = storeA.list().getFirst();

        assertThat(Custody.of(info.settings()).place()).isEqualTo(Place.HANDED_OVER);
        assertThat(Custody.of(info.settings()).handovers()).isEqualTo(1);
    }

    @Test
    void aMigrationThatFailsFallsBackAndCanBeTriedAgain() throws IOException {
        Side source = source(MIGRATION);
        Side destination = destination();
        destination.load(source.save("first"));

        source.handover().remain(true);

        assertThat(source.place()).isEqualTo(Place.HERE);
        assertRefused(() -> destination.handover().remain(false), "may run where it came from");
        assertThat(destination.load(source.save("second"))).startsWith("second");
    }

    @Test
    void aTpmComesBackButNotFromBefore() throws IOException {
        Side source = source(MIGRATION);
        Side destination = destination();
        Blobs old = source.save("old");
        destination.load(old);
        destination.handover().remain(true);
        Blobs current = destination.save("current");

        assertThat(source.load(current)).startsWith("current");
        source.handover().remain(true);

        assertRefused(() -> destination.load(old), "older than the state that was handed over last");
    }

    @Test
    void aGuestThatWasSavedToAFileGoesOnOnce() throws IOException {
        Side source = source(MIGRATION);
        Blobs file = source.save("asleep");

        assertThat(source.load(file)).startsWith("asleep");
        source.handover().remain(true);

        assertRefused(() -> source.load(file), "going back to a snapshot is not allowed");
    }

    @Test
    void aSnapshotIsForItsOwnInstanceAlone() throws IOException {
        Side source = source(SNAPSHOTS);
        Blobs snapshot = source.save("before");

        source.handover().remain(false);
        assertThat(new String(snapshot.permanent(), StandardCharsets.UTF_8)).doesNotContain("before");
        assertThat(source.load(snapshot)).isEqualTo("before, before running");
        assertThat(source.load(snapshot)).as("again").isEqualTo("before, before running");
        assertRefused(() -> destination().load(snapshot), "migration is not allowed");
    }

    @Test
    void aSnapshotThatWasChangedIsNoticed() throws IOException {
        Side source = source(SNAPSHOTS);
        Blobs snapshot = source.save("before");
        for (int i = 0; i < snapshot.permanent().length; i++) {
            byte[] changed = snapshot.permanent().clone();
            changed[i] ^= 1;

            assertThatThrownBy(() -> source.handover().enter(StateBlobType.PERMANENT, changed))
                    .as("byte %d", i)
                    .isInstanceOf(StateRefusedException.class);
        }
    }

    @Test
    void statesOfDifferentMomentsAreNotMixed() throws IOException {
        Side source = source(new Permissions(true, true));
        Blobs first = source.save("first");
        source.handover().remain(true);
        Blobs second = source.save("second");
        source.handover().remain(true);

        assertRefused(
                () -> source.load(new Blobs(first.permanent(), second.volatileState())), "not from the same moment");
    }

    @Test
    void withoutPermissionNothingLeaves() throws IOException {
        Side source = source(Permissions.NONE);

        assertThat(source.handover().possible()).isFalse();
        assertRefused(() -> source.save("state"), "neither migration nor snapshots are allowed");
    }

    @Test
    void anInstanceThatAwaitsOneTpmTakesNoOther() throws IOException {
        Blobs blobs = source(MIGRATION).save("state");
        UUID awaited = UUID.fromString("7a5f1c3e-0000-4000-8000-000000000000");
        InstanceStorage storage = InstanceStorage.awaiting(
                storeB, new InstanceConfiguration(awaited, "guest", OptionalInt.empty(), OptionalInt.empty()));
        InstanceHandover handover = new InstanceHandover(storage, Optional.of(awaited), AuditLog.withoutFile());

        assertRefused(
                () -> handover.enter(StateBlobType.PERMANENT, blobs.permanent()), "and " + awaited + " is awaited");
    }
}
