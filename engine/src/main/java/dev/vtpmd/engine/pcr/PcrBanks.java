package dev.vtpmd.engine.pcr;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.structure.TpmsPcrSelection;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The platform configuration registers (Part 1, 17), in one bank for each hash algorithm of the profile. Which PCRs a bank
 * holds is the allocation; a new one (TPM2_PCR_Allocate) takes effect at the next _TPM_Init that leads to a TPM Reset.
 */
public final class PcrBanks {
    /** An allocation of all PCRs in a bank. Bit n stands for PCR n. */
    public static final int ALL_PCRS = (1 << PcrAttributes.COUNT) - 1;

    private static final int ONES = 0xFF;
    private static final int H_CRTM_LOCALITY = 4;

    private final Orderly orderly;
    private final Digests digests;
    private final PcrBank[] banks;
    private final int[] nextAllocation;
    private int updateCounter;
    private boolean reconfigured;
    /** By bank, the digest of an H-CRTM event that TPM2_Startup will measure; null if there was none. */
    private byte[][] hcrtm;

    /** A bank for every hash algorithm of {@code profile}; those that it has in use at first hold all PCRs. */
    public PcrBanks(AlgorithmProfile profile, Digests digests, Orderly orderly) {
        this.digests = digests;
        this.orderly = orderly;
        List<TpmiAlgHash> hashes = profile.hashes();
        banks = new PcrBank[hashes.size()];
        nextAllocation = new int[banks.length];
        for (int i = 0; i < banks.length; i++) {
            nextAllocation[i] = profile.pcrBanks().contains(hashes.get(i)) ? ALL_PCRS : 0;
            banks[i] = new PcrBank(hashes.get(i), nextAllocation[i]);
        }
    }

    /** pcrUpdateCounter, 32 bits (Part 1, 17.9). */
    public int updateCounter() {
        return updateCounter;
    }

    /** Counts a change that TPM2_Clear makes. */
    public void countClear() {
        updateCounter++;
    }

    /** Writes the value of an allocated PCR as a TPM2B_DIGEST. */
    public void writeValue(TpmiAlgHash hash, int pcr, TpmWriter out) {
        PcrBank bank = bank(hash);
        out.u16(hash.digestSize());
        out.bytes(bank.values(), bank.offset(pcr), hash.digestSize());
    }

    /**
     * Extends {@code pcr} in the bank of {@code hash} with a digest. Nothing happens where the PCR is not allocated (Part 3,
     * 22.2).
     *
     * @param digest as long as a digest of {@code hash}
     */
    public void extend(TpmiAlgHash hash, int pcr, byte[] digest) {
        PcrBank bank = bank(hash);
        if (bank == null || !bank.has(pcr)) {
            return;
        }
        extend(bank, pcr, digest);
        changed(pcr);
    }

    /** TPM2_PCR_Reset: {@code pcr} becomes zero in every bank (Part 3, 22.8). */
    public void reset(int pcr) {
        for (PcrBank bank : banks) {
            bank.fill(pcr, 0);
        }
        changed(pcr);
    }

    /**
     * The part of a D-RTM event that resets the dynamic PCRs: those that locality 4 may reset become zero (Part 1, 34.3).
     */
    public void resetForDrtm() {
        for (int pcr = 0; pcr < PcrAttributes.COUNT; pcr++) {
            if (PcrAttributes.of(pcr).resetByDrtm()) {
                for (PcrBank bank : banks) {
                    bank.fill(pcr, 0);
                }
            }
        }
    }

    /**
     * An H-CRTM event before TPM2_Startup. It is measured when it is known that PCR 0 begins anew: a TPM Resume brings back
     * the value from before (Part 1, 34.2).
     *
     * @param digests one for each bank, in their order
     */
    public void hcrtmMeasured(List<byte[]> digests) {
        hcrtm = digests.toArray(byte[][]::new);
    }

    /** Which PCRs the bank of {@code hash} holds; bit n stands for PCR n. */
    public int allocation(TpmiAlgHash hash) {
        PcrBank bank = bank(hash);
        return bank == null ? 0 : bank.allocation();
    }

    /** Which PCRs the bank of {@code hash} will hold after the next TPM Reset. */
    public int nextAllocation(TpmiAlgHash hash) {
        for (int i = 0; i < banks.length; i++) {
            if (banks[i].hash() == hash) {
                return nextAllocation[i];
            }
        }
        return 0;
    }

    /** Sets which PCRs the bank of {@code hash} will hold after the next TPM Reset. */
    public void nextAllocation(TpmiAlgHash hash, int pcrs) {
        for (int i = 0; i < banks.length; i++) {
            if (banks[i].hash() == hash) {
                nextAllocation[i] = pcrs;
                orderly.bookkeepingChanged();
            }
        }
    }

    /** Marks that TPM2_PCR_Allocate has done its work, which also the allocation in force may have been asked of. */
    public void reconfigured() {
        reconfigured = true;
    }

    /** Whether TPM2_PCR_Allocate has been used since the last TPM2_Startup, or an allocation waits for the next TPM Reset. */
    public boolean allocationPending() {
        if (reconfigured) {
            return true;
        }
        for (int i = 0; i < banks.length; i++) {
            if (banks[i].allocation() != nextAllocation[i]) {
                return true;
            }
        }
        return false;
    }

    /** The hash algorithms of the banks, allocated or not, by ascending identifier. */
    public List<TpmiAlgHash> hashes() {
        return Arrays.stream(banks).map(PcrBank::hash).toList();
    }

    /** {@code selection} without the PCRs that have no value; banks and their order stay (Part 1, 17.5). */
    public TpmlPcrSelection onlyAllocated(TpmlPcrSelection selection) {
        if (hasOnlyAllocated(selection)) {
            return selection;
        }
        List<TpmsPcrSelection> filtered =
                new ArrayList<>(selection.pcrSelections().size());
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            filtered.add(bank.withPcrSelect(bank.pcrSelect() & allocation(bank.hash())));
        }
        return new TpmlPcrSelection(filtered);
    }

    private boolean hasOnlyAllocated(TpmlPcrSelection selection) {
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            if ((bank.pcrSelect() & ~allocation(bank.hash())) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The digest, with {@code hash}, of the selected PCRs: banks in the order of the selection, PCRs ascending (Part 1, 17.5).
     * The digest of nothing where nothing is selected.
     */
    public byte[] composite(TpmiAlgHash hash, TpmlPcrSelection selection) {
        MessageDigest function = digests.start(hash);
        for (TpmsPcrSelection selected : selection.pcrSelections()) {
            PcrBank bank = bank(selected.hash());
            for (int pcr = 0; bank != null && pcr < PcrAttributes.COUNT; pcr++) {
                if (selected.isSelected(pcr) && bank.has(pcr)) {
                    function.update(bank.values(), bank.offset(pcr), bank.hash().digestSize());
                }
            }
        }
        return function.digest();
    }

    /** _TPM_Init: an allocation that waited takes effect, an H-CRTM event of another start is forgotten. */
    public void init() {
        hcrtm = null;
        for (int i = 0; i < banks.length; i++) {
            banks[i].allocation(nextAllocation[i]);
        }
    }

    /**
     * What TPM2_Startup does to the PCRs (Part 3, 9.3).
     *
     * @param locality of the startup: goes into PCR 0 if there was no H-CRTM event
     */
    public void startup(StartupKind kind, int locality) {
        reconfigured = false;
        if (kind == StartupKind.RESET) {
            updateCounter = 0;
        }
        for (int pcr = 0; pcr < PcrAttributes.COUNT; pcr++) {
            PcrAttributes attributes = PcrAttributes.of(pcr);
            if (kind == StartupKind.RESUME && attributes.saved()) {
                continue;
            }
            initialise(pcr, attributes, hcrtm == null ? locality : H_CRTM_LOCALITY);
            if (pcr == PcrAttributes.H_CRTM_PCR && hcrtm != null) {
                measureHcrtm();
            }
            if (attributes.counted()) {
                updateCounter++;
            }
        }
        hcrtm = null;
    }

    /** Stores the allocation that the next TPM Reset will see. */
    public void writePermanent(TpmWriter out) {
        out.u8(banks.length);
        for (int i = 0; i < banks.length; i++) {
            out.u16(banks[i].hash().value());
            out.u32(nextAllocation[i]);
        }
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        int count = in.u8();
        for (int i = 0; i < count; i++) {
            TpmiAlgHash hash = TpmiAlgHash.of(in.u16());
            int pcrs = in.u32();
            for (int bank = 0; bank < banks.length; bank++) {
                if (banks[bank].hash() == hash) {
                    nextAllocation[bank] = pcrs;
                }
            }
        }
    }

    /** Stores the values, the allocation in force, the counter, and an H-CRTM event that waits for TPM2_Startup. */
    public void writeVolatile(TpmWriter out) {
        out.u32(updateCounter);
        out.u8(hcrtm == null ? 0 : 1);
        for (int i = 0; i < banks.length; i++) {
            out.u32(banks[i].allocation());
            banks[i].write(out);
            if (hcrtm != null) {
                out.bytes(hcrtm[i]);
            }
        }
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        updateCounter = in.u32();
        hcrtm = in.u8() == 0 ? null : new byte[banks.length][];
        for (int i = 0; i < banks.length; i++) {
            banks[i].allocation(in.u32());
            banks[i].read(in);
            if (hcrtm != null) {
                hcrtm[i] = in.bytes(banks[i].hash().digestSize());
            }
        }
    }

    /** Stores whether TPM2_PCR_Allocate has been used. */
    public void writeReconfigured(TpmWriter out) {
        out.u8(reconfigured ? 1 : 0);
    }

    /** Restores what {@link #writeReconfigured} stored. */
    public void readReconfigured(TpmReader in) {
        reconfigured = in.u8() != 0;
    }

    private void measureHcrtm() {
        for (int i = 0; i < banks.length; i++) {
            if (banks[i].has(PcrAttributes.H_CRTM_PCR)) {
                extend(banks[i], PcrAttributes.H_CRTM_PCR, hcrtm[i]);
            }
        }
    }

    private void extend(PcrBank bank, int pcr, byte[] digest) {
        TpmiAlgHash hash = bank.hash();
        MessageDigest function = digests.start(hash);
        function.update(bank.values(), bank.offset(pcr), hash.digestSize());
        function.update(digest, 0, hash.digestSize());
        System.arraycopy(function.digest(), 0, bank.values(), bank.offset(pcr), hash.digestSize());
    }

    private void initialise(int pcr, PcrAttributes attributes, int locality) {
        for (PcrBank bank : banks) {
            bank.fill(pcr, attributes.resetByDrtm() ? ONES : 0);
            if (pcr == PcrAttributes.H_CRTM_PCR) {
                bank.lastByte(pcr, locality);
            }
        }
    }

    private void changed(int pcr) {
        PcrAttributes attributes = PcrAttributes.of(pcr);
        if (attributes.counted()) {
            updateCounter++;
        }
        if (attributes.saved()) {
            orderly.savedStateChanged();
        }
    }

    private PcrBank bank(TpmiAlgHash hash) {
        for (PcrBank bank : banks) {
            if (bank.hash() == hash) {
                return bank;
            }
        }
        return null;
    }
}
