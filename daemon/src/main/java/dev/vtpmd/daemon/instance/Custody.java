package dev.vtpmd.daemon.instance;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * Where a TPM goes on. Of all services that know a TPM, at most one has it {@link Place#HERE}.
 *
 * @param place where it is, as far as this service knows
 * @param handovers how often it was handed over, anywhere, up to the last time that this service knows of
 * @param last identifies that handover; zeros if there was none
 * @param since when it came or went
 */
record Custody(Place place, long handovers, UUID last, Instant since) {
    /** A TPM that was made here. */
    static final Custody NEW = new Custody(Place.HERE, 0, new UUID(0, 0), Instant.EPOCH);

    private static final String SETTING = "custody";

    /** Where a TPM goes on. */
    enum Place {
        /** Here. */
        HERE("here"),
        /** Its state has come, but its guest has not used it here yet: it may still go on where it came from. */
        ARRIVED("arrived"),
        /** A client of the control channel has its state. */
        HANDED_OVER("handed-over"),
        /** Its state was exported into a file. */
        EXPORTED("exported");

        private final String word;

        Place(String word) {
            this.word = word;
        }
    }

    /** Keeps whole milliseconds. */
    Custody {
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * What the settings of an instance say.
     *
     * @throws IOException if this release does not understand it
     */
    static Custody of(Map<String, String> settings) throws IOException {
        String text = settings.get(SETTING);
        if (text == null) {
            return NEW;
        }
        String[] words = text.split(" ", -1);
        for (Place place : Place.values()) {
            if (place.word.equals(words[0])) {
                return new Custody(
                        place,
                        Long.parseLong(words[1]),
                        UUID.fromString(words[2]),
                        Instant.ofEpochMilli(Long.parseLong(words[3])));
            }
        }
        throw new IOException("the TPM's custody is '" + words[0] + "', which this release does not know");
    }

    void store(Map<String, String> settings) {
        if (!equals(NEW)) {
            settings.put(SETTING, place.word + " " + handovers + " " + last + " " + since.toEpochMilli());
        }
    }

    /** The same TPM at another place from now on. */
    Custody at(Place other) {
        return new Custody(other, handovers, last, Instant.now());
    }

    /** The TPM after a handover. */
    static Custody after(long handovers, UUID handover, Place place) {
        return new Custody(place, handovers, handover, Instant.now());
    }

    /** Whether the TPM may be switched on here. */
    boolean here() {
        return place == Place.HERE;
    }

    /** Why the TPM does not start here, in one line that begins after its name. */
    String whyNot() {
        String reclaim = "; if it is nowhere else, 'vtpmd reclaim' takes it back";
        // Of several places that a TPM has left, the one with the highest number has its newest state.
        String when = since.truncatedTo(ChronoUnit.SECONDS) + " (handover " + handovers + ")";
        return switch (place) {
            case HERE -> "is here";
            case ARRIVED ->
                "has come by a migration at " + when + ", but its guest has not run here and may run where it came from"
                        + reclaim;
            case HANDED_OVER ->
                "has moved: its state was handed over to a migration at " + when + ", and it does not start here again"
                        + reclaim;
            case EXPORTED ->
                "has moved: its state was exported at " + when + ", and it does not start here again" + reclaim;
        };
    }
}
