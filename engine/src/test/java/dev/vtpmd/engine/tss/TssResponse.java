package dev.vtpmd.engine.tss;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static dev.vtpmd.engine.tss.TssCrypto.uint32;
import static org.assertj.core.api.Assertions.assertThat;

/** A response with its HMACs checked and its first parameter decrypted. */
public final class TssResponse {
    private static final int HEADER_SIZE = 10;
    private static final int START_AUTH_SESSION = 0x176;
    /** Commands with a handle in the response: CreatePrimary, HMAC_Start, Load, ContextLoad, LoadExternal, HashSequenceStart. */
    private static final List<Integer> RETURN_A_HANDLE =
            List.of(0x131, 0x157, 0x15B, 0x161, 0x167, START_AUTH_SESSION, 0x186, 0x191);

    private final int code;
    private final int handle;
    private final byte[] parameters;
    private final byte[] parametersAsSent;
    private final List<Integer> attributes;

    private TssResponse(int code, int handle, byte[] parameters, byte[] parametersAsSent, List<Integer> attributes) {
        this.code = code;
        this.handle = handle;
        this.parameters = parameters;
        this.parametersAsSent = parametersAsSent;
        this.attributes = attributes;
    }

    static TssResponse read(byte[] response, int commandCode, List<TssAuthorization> entries) {
        ByteBuffer in = ByteBuffer.wrap(response).position(6);
        int code = in.getInt();
        if (code != 0) {
            assertThat(response).hasSize(HEADER_SIZE);
            return new TssResponse(code, 0, new byte[0], new byte[0], List.of());
        }
        int handle = RETURN_A_HANDLE.contains(commandCode) ? in.getInt() : 0;
        int size = entries.isEmpty() ? in.remaining() : in.getInt();
        byte[] sent = take(in, size);
        byte[] clear = sent.clone();
        List<Integer> attributes = new ArrayList<>();
        for (TssAuthorization entry : entries) {
            byte[] nonceTpm = take(in, in.getShort());
            int answered = in.get() & 0xFF;
            byte[] hmac = take(in, in.getShort());
            attributes.add(answered);
            if (entry.session() == null) {
                assertThat(nonceTpm).isEmpty();
                assertThat(hmac).isEmpty();
                assertThat(answered).isEqualTo(TssSession.CONTINUE);
            } else {
                check(entry, nonceTpm, answered, hmac, commandCode, sent);
                if (entry.has(TssSession.ENCRYPT)) {
                    decrypt(entry, clear);
                }
                entry.session().rollNonceCaller();
            }
        }
        assertThat(in.hasRemaining()).as("bytes behind the sessions").isFalse();
        return new TssResponse(code, handle, clear, sent, List.copyOf(attributes));
    }

    /** The response code. */
    public int code() {
        return code;
    }

    /** The handle, 0 if there is none. */
    public int handle() {
        return handle;
    }

    /** The parameters in clear, in hexadecimal digits. */
    public String parameters() {
        return HexFormat.of().withUpperCase().formatHex(parameters);
    }

    /** The parameters in clear. */
    public byte[] parameterBytes() {
        return parameters;
    }

    /** The parameters as they were sent. */
    public byte[] parametersAsSent() {
        return parametersAsSent;
    }

    /** TPMA_SESSION of each session. */
    public List<Integer> attributes() {
        return attributes;
    }

    /** rpHash (Part 1, 18.8). */
    public byte[] rpHash(TssCrypto crypto, int commandCode) {
        return crypto.digest(uint32(0), uint32(commandCode), parametersAsSent);
    }

    private static void check(
            TssAuthorization entry, byte[] nonceTpm, int attributes, byte[] hmac, int commandCode, byte[] parameters) {
        TssSession session = entry.session();
        assertThat(nonceTpm).hasSameSizeAs(session.nonceTpm()).isNotEqualTo(session.nonceTpm());
        session.answered(nonceTpm);
        if (entry.answerAuthValue() == null) {
            assertThat(hmac).as("HMAC of the response").isEmpty();
            return;
        }
        byte[] rpHash = session.crypto().digest(uint32(0), uint32(commandCode), parameters);
        byte[] last = {(byte) attributes};
        assertThat(hmac)
                .as("HMAC of the response")
                .isEqualTo(session.hmac(entry.answerAuthValue(), rpHash, nonceTpm, session.nonceCaller(), last));
    }

    private static void decrypt(TssAuthorization entry, byte[] parameters) {
        int size = ByteBuffer.wrap(parameters).getShort() & 0xFFFF;
        byte[] contents = Arrays.copyOfRange(parameters, 2, 2 + size);
        byte[] clear = entry.session().decrypt(contents, entry.encryptionAuthValue());
        System.arraycopy(clear, 0, parameters, 2, size);
    }

    private static byte[] take(ByteBuffer in, int size) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }
}
