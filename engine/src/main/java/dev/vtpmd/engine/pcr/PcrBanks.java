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

    private final Orderly orderly;
    private final Digests digests;
    private final PcrBank[] banks;
    private final int[] nextAllocation;
    private int updateCounter;

    /** Banks as a new TPM has them: every hash of {@code profile} with all PCRs. */
    public PcrBanks(AlgorithmProfile profile, Digests digests, Orderly orderly) {
        this.digests = digests;
        this.orderly = orderly;
        List<TpmiAlgHash> hashes = profile.hashes();
        banks = new PcrBank[hashes.size()];
        nextAllocation = new int[banks.length];
        for (int i = 0; i < banks.length; i++) {
            banks[i] = new PcrBank(hashes.get(i), ALL_PCRS);
            nextAllocation[i] = ALL_PCRS;
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

    /** Whether {@code pcr} has a value in the bank of {@code hash}. */
    public boolean allocated(TpmiAlgHash hash, int pcr) {
        PcrBank bank = bank(hash);
        return bank != null && bank.has(pcr);
    }

    /** The value of an allocated PCR: as many bytes as a digest of {@code hash}. */
    public byte[] value(TpmiAlgHash hash, int pcr) {
        PcrBank bank = bank(hash);
        return Arrays.copyOfRange(bank.values(), bank.offset(pcr), bank.offset(pcr + 1));
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
        MessageDigest function = digests.start(hash);
        function.update(bank.values(), bank.offset(pcr), hash.digestSize());
        function.update(digest, 0, hash.digestSize());
        System.arraycopy(function.digest(), 0, bank.values(), bank.offset(pcr), hash.digestSize());
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

    /** The part of an H-CRTM event that starts PCR 0: zero, and 4 in the last byte (Part 1, 34.2). */
    public void startHcrtm() {
        for (PcrBank bank : banks) {
            bank.fill(PcrAttributes.H_CRTM_PCR, 0);
            bank.lastByte(PcrAttributes.H_CRTM_PCR, 4);
        }
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
                orderly.permanentStateChanged();
            }
        }
    }

    /** Whether an allocation waits for the next TPM Reset. */
    public boolean allocationPending() {
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
        List<TpmsPcrSelection> filtered =
                new ArrayList<>(selection.pcrSelections().size());
        for (TpmsPcrSelection bank : selection.pcrSelections()) {
            filtered.add(bank.withPcrSelect(bank.pcrSelect() & allocation(bank.hash())));
        }
        return new TpmlPcrSelection(filtered);
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

    /** _TPM_Init that is going to be a TPM Reset: the allocation that waited takes effect. */
    public void applyAllocation() {
        for (int i = 0; i < banks.length; i++) {
            banks[i].allocation(nextAllocation[i]);
        }
    }

    /**
     * What TPM2_Startup does to the PCRs (Part 3, 9.3).
     *
     * @param locality of the startup: goes into PCR 0
     * @param hcrtm whether an H-CRTM event has already set PCR 0
     */
    public void startup(StartupKind kind, int locality, boolean hcrtm) {
        if (kind == StartupKind.RESET) {
            updateCounter = 0;
        }
        for (int pcr = 0; pcr < PcrAttributes.COUNT; pcr++) {
            PcrAttributes attributes = PcrAttributes.of(pcr);
            if (kind == StartupKind.RESUME && attributes.saved()) {
                continue;
            }
            boolean keep = pcr == PcrAttributes.H_CRTM_PCR && hcrtm;
            if (!keep) {
                initialise(pcr, attributes, locality);
            }
            if (attributes.counted()) {
                updateCounter++;
            }
        }
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

    /** Stores the values, the allocation in force and the counter. */
    public void writeVolatile(TpmWriter out) {
        out.u32(updateCounter);
        for (PcrBank bank : banks) {
            out.u32(bank.allocation());
            bank.write(out);
        }
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        updateCounter = in.u32();
        for (PcrBank bank : banks) {
            bank.allocation(in.u32());
            bank.read(in);
        }
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
