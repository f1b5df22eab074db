package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_TAGGED_POLICY: policies of permanent handles (Part 2, 10.9.12).
 *
 * @param policies the elements, in order
 */
public record TpmlTaggedPolicy(List<TpmsTaggedPolicy> policies) implements TpmuCapabilities {
    /** The most elements that fit: each takes a handle, an algorithm identifier and at most 64 bytes. */
    public static final int MAX = 14;

    /** Copies the list. */
    public TpmlTaggedPolicy {
        policies = List.copyOf(policies);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlTaggedPolicy read(TpmReader in) {
        return new TpmlTaggedPolicy(in.list(MAX, TpmsTaggedPolicy::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(policies, TpmsTaggedPolicy::write);
    }
}
