package dev.vtpmd.protocol.swtpm;

import dev.vtpmd.protocol.swtpm.ControlRequest.CancelTpmCommand;
import dev.vtpmd.protocol.swtpm.ControlRequest.GetCapability;
import dev.vtpmd.protocol.swtpm.ControlRequest.GetConfig;
import dev.vtpmd.protocol.swtpm.ControlRequest.GetInfo;
import dev.vtpmd.protocol.swtpm.ControlRequest.GetStateBlob;
import dev.vtpmd.protocol.swtpm.ControlRequest.GetTpmEstablished;
import dev.vtpmd.protocol.swtpm.ControlRequest.HashData;
import dev.vtpmd.protocol.swtpm.ControlRequest.HashEnd;
import dev.vtpmd.protocol.swtpm.ControlRequest.HashStart;
import dev.vtpmd.protocol.swtpm.ControlRequest.Init;
import dev.vtpmd.protocol.swtpm.ControlRequest.LockStorage;
import dev.vtpmd.protocol.swtpm.ControlRequest.Malformed;
import dev.vtpmd.protocol.swtpm.ControlRequest.OversizeStateBlob;
import dev.vtpmd.protocol.swtpm.ControlRequest.ResetTpmEstablished;
import dev.vtpmd.protocol.swtpm.ControlRequest.SetBufferSize;
import dev.vtpmd.protocol.swtpm.ControlRequest.SetDataFd;
import dev.vtpmd.protocol.swtpm.ControlRequest.SetLocality;
import dev.vtpmd.protocol.swtpm.ControlRequest.SetStateBlob;
import dev.vtpmd.protocol.swtpm.ControlRequest.Shutdown;
import dev.vtpmd.protocol.swtpm.ControlRequest.Stop;
import dev.vtpmd.protocol.swtpm.ControlRequest.StoreVolatile;
import dev.vtpmd.protocol.swtpm.ControlRequest.Unknown;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Makes {@link ControlRequest}s out of what arrives on a control connection.
 *
 * <p>Messages have no length. A message is complete when the bytes that its command needs are there; every further byte that
 * has arrived by then belongs to it too, because SET_LOCALITY and RESET_TPMESTABLISHED come with one byte from some clients
 * and with four from others. So a client must wait for the reply before it sends the next request, as all do.
 *
 * <p>Not safe for use by several threads.
 */
public final class ControlRequestDecoder {
    /** Most bytes of one receive: what swtpm takes as one message. */
    public static final int RECEIVE_SIZE = 4104;

    /** Most bytes of a SET_STATEBLOB's blob. */
    public static final int MAXIMUM_STATE_BLOB = 524_288;

    private static final int CODE_SIZE = 4;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What has come of a message that is not complete, to be read. */
    private ByteBuffer head = NOTHING;

    private long hashDataMissing;
    private int blobFlags;
    private int blobType;
    private ByteBuffer blob;

    /**
     * Takes all of {@code in}, at most {@link #RECEIVE_SIZE} bytes.
     *
     * @return the request, or nothing if the message is not complete
     */
    public Optional<ControlRequest> decode(ByteBuffer in) {
        if (hashDataMissing > 0) {
            return Optional.of(hashData(in));
        }
        if (blob != null) {
            return stateBlob(in);
        }
        ByteBuffer message = head.hasRemaining() ? joined(head, in) : in;
        head = NOTHING;
        Optional<ControlRequest> request = message(message);
        in.position(in.limit());
        return request;
    }

    private Optional<ControlRequest> message(ByteBuffer in) {
        if (in.remaining() < CODE_SIZE) {
            head = joined(NOTHING, in);
            return Optional.empty();
        }
        int code = in.getInt(in.position());
        Optional<ControlCommand> command = ControlCommand.of(code);
        if (command.isPresent() && in.remaining() < CODE_SIZE + command.get().bodyLength()) {
            head = joined(NOTHING, in);
            return Optional.empty();
        }
        in.position(in.position() + CODE_SIZE);
        return command.isPresent() ? body(command.get(), in) : Optional.of(new Unknown(code));
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first.duplicate())
                .put(second.duplicate())
                .flip();
    }

    /** Whether a message has begun of which the fixed part is not complete. */
    public boolean insideHead() {
        return head.hasRemaining();
    }

    /** Whether data that a complete fixed part has announced is still to come. */
    public boolean insideBody() {
        return hashDataMissing > 0 || blob != null;
    }

    private Optional<ControlRequest> body(ControlCommand command, ByteBuffer in) {
        if (!command.acceptsBody(in.remaining())) {
            return Optional.of(new Malformed(command));
        }
        return switch (command) {
            case GET_CAPABILITY -> Optional.of(new GetCapability());
            case INIT -> Optional.of(new Init((in.getInt() & 1) != 0));
            case SHUTDOWN -> Optional.of(new Shutdown());
            case GET_TPMESTABLISHED -> Optional.of(new GetTpmEstablished());
            case SET_LOCALITY -> Optional.of(new SetLocality(in.get() & 0xFF));
            case HASH_START -> Optional.of(new HashStart());
            case HASH_DATA -> {
                hashDataMissing = Integer.toUnsignedLong(in.getInt());
                yield Optional.of(hashData(in));
            }
            case HASH_END -> Optional.of(new HashEnd());
            case CANCEL_TPM_CMD -> Optional.of(new CancelTpmCommand());
            case STORE_VOLATILE -> Optional.of(new StoreVolatile());
            case RESET_TPMESTABLISHED -> Optional.of(new ResetTpmEstablished(in.get() & 0xFF));
            case GET_STATEBLOB -> Optional.of(new GetStateBlob((in.getInt() & 1) != 0, in.getInt(), in.getInt()));
            case SET_STATEBLOB -> beginStateBlob(in);
            case STOP -> Optional.of(new Stop());
            case GET_CONFIG -> Optional.of(new GetConfig());
            case SET_DATAFD -> Optional.of(new SetDataFd());
            case SET_BUFFERSIZE -> Optional.of(new SetBufferSize(in.getInt()));
            case GET_INFO -> Optional.of(new GetInfo(in.getLong(), in.getInt()));
            case LOCK_STORAGE -> Optional.of(new LockStorage(in.getInt()));
        };
    }

    private HashData hashData(ByteBuffer in) {
        byte[] data = new byte[(int) Math.min(in.remaining(), hashDataMissing)];
        in.get(data);
        in.position(in.limit());
        hashDataMissing -= data.length;
        return new HashData(data, hashDataMissing == 0);
    }

    private Optional<ControlRequest> beginStateBlob(ByteBuffer in) {
        blobFlags = in.getInt();
        blobType = in.getInt();
        int length = in.getInt();
        if (Integer.compareUnsigned(length, MAXIMUM_STATE_BLOB) > 0) {
            return Optional.of(new OversizeStateBlob());
        }
        blob = ByteBuffer.allocate(length);
        return stateBlob(in);
    }

    private Optional<ControlRequest> stateBlob(ByteBuffer in) {
        int count = Math.min(in.remaining(), blob.remaining());
        blob.put(in.slice(in.position(), count));
        in.position(in.limit());
        if (blob.hasRemaining()) {
            return Optional.empty();
        }
        SetStateBlob request = new SetStateBlob(blobFlags, blobType, blob.array());
        blob = null;
        return Optional.of(request);
    }
}
