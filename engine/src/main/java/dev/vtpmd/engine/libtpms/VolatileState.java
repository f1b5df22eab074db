package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a TPM that runs. Sessions and sequences are passed over.
 *
 * @param hcrtm whether an H-CRTM event came before TPM2_Startup
 * @param startupLocality of TPM2_Startup, 0 or 3
 * @param wasOrderly whether TPM2_Shutdown preceded TPM2_Startup
 * @param started whether TPM2_Startup was done
 * @param orderlyRam the orderly NV indices, by handle
 * @param objects the transient objects, by slot
 * @param pcrs by the identifier of the hash, all PCRs, one behind the other
 * @param rateAdjustment of the clock, nominally 30000; a higher one is slower
 */
record VolatileState(
        long time,
        boolean platformEnabled,
        boolean hcrtm,
        int startupLocality,
        boolean dictionaryAttackUsed,
        boolean wasOrderly,
        OrderlyData orderly,
        StateClearData clear,
        StateResetData reset,
        boolean started,
        Map<Integer, OrderlyRam.Entry> orderlyRam,
        long maxCounter,
        List<Optional<TpmObject>> objects,
        Map<Integer, Tpm2b> pcrs,
        boolean established,
        int rateAdjustment) {
    private static final int MAGIC = 0x45637889;
    private static final int VERSION = 4;
    private static final int DIGEST_SIZE = 20;
    private static final int PCR_MAGIC = 0xE95F0387;
    private static final int PCRS = 24;
    private static final int FIRST_DISORDERLY = 0xFFFE;
    private static final int MOST_OBJECTS = 3;

    /** Reads the blob. {@code permanent} is the state that it must belong to. */
    static VolatileState read(byte[] blob, PersistentData permanent, AlgorithmProfile profile) {
        requireIntact(blob);
        LibtpmsReader in = new LibtpmsReader(Arrays.copyOf(blob, blob.length - DIGEST_SIZE), profile);
        in.header("VOLATILE_STATE", MAGIC, VERSION, VERSION);
        in.skip(Integer.BYTES);
        long time = in.u64();
        boolean platformEnabled = in.flag();
        in.flag();
        in.skip(Integer.BYTES);
        boolean hcrtm = in.flag();
        int locality = in.flag() ? 3 : 0;
        boolean[] used = new boolean[1];
        in.block(() -> used[0] = in.flag());
        in.flag();
        int previousOrderlyState = in.u16();
        in.flag();
        in.sized();
        OrderlyData orderly = OrderlyData.read(in);
        StateClearData clear = StateClearData.read(in);
        StateResetData reset = StateResetData.read(in);
        in.flag();
        boolean started = in.flag();
        in.end();
        in.end();
        Map<Integer, OrderlyRam.Entry> ram = new TreeMap<>();
        long[] maxCounter = new long[1];
        in.requiredBlock("orderly NV indices", () -> {
            in.skip(Integer.BYTES);
            ram.putAll(OrderlyRam.ofMemory(in.sized()));
            maxCounter[0] = in.u64();
        });
        List<Optional<TpmObject>> objects = new ArrayList<>();
        in.block(() -> objects(in, objects));
        Map<Integer, Tpm2b> pcrs = new TreeMap<>();
        in.requiredBlock("PCRs", () -> pcrs.putAll(pcrs(in)));
        in.end();
        in.flag();
        boolean established = in.flag();
        in.end();
        in.end();
        in.flag();
        in.flag();
        int rate = in.u32();
        in.skip(Long.BYTES);
        in.block(() -> requireSameTpm(in, permanent));
        if (in.u32() != MAGIC || in.remaining() != 0) {
            throw new MalformedStateException("it is damaged: it does not end where it should");
        }
        return new VolatileState(
                time,
                platformEnabled,
                hcrtm,
                locality,
                used[0],
                previousOrderlyState < FIRST_DISORDERLY,
                orderly,
                clear,
                reset,
                started,
                ram,
                maxCounter[0],
                List.copyOf(objects),
                pcrs,
                established,
                rate);
    }

    /** The digest at its end tells of accidents; it protects from nothing. */
    private static void requireIntact(byte[] blob) {
        int content = blob.length - DIGEST_SIZE;
        if (content < 0) {
            throw new MalformedStateException("it is damaged: it is too short");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(blob, 0, content);
            if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(blob, content, blob.length))) {
                throw new MalformedStateException("it is damaged: its digest does not fit its content");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 does not work in this Java runtime", e);
        }
    }

    private static void requireSameTpm(LibtpmsReader in, PersistentData permanent) {
        boolean same = in.sized().equals(permanent.endorsementSeed().value())
                && in.sized().equals(permanent.ownerSeed().value())
                && in.sized().equals(permanent.platformSeed().value());
        if (!same) {
            throw new MalformedStateException("it belongs to another TPM, or to this one before it got new seeds");
        }
    }

    private static void objects(LibtpmsReader in, List<Optional<TpmObject>> objects) {
        int count = in.u16();
        if (count > MOST_OBJECTS) {
            throw new MalformedStateException("it has more transient objects than " + MOST_OBJECTS);
        }
        for (int slot = 0; slot < count; slot++) {
            objects.add(AnyObject.read(in, "the transient object 0x%08X".formatted(0x80000000 + slot)));
        }
    }

    private static Map<Integer, Tpm2b> pcrs(LibtpmsReader in) {
        if (in.u16() != PCRS) {
            throw new MalformedStateException("it has another number of PCRs than " + PCRS);
        }
        Map<Integer, byte[]> banks = new TreeMap<>();
        for (int pcr = 0; pcr < PCRS; pcr++) {
            in.header("PCR", PCR_MAGIC, 2, 2);
            for (int hash = in.u16(); hash != TpmiAlgHash.NULL.value(); hash = in.u16()) {
                TpmiAlgHash known = TpmiAlgHash.of(hash);
                if (known == null) {
                    throw new MalformedStateException("it has a PCR bank of an unknown hash algorithm, or is damaged");
                }
                byte[] value = in.sized("value of a PCR", known.digestSize()).bytes();
                byte[] bank = banks.computeIfAbsent(hash, key -> new byte[PCRS * known.digestSize()]);
                System.arraycopy(value, 0, bank, pcr * value.length, value.length);
            }
            in.end();
        }
        Map<Integer, Tpm2b> values = new TreeMap<>();
        banks.forEach((hash, bank) -> values.put(hash, Tpm2b.wrap(bank)));
        return values;
    }
}
