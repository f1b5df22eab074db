package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * PERSISTENT_ALL: the whole permanent state.
 *
 * @param profile the name that the state gives its profile; {@code null} for libtpms's only one up to 0.9
 * @param saved what TPM2_Shutdown(STATE) saved, if that was the last thing that happened
 */
record PersistentAll(
        String profile,
        PersistentData data,
        OrderlyData orderly,
        Optional<Saved> saved,
        Map<Integer, OrderlyRam.Entry> orderlyRam,
        UserNvram nvram) {
    private static final int MAGIC = 0xAB364723;
    private static final int OLDEST = 3;
    private static final int NEWEST = 4;
    private static final int WITH_PROFILE = 4;
    private static final int COMPILE_CONSTANTS = 0xC9EA6431;
    private static final int CONSTANTS_NEWEST = 3;
    private static final int LARGEST_NUMBER_OF_CONSTANTS = 4096;
    private static final int NUMBER_OF_PCRS = 50;
    private static final int PCRS = 24;

    /** What TPM2_Shutdown(STATE) saved. */
    record Saved(StateResetData reset, StateClearData clear) {}

    static PersistentAll read(byte[] blob, AlgorithmProfile algorithms) {
        LibtpmsReader in = new LibtpmsReader(blob, algorithms);
        int version = in.header("PERSISTENT_ALL", MAGIC, OLDEST, NEWEST);
        String profile = version >= WITH_PROFILE ? profileName(in) : "null";
        compileConstants(in);
        PersistentData data = PersistentData.read(in);
        OrderlyData orderly = OrderlyData.read(in);
        Optional<Saved> saved = data.savedState()
                ? Optional.of(new Saved(StateResetData.read(in), StateClearData.read(in)))
                : Optional.empty();
        Map<Integer, OrderlyRam.Entry> ram = OrderlyRam.read(in);
        UserNvram nvram = UserNvram.read(in);
        in.end();
        if (in.u32() != MAGIC || in.remaining() != 0) {
            throw new MalformedStateException("it is damaged: it does not end where it should");
        }
        return new PersistentAll(profile, data, orderly, saved, ram, nvram);
    }

    /** The value of "Name" in the profile's JSON. */
    private static String profileName(LibtpmsReader in) {
        String json = new String(in.sized().bytes(), StandardCharsets.US_ASCII);
        int key = json.indexOf("\"Name\"");
        int begin = key < 0 ? -1 : json.indexOf('"', json.indexOf(':', key));
        int end = begin < 0 ? -1 : json.indexOf('"', begin + 1);
        if (end < 0) {
            throw new MalformedStateException("it is damaged: its profile has no name");
        }
        return json.substring(begin + 1, end).replaceAll("[^A-Za-z0-9:._-]", "?");
    }

    /** The sizes of the writer's build. Most show again where they matter. */
    private static void compileConstants(LibtpmsReader in) {
        in.header("the list of compile constants", COMPILE_CONSTANTS, 2, CONSTANTS_NEWEST);
        int count = in.u32();
        if (count <= NUMBER_OF_PCRS || count > LARGEST_NUMBER_OF_CONSTANTS) {
            throw new MalformedStateException(
                    "it is damaged: its list of compile constants has a length that it cannot have");
        }
        in.skip(NUMBER_OF_PCRS * Integer.BYTES);
        if (in.u32() != PCRS) {
            throw new MalformedStateException("it has another number of PCRs than " + PCRS);
        }
        in.skip((count - NUMBER_OF_PCRS - 1) * Integer.BYTES);
        in.end();
    }
}
