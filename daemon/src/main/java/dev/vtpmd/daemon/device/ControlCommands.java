package dev.vtpmd.daemon.device;

import dev.vtpmd.protocol.swtpm.ControlCommand;
import dev.vtpmd.protocol.swtpm.ControlReply;
import dev.vtpmd.protocol.swtpm.ControlReply.Result;
import dev.vtpmd.protocol.swtpm.ControlReply.StateBlob;
import dev.vtpmd.protocol.swtpm.ControlRequest;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.swtpm.StateBlobType;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** What a device answers to the commands of swtpm's control channel. SET_DATAFD, which is about a socket, is its port's. */
public final class ControlCommands {
    private final Device device;
    private final TpmDescription description;

    /** The control commands of {@code device}. */
    public ControlCommands(Device device) {
        this.device = device;
        this.description = new TpmDescription(device.options().profile());
    }

    /** When a request is to be answered. */
    public enum Turn {
        /** Without waiting for the TPM command that runs. */
        AT_ONCE,
        /** In a task of the mailbox, which takes microseconds. */
        LIGHT,
        /** In a task of the mailbox, which may take long or wait for storage. */
        LONG
    }

    /** When {@code request} is to be answered. */
    public Turn turn(ControlRequest request) {
        return switch (request) {
            case ControlRequest.SetBufferSize(int size) when size == 0 -> Turn.AT_ONCE;
            case ControlRequest.HashStart _,
                    ControlRequest.HashData _,
                    ControlRequest.HashEnd _,
                    ControlRequest.ResetTpmEstablished _,
                    ControlRequest.SetBufferSize _ -> Turn.LIGHT;
            case ControlRequest.Init _,
                    ControlRequest.Stop _,
                    ControlRequest.Shutdown _,
                    ControlRequest.StoreVolatile _,
                    ControlRequest.GetStateBlob _,
                    ControlRequest.SetStateBlob _,
                    ControlRequest.LockStorage _ -> Turn.LONG;
            default -> Turn.AT_ONCE;
        };
    }

    /**
     * Does what {@code request} asks for.
     *
     * @return the reply; nothing for a piece of HASH_DATA that is not the last
     */
    public Optional<ControlReply> answer(ControlRequest request) {
        return Optional.ofNullable(
                switch (request) {
                    case ControlRequest.GetCapability _ -> new ControlReply.Capability(ControlCommand.CAPABILITIES);
                    case ControlRequest.Init(boolean deleteVolatile) -> result(device.init(deleteVolatile));
                    case ControlRequest.Shutdown _, ControlRequest.Stop _ -> {
                        device.stop();
                        yield result(ControlResult.SUCCESS);
                    }
                    case ControlRequest.GetTpmEstablished _ ->
                        device.running()
                                ? new ControlReply.Established(ControlResult.SUCCESS, device.established())
                                : new ControlReply.Established(ControlResult.BAD_ORDINAL, false);
                    case ControlRequest.SetLocality(int locality) -> result(device.chooseLocality(locality));
                    case ControlRequest.HashStart _,
                            ControlRequest.HashData _,
                            ControlRequest.HashEnd _,
                            ControlRequest.CancelTpmCommand _,
                            ControlRequest.StoreVolatile _,
                            ControlRequest.ResetTpmEstablished _ -> whileRunning(request);
                    case ControlRequest.GetStateBlob get -> getStateBlob(get);
                    case ControlRequest.SetStateBlob(_, int type, byte[] blob) -> result(setStateBlob(type, blob));
                    case ControlRequest.GetConfig _ ->
                        new ControlReply.Config(
                                device.blobs().fileKey(), device.blobs().migrationKey());
                    case ControlRequest.SetDataFd _ -> result(ControlResult.BAD_PARAMETER);
                    case ControlRequest.SetBufferSize(int size) -> setBufferSize(size);
                    case ControlRequest.GetInfo(long flags, int offset) -> description.piece(flags, offset);
                    case ControlRequest.LockStorage _ -> result(lockStorage());
                    case ControlRequest.Malformed(ControlCommand command) -> malformed(command);
                    case ControlRequest.OversizeStateBlob _ ->
                        result(device.running() ? ControlResult.BAD_ORDINAL : ControlResult.FAIL);
                    case ControlRequest.Unknown _ -> result(ControlResult.BAD_ORDINAL);
                });
    }

    private static ControlReply result(ControlResult result) {
        return new Result(result);
    }

    private ControlReply whileRunning(ControlRequest request) {
        boolean running = device.running();
        if (request instanceof ControlRequest.HashData(_, boolean last) && !last && !running) {
            return null;
        }
        if (!running) {
            return result(ControlResult.BAD_ORDINAL);
        }
        return switch (request) {
            case ControlRequest.HashData(byte[] data, boolean last) -> {
                device.hashData(data, data.length);
                yield last ? result(ControlResult.SUCCESS) : null;
            }
            case ControlRequest.StoreVolatile _ -> result(device.storeVolatile());
            case ControlRequest.ResetTpmEstablished(int locality) -> result(device.resetEstablished(locality));
            default -> {
                switch (request) {
                    case ControlRequest.HashStart _ -> device.hashStart();
                    case ControlRequest.HashEnd _ -> device.hashEnd();
                    default -> device.cancelCommand();
                }
                yield result(ControlResult.SUCCESS);
            }
        };
    }

    private ControlReply getStateBlob(ControlRequest.GetStateBlob get) {
        if (!device.running()) {
            return new StateBlob(ControlResult.BAD_ORDINAL);
        }
        Optional<StateBlobType> type = StateBlobType.of(get.type());
        if (type.isEmpty()) {
            return new StateBlob(ControlResult.FAIL);
        }
        if (type.get() == StateBlobType.SAVESTATE) {
            // The last blob that a migration asks for: from now on another process may go on with the state.
            return new StateBlob(device.releaseStorage() ? ControlResult.RETRY : ControlResult.IO_ERROR);
        }
        byte[] blob = device.stateBlob(type.get(), get.decrypted());
        int offset = Integer.compareUnsigned(get.offset(), blob.length) > 0 ? blob.length : get.offset();
        boolean encrypted = device.blobs().fileKey() && !get.decrypted();
        return new StateBlob(ControlResult.SUCCESS, encrypted, blob, offset);
    }

    private ControlResult setStateBlob(int type, byte[] blob) {
        if (device.running()) {
            return ControlResult.BAD_ORDINAL;
        }
        try {
            return StateBlobType.of(type)
                    .map(known -> device.giveStateBlob(known, blob))
                    .orElse(ControlResult.BAD_PARAMETER);
        } finally {
            Arrays.fill(blob, (byte) 0);
        }
    }

    private ControlReply setBufferSize(int size) {
        if (size != 0) {
            if (device.running()) {
                return result(ControlResult.BAD_ORDINAL);
            }
            device.chooseBufferSize(size);
        }
        BufferSize now = device.bufferSize();
        return new ControlReply.BufferSize(now.current(), now.minimum(), now.maximum());
    }

    private ControlResult lockStorage() {
        try {
            return device.lockStorage() ? ControlResult.SUCCESS : ControlResult.FAIL;
        } catch (IOException e) {
            return ControlResult.IO_ERROR;
        }
    }

    private ControlReply malformed(ControlCommand command) {
        boolean wrongState =
                switch (command.needs()) {
                    case NOTHING -> false;
                    case RUNNING -> !device.running();
                    case STOPPED -> device.running();
                };
        ControlResult result = wrongState ? ControlResult.BAD_ORDINAL : ControlResult.BAD_PARAMETER;
        return command == ControlCommand.GET_TPMESTABLISHED
                ? new ControlReply.Established(result, false)
                : result(result);
    }
}
