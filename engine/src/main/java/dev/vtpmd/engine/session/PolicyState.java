package dev.vtpmd.engine.session;

import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.function.Consumer;

/**
 * What has been asserted in a policy session (Part 1, 19.7.7).
 *
 * @param digest policyDigest, as long as a digest of the session's hash algorithm
 * @param commandCode the only command that the session may authorize, or null for any
 * @param hash a hash that the command must match
 * @param locality TPMA_LOCALITY of the localities allowed, 0 for all
 * @param authorization how the entity's authValue takes part
 * @param timeout value of Time in milliseconds after which the session has expired, 0 for never
 * @param startTime Time when the session started or was reset, in milliseconds
 * @param timeEpoch the epoch that startTime and timeout belong to
 * @param pcrUpdateCounter value of the counter when TPM2_PolicyPCR was executed
 * @param pcrChecked whether pcrUpdateCounter is to be checked
 * @param physicalPresence whether physical presence must be asserted
 * @param nvWritten what TPMA_NV_WRITTEN of the entity must be, or null if that does not matter
 * @param secureChannel whether the command must come through an SPDM session
 */
public record PolicyState(
        Tpm2b digest,
        TpmCc commandCode,
        PolicyHash hash,
        int locality,
        Authorization authorization,
        long timeout,
        long startTime,
        int timeEpoch,
        int pcrUpdateCounter,
        boolean pcrChecked,
        boolean physicalPresence,
        Boolean nvWritten,
        boolean secureChannel) {

    private static final int LARGEST_DIGEST = 64;
    /** In what is stored: the bits that say what nvWritten is, and the bit for secureChannel, which older states do not have. */
    private static final int NV_WRITTEN = 3;

    private static final int SECURE_CHANNEL = 4;

    /** How the authValue of the entity takes part in an authorization by policy. The ordinal is stored. */
    public enum Authorization {
        /** Not at all. */
        NONE,
        /** As part of the HMAC key: TPM2_PolicyAuthValue. */
        AUTH_VALUE,
        /** In clear: TPM2_PolicyPassword. */
        PASSWORD
    }

    /** The state of a session that has just started, or was reset. */
    public static PolicyState initial(TpmiAlgHash hash, long time, int timeEpoch) {
        return new PolicyState(
                Tpm2b.zeros(hash.digestSize()),
                null,
                PolicyHash.NONE,
                Session.ANY_LOCALITY,
                Authorization.NONE,
                0,
                time,
                timeEpoch,
                0,
                false,
                false,
                null,
                false);
    }

    /** Reads a stored state. */
    public static PolicyState read(TpmReader in) {
        PolicyState state = new PolicyState(
                Tpm2b.read(in, LARGEST_DIGEST),
                TpmCc.of(in.u32()),
                new PolicyHash(PolicyHash.Kind.values()[in.u8()], Tpm2b.read(in, LARGEST_DIGEST)),
                in.u8(),
                Authorization.values()[in.u8()],
                in.u64(),
                in.u64(),
                in.u32(),
                in.u32(),
                in.u8() != 0,
                in.u8() != 0,
                null,
                false);
        int last = in.u8();
        return state.edited(edit -> {
            edit.nvWritten = readNvWritten(last & NV_WRITTEN);
            edit.secureChannel = (last & SECURE_CHANNEL) != 0;
        });
    }

    /** Stores the state. */
    public void write(TpmWriter out) {
        digest.write(out);
        out.u32(commandCode == null ? 0 : commandCode.value());
        out.u8(hash.kind().ordinal());
        hash.digest().write(out);
        out.u8(locality);
        out.u8(authorization.ordinal());
        out.u64(timeout);
        out.u64(startTime);
        out.u32(timeEpoch);
        out.u32(pcrUpdateCounter);
        out.u8(pcrChecked ? 1 : 0);
        out.u8(physicalPresence ? 1 : 0);
        int written = nvWritten == null ? 0 : nvWritten ? 2 : 1;
        out.u8(written | (secureChannel ? SECURE_CHANNEL : 0));
    }

    /** This state with another digest. */
    public PolicyState withDigest(Tpm2b newDigest) {
        return edited(edit -> edit.digest = newDigest);
    }

    /** This state, good for one command only. */
    public PolicyState withCommandCode(TpmCc onlyCommand) {
        return edited(edit -> edit.commandCode = onlyCommand);
    }

    /** This state, bound to a hash. */
    public PolicyState withHash(PolicyHash newHash) {
        return edited(edit -> edit.hash = newHash);
    }

    /** This state, good from some localities only; {@code newLocality} is a TPMA_LOCALITY. */
    public PolicyState withLocality(int newLocality) {
        return edited(edit -> edit.locality = newLocality);
    }

    /** This state with the authValue taking part as given. */
    public PolicyState withAuthorization(Authorization newAuthorization) {
        return edited(edit -> edit.authorization = newAuthorization);
    }

    /** This state, expiring at {@code newTimeout} if that is earlier; 0 asks for no expiry. */
    public PolicyState withTimeout(long newTimeout) {
        boolean keep = newTimeout == 0 || (timeout != 0 && Long.compareUnsigned(timeout, newTimeout) <= 0);
        return keep ? this : edited(edit -> edit.timeout = newTimeout);
    }

    /** This state, good until a PCR changes. */
    public PolicyState withPcrUpdateCounter(int counter) {
        return edited(edit -> {
            edit.pcrUpdateCounter = counter;
            edit.pcrChecked = true;
        });
    }

    /** This state, asking for physical presence. */
    public PolicyState withPhysicalPresence() {
        return edited(edit -> edit.physicalPresence = true);
    }

    /** This state, asking that an NV index be written or not. */
    public PolicyState withNvWritten(boolean written) {
        return edited(edit -> edit.nvWritten = written);
    }

    /** This state, asking for an SPDM session. */
    public PolicyState withSecureChannel() {
        return edited(edit -> edit.secureChannel = true);
    }

    private PolicyState edited(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /** The components that policy commands change. */
    private static final class Edit {
        private final PolicyState original;
        private Tpm2b digest;
        private TpmCc commandCode;
        private PolicyHash hash;
        private int locality;
        private Authorization authorization;
        private long timeout;
        private int pcrUpdateCounter;
        private boolean pcrChecked;
        private boolean physicalPresence;
        private Boolean nvWritten;
        private boolean secureChannel;

        Edit(PolicyState original) {
            this.original = original;
            digest = original.digest;
            commandCode = original.commandCode;
            hash = original.hash;
            locality = original.locality;
            authorization = original.authorization;
            timeout = original.timeout;
            pcrUpdateCounter = original.pcrUpdateCounter;
            pcrChecked = original.pcrChecked;
            physicalPresence = original.physicalPresence;
            nvWritten = original.nvWritten;
            secureChannel = original.secureChannel;
        }

        PolicyState done() {
            return new PolicyState(
                    digest,
                    commandCode,
                    hash,
                    locality,
                    authorization,
                    timeout,
                    original.startTime,
                    original.timeEpoch,
                    pcrUpdateCounter,
                    pcrChecked,
                    physicalPresence,
                    nvWritten,
                    secureChannel);
        }
    }

    private static Boolean readNvWritten(int stored) {
        return stored == 0 ? null : stored == 2;
    }
}
