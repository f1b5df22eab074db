package dev.vtpmd.engine.hierarchy;

import dev.vtpmd.engine.clock.TpmClock;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtTkAuth;
import dev.vtpmd.protocol.structure.TpmtTkCreation;
import dev.vtpmd.protocol.structure.TpmtTkHashcheck;
import dev.vtpmd.protocol.structure.TpmtTkVerified;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * Tickets: what the TPM tells itself, through the caller's hands, authenticated with the proof of a hierarchy (Part 2, 10.6).
 * A ticket is checked by computing the one that would be right and comparing the two with {@code equals}, which takes the
 * same time wherever they differ.
 *
 * <p>Every method computes a real ticket, for TPM_RH_NULL too, whose proof is as secret as the others. Where the
 * specification asks for a NULL ticket instead, the command gives the structure's NULL. So no caller's empty ticket ever
 * equals a computed one.
 */
public final class Tickets {
    /** The hash algorithm of tickets and saved contexts. */
    public static final TpmiAlgHash HASH = TpmiAlgHash.SHA512;

    private final Hmacs hmacs;
    private final Hierarchies hierarchies;
    private final TpmClock clock;

    /** The tickets of one TPM. */
    public Tickets(Hmacs hmacs, Hierarchies hierarchies, TpmClock clock) {
        this.hmacs = hmacs;
        this.hierarchies = hierarchies;
        this.clock = clock;
    }

    /** The ticket for an object with this Name that the TPM created with this creationHash. */
    public TpmtTkCreation creation(int hierarchy, Tpm2b name, Tpm2b creationHash) {
        TpmWriter data = start(TpmtTkCreation.TAG);
        data.bytes(name.bytes());
        data.bytes(creationHash.bytes());
        return new TpmtTkCreation(hierarchy, hmac(hierarchy, data));
    }

    /** The ticket for a digest whose signature by the key with this Name the TPM verified. */
    public TpmtTkVerified verified(int hierarchy, Tpm2b digest, Tpm2b keyName) {
        TpmWriter data = start(TpmtTkVerified.TAG);
        data.bytes(digest.bytes());
        data.bytes(keyName.bytes());
        return new TpmtTkVerified(hierarchy, hmac(hierarchy, data));
    }

    /** The ticket for a digest that the TPM computed of data that does not begin with TPM_GENERATED_VALUE. */
    public TpmtTkHashcheck hashcheck(int hierarchy, TpmiAlgHash hash, Tpm2b digest) {
        TpmWriter data = start(TpmtTkHashcheck.TAG);
        hash.write(data);
        data.bytes(digest.bytes());
        return new TpmtTkHashcheck(hierarchy, hmac(hierarchy, data));
    }

    /**
     * The ticket for an authorization that TPM2_PolicySigned or TPM2_PolicySecret checked.
     *
     * @param tag TPM_ST_AUTH_SIGNED or TPM_ST_AUTH_SECRET
     * @param authName Name of the entity that authorized
     * @param timeout value of Time in milliseconds after which the ticket has expired, 0 for never; one that expires is bound
     *     to the present epoch of Time
     * @param expiresOnReset whether the ticket ends with the next TPM Reset
     */
    public TpmtTkAuth auth(
            TpmSt tag,
            int hierarchy,
            Tpm2b cpHash,
            Tpm2b policyRef,
            Tpm2b authName,
            long timeout,
            boolean expiresOnReset) {
        TpmWriter data = start(tag);
        data.bytes(cpHash.bytes());
        data.bytes(policyRef.bytes());
        data.bytes(authName.bytes());
        data.u64(timeout);
        if (timeout != 0) {
            data.u32(clock.timeEpoch());
            if (expiresOnReset) {
                data.u64(clock.totalResetCount());
            }
        }
        return new TpmtTkAuth(tag, hierarchy, hmac(hierarchy, data));
    }

    private static TpmWriter start(TpmSt tag) {
        TpmWriter data = new TpmWriter(256);
        tag.write(data);
        return data;
    }

    private Tpm2b hmac(int hierarchy, TpmWriter data) {
        return Tpm2b.wrap(hmacs.hmac(HASH, hierarchies.proof(hierarchy).bytes(), data.toByteArray()));
    }
}
