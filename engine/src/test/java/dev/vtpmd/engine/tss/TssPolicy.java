package dev.vtpmd.engine.tss;

import dev.vtpmd.engine.TestTpm;

import java.util.HexFormat;

import static dev.vtpmd.engine.tss.TssCrypto.uint32;
import static org.assertj.core.api.Assertions.assertThat;

/** Policy digests as Part 3, 23 gives them, with SHA-256, and what a session says it has. */
public final class TssPolicy {
    private byte[] digest = new byte[32];

    /** The digest so far. */
    public byte[] digest() {
        return digest.clone();
    }

    /** What most policy commands do: H(old || commandCode || arguments). */
    public TssPolicy then(int commandCode, byte[]... arguments) {
        byte[] all = TssCrypto.concatenate(arguments);
        digest = TssCrypto.SHA256.digest(digest, uint32(commandCode), all);
        return this;
    }

    /** What the commands with a signer or secret do: the Name, then policyRef in a hash of its own. */
    public TssPolicy thenNamed(int commandCode, byte[] name, byte[] policyRef) {
        then(commandCode, name);
        digest = TssCrypto.SHA256.digest(digest, policyRef);
        return this;
    }

    /** From zeros on again. */
    public TssPolicy anew() {
        digest = new byte[32];
        return this;
    }

    /** policyDigest of a session, by TPM2_PolicyGetDigest. */
    public static byte[] of(TestTpm tpm, TssSession session) {
        TssResponse response = TssCommand.of(0x189).handle(session.handle()).sendTo(tpm);
        assertThat(response.code()).isZero();
        return HexFormat.of().parseHex(response.parameters().substring(4));
    }
}
