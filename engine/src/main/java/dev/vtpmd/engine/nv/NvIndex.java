package dev.vtpmd.engine.nv;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.nv.TpmsNvPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;

/**
 * An NV index (Part 1, 37.2).
 *
 * @param publicArea the public area with its present attributes
 * @param authValue without zeros at its end
 * @param data {@code dataSize} bytes; what they are before the index is written does not matter
 */
public record NvIndex(TpmsNvPublic publicArea, Tpm2b authValue, Tpm2b data) {
    private static final int LARGEST_AUTH = 64;
    private static final int LARGEST_DATA = 0xFFFF;

    /** Reads a stored index. */
    public static NvIndex read(TpmReader in) {
        TpmsNvPublic publicArea = TpmsNvPublic.read(in);
        Tpm2b authValue = Tpm2b.read(in, LARGEST_AUTH);
        return new NvIndex(publicArea, authValue, Tpm2b.read(in, LARGEST_DATA));
    }

    /** Stores the index. */
    public void write(TpmWriter out) {
        publicArea.write(out);
        authValue.write(out);
        data.write(out);
    }

    /** The handle, 0x01xxxxxx. */
    public int handle() {
        return publicArea.nvIndex();
    }

    /** The attributes. */
    public TpmaNv attributes() {
        return publicArea.attributes();
    }

    /** The type: ordinary, counter, and so on. */
    public TpmNt type() {
        return publicArea.attributes().type();
    }

    /** Whether the index counts the uses of its authValue. */
    public boolean isPin() {
        return type() == TpmNt.PIN_FAIL || type() == TpmNt.PIN_PASS;
    }

    /** The data of a counter, bit field or PIN index as the 64-bit number that it is. */
    public long number() {
        return ByteBuffer.wrap(data.bytes()).getLong();
    }

    /** This index with other attributes. */
    public NvIndex withAttributes(TpmaNv attributes) {
        return new NvIndex(publicArea.withAttributes(attributes), authValue, data);
    }

    /** This index with other data, and written. */
    public NvIndex written(Tpm2b newData) {
        return new NvIndex(publicArea.withAttributes(attributes().withWritten(true)), authValue, newData);
    }

    /** This index with a 64-bit number as its data, and written. */
    public NvIndex written(long number) {
        return written(
                Tpm2b.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    /** This index with another authValue. */
    public NvIndex withAuthValue(Tpm2b newAuth) {
        return new NvIndex(publicArea, newAuth.withoutTrailingZeros(), data);
    }

    @Override
    public String toString() {
        return "NvIndex[0x%08X, %s, %d bytes]".formatted(handle(), type(), data.size());
    }
}
