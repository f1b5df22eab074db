package dev.vtpmd.engine.tss;

import dev.vtpmd.engine.TestTpm;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** An NV index of the owner with nameAlg SHA-256, as a client knows it: its Name follows from its public area. */
public final class TssNvIndex {
    /** TPMA_NV (Part 2, 13.4): the owner may write and read, and so may the index's own authValue. */
    public static final int OWNER_AND_AUTH = 0x00060006;

    public static final int NO_DA = 0x02000000;
    public static final int OWNER = 0x00020002;
    public static final int POLICY_READ = 0x00080000;
    public static final int PIN_FAIL = 0x80;
    public static final int PIN_PASS = 0x90;

    private static final int TPM_RH_OWNER = 0x40000001;
    private static final int WRITTEN = 0x20000000;
    private static final int NV_DEFINE_SPACE = 0x12A;
    private static final int NV_WRITE = 0x137;
    private static final int NV_READ = 0x14E;
    private static final byte[] NAME_ALGORITHM = {0x00, 0x0B};

    private final TestTpm tpm;
    private final int handle;
    private final byte[] policy;
    private final int size;
    private int attributes;

    private TssNvIndex(TestTpm tpm, int handle, int attributes, byte[] policy, int size) {
        this.tpm = tpm;
        this.handle = handle;
        this.attributes = attributes;
        this.policy = policy;
        this.size = size;
    }

    /** Defines an index with an authValue. */
    public static TssNvIndex define(TestTpm tpm, int handle, int attributes, byte[] authValue, int size) {
        return define(tpm, handle, attributes, authValue, new byte[0], size);
    }

    /** Defines an index with an authValue and a policy. */
    public static TssNvIndex define(
            TestTpm tpm, int handle, int attributes, byte[] authValue, byte[] policy, int size) {
        return define(tpm, handle, attributes, authValue, policy, size, new byte[0]);
    }

    /** Defines an index where the owner has the authValue {@code ownerAuth}. */
    public static TssNvIndex define(
            TestTpm tpm, int handle, int attributes, byte[] authValue, byte[] policy, int size, byte[] ownerAuth) {
        TssNvIndex index = new TssNvIndex(tpm, handle, attributes, policy, size);
        assertThat(TssCommand.of(NV_DEFINE_SPACE)
                        .handle(TPM_RH_OWNER)
                        .password(ownerAuth)
                        .sized(authValue)
                        .sized(index.publicArea())
                        .code(tpm))
                .as("TPM2_NV_DefineSpace")
                .isZero();
        return index;
    }

    /** The handle. */
    public int handle() {
        return handle;
    }

    /** The Name (Part 1, 16). */
    public byte[] name() {
        return TssCrypto.concatenate(NAME_ALGORITHM, TssCrypto.SHA256.digest(publicArea()));
    }

    /** The Name after the first write. */
    public void written() {
        attributes |= WRITTEN;
    }

    /** Writes all of it with the owner's empty authValue. */
    public void writeAsOwner(String data) {
        TssCommand command = TssCommand.of(NV_WRITE).handle(TPM_RH_OWNER).handle(handle, name());
        assertThat(command.password()
                        .sized(HexFormat.of().parseHex(data))
                        .parameters("0000")
                        .code(tpm))
                .isZero();
        written();
    }

    /** What it contains, read as the owner, in hexadecimal digits. */
    public String readAsOwner() {
        TssResponse response = TssCommand.of(NV_READ)
                .handle(TPM_RH_OWNER)
                .handle(handle, name())
                .password()
                .parameters("%04X0000".formatted(size))
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        return response.parameters().substring(4);
    }

    /** TPM2_NV_Write of {@code data} at offset 0, authorized as the index itself, to which an authorization is to be added. */
    public TssCommand write() {
        return TssCommand.of(NV_WRITE).handle(handle, name()).handle(handle, name());
    }

    /** TPM2_NV_Read of everything, authorized as the index itself, to which an authorization is to be added. */
    public TssCommand read() {
        return TssCommand.of(NV_READ)
                .handle(handle, name())
                .handle(handle, name())
                .parameters("%04X0000".formatted(size));
    }

    private byte[] publicArea() {
        return ByteBuffer.allocate(14 + policy.length)
                .putInt(handle)
                .put(NAME_ALGORITHM)
                .putInt(attributes)
                .putShort((short) policy.length)
                .put(policy)
                .putShort((short) size)
                .array();
    }
}
