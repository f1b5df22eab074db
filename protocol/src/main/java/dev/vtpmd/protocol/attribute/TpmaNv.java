package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_NV: type, rights and state of an NV index (Part 2, 13.4), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaNv(int value) {
    /** Bit 0: platform authorization allows writing. */
    public static final int PP_WRITE = 1 << 0;
    /** Bit 1: owner authorization allows writing. */
    public static final int OWNER_WRITE = 1 << 1;
    /** Bit 2: the authValue of the index allows writing. */
    public static final int AUTH_WRITE = 1 << 2;
    /** Bit 3: the authPolicy of the index allows writing. */
    public static final int POLICY_WRITE = 1 << 3;
    /** Bit 10: the index may be deleted only with TPM2_NV_UndefineSpaceSpecial. */
    public static final int POLICY_DELETE = 1 << 10;
    /** Bit 11: the index cannot be written. */
    public static final int WRITE_LOCKED = 1 << 11;
    /** Bit 12: only all of the data can be written at once. */
    public static final int WRITE_ALL = 1 << 12;
    /** Bit 13: TPM2_NV_WriteLock locks the index for ever. */
    public static final int WRITE_DEFINE = 1 << 13;
    /** Bit 14: TPM2_NV_WriteLock locks the index until the next TPM Reset or Restart. */
    public static final int WRITE_ST_CLEAR = 1 << 14;
    /** Bit 15: TPM2_NV_GlobalWriteLock locks the index. */
    public static final int GLOBAL_LOCK = 1 << 15;
    /** Bit 16: platform authorization allows reading. */
    public static final int PP_READ = 1 << 16;
    /** Bit 17: owner authorization allows reading. */
    public static final int OWNER_READ = 1 << 17;
    /** Bit 18: the authValue of the index allows reading. */
    public static final int AUTH_READ = 1 << 18;
    /** Bit 19: the authPolicy of the index allows reading. */
    public static final int POLICY_READ = 1 << 19;
    /** Bit 25: the index is not subject to dictionary attack protection. */
    public static final int NO_DA = 1 << 25;
    /** Bit 26: the data is kept in RAM and saved at an orderly shutdown only. */
    public static final int ORDERLY = 1 << 26;
    /** Bit 27: Startup(CLEAR) makes the index unwritten. */
    public static final int CLEAR_ST_CLEAR = 1 << 27;
    /** Bit 28: the index cannot be read until the next TPM Reset or Restart. */
    public static final int READ_LOCKED = 1 << 28;
    /** Bit 29: the index was written. */
    public static final int WRITTEN = 1 << 29;
    /** Bit 30: the index can be deleted with platform authorization, not owner authorization. */
    public static final int PLATFORM_CREATE = 1 << 30;
    /** Bit 31: TPM2_NV_ReadLock can lock the index. */
    public static final int READ_ST_CLEAR = 1 << 31;

    private static final int TYPE_SHIFT = 4;
    private static final int TYPE = 0xF;

    private static final int RESERVED = 0x01F00300;

    /**
     * Reads the attributes.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS if a reserved bit is set
     */
    public static TpmaNv read(TpmReader in) {
        int value = in.u32();
        if ((value & RESERVED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        return new TpmaNv(value);
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether platform authorization allows writing. */
    public boolean ppWrite() {
        return (value & PP_WRITE) != 0;
    }

    /** Whether owner authorization allows writing. */
    public boolean ownerWrite() {
        return (value & OWNER_WRITE) != 0;
    }

    /** Whether the authValue of the index allows writing. */
    public boolean authWrite() {
        return (value & AUTH_WRITE) != 0;
    }

    /** Whether the authPolicy of the index allows writing. */
    public boolean policyWrite() {
        return (value & POLICY_WRITE) != 0;
    }

    /** Whether the index may be deleted only with TPM2_NV_UndefineSpaceSpecial. */
    public boolean policyDelete() {
        return (value & POLICY_DELETE) != 0;
    }

    /** Whether the index cannot be written. */
    public boolean writeLocked() {
        return (value & WRITE_LOCKED) != 0;
    }

    /** Whether only all of the data can be written at once. */
    public boolean writeAll() {
        return (value & WRITE_ALL) != 0;
    }

    /** Whether TPM2_NV_WriteLock locks the index for ever. */
    public boolean writeDefine() {
        return (value & WRITE_DEFINE) != 0;
    }

    /** Whether TPM2_NV_WriteLock locks the index until the next TPM Reset or Restart. */
    public boolean writeStClear() {
        return (value & WRITE_ST_CLEAR) != 0;
    }

    /** Whether TPM2_NV_GlobalWriteLock locks the index. */
    public boolean globalLock() {
        return (value & GLOBAL_LOCK) != 0;
    }

    /** Whether platform authorization allows reading. */
    public boolean ppRead() {
        return (value & PP_READ) != 0;
    }

    /** Whether owner authorization allows reading. */
    public boolean ownerRead() {
        return (value & OWNER_READ) != 0;
    }

    /** Whether the authValue of the index allows reading. */
    public boolean authRead() {
        return (value & AUTH_READ) != 0;
    }

    /** Whether the authPolicy of the index allows reading. */
    public boolean policyRead() {
        return (value & POLICY_READ) != 0;
    }

    /** Whether the index is not subject to dictionary attack protection. */
    public boolean noDa() {
        return (value & NO_DA) != 0;
    }

    /** Whether the data is kept in RAM and saved at an orderly shutdown only. */
    public boolean orderly() {
        return (value & ORDERLY) != 0;
    }

    /** Whether Startup(CLEAR) makes the index unwritten. */
    public boolean clearStClear() {
        return (value & CLEAR_ST_CLEAR) != 0;
    }

    /** Whether the index cannot be read until the next TPM Reset or Restart. */
    public boolean readLocked() {
        return (value & READ_LOCKED) != 0;
    }

    /** Whether the index was written. */
    public boolean written() {
        return (value & WRITTEN) != 0;
    }

    /** Whether the index can be deleted with platform authorization, not owner authorization. */
    public boolean platformCreate() {
        return (value & PLATFORM_CREATE) != 0;
    }

    /** Whether TPM2_NV_ReadLock can lock the index. */
    public boolean readStClear() {
        return (value & READ_ST_CLEAR) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaNv with(int bits) {
        return new TpmaNv(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaNv without(int bits) {
        return new TpmaNv(value & ~bits);
    }

    /** These attributes with WRITTEN as given. */
    public TpmaNv withWritten(boolean set) {
        return set ? with(WRITTEN) : without(WRITTEN);
    }

    /** These attributes with WRITE_LOCKED as given. */
    public TpmaNv withWriteLocked(boolean set) {
        return set ? with(WRITE_LOCKED) : without(WRITE_LOCKED);
    }

    /** These attributes with READ_LOCKED as given. */
    public TpmaNv withReadLocked(boolean set) {
        return set ? with(READ_LOCKED) : without(READ_LOCKED);
    }

    /** The type of the index (TPM_NT, bits 4 to 7), or null if the value there is none. */
    public TpmNt type() {
        return TpmNt.of(value >> TYPE_SHIFT & TYPE);
    }

    /** These attributes with {@code type} in bits 4 to 7. */
    public TpmaNv withType(TpmNt type) {
        return new TpmaNv(value & ~(TYPE << TYPE_SHIFT) | type.value() << TYPE_SHIFT);
    }
}
