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

/**
 * What a device answers to one client of swtpm's control channel. SET_DATAFD, which is about a socket, is its port's.
 */
public final class ControlCommands {
    private final Device device;

    /** The control commands of {@code device}. */
    public ControlCommands(Device device) {
        this.device = device;
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
            case ControlRequest.HashStart r -> Turn.LIGHT;
            case ControlRequest.HashData r -> Turn.LIGHT;
            case ControlRequest.HashEnd r -> Turn.LIGHT;
            case ControlRequest.ResetTpmEstablished r -> Turn.LIGHT;
            case ControlRequest.SetBufferSize set -> set.size() == 0 ? Turn.AT_ONCE : Turn.LIGHT;
            case ControlRequest.Init r -> Turn.LONG;
            case ControlRequest.Stop r -> Turn.LONG;
            case ControlRequest.Shutdown r -> Turn.LONG;
            case ControlRequest.StoreVolatile r -> Turn.LONG;
            case ControlRequest.GetStateBlob r -> Turn.LONG;
            case ControlRequest.SetStateBlob r -> Turn.LONG;
            case ControlRequest.LockStorage r -> Turn.LONG;
            default -> Turn.AT_ONCE;
        };
    }

    /** Whether {@code request} does something to the TPM or gives its state away, and does not only ask about it. */
    public static boolean intervenes(ControlRequest request) {
        return switch (request) {
            case ControlRequest.GetCapability r -> false;
            case ControlRequest.GetTpmEstablished r -> false;
            case ControlRequest.GetConfig r -> false;
            case ControlRequest.GetInfo r -> false;
            case ControlRequest.SetBufferSize set -> set.size() != 0;
            case ControlRequest.Malformed r -> false;
            default -> true;
        };
    }

    /** What a client gets for a {@code request} that {@link #intervenes} in what belongs to another one. */
    public static Optional<ControlReply> refusal(ControlRequest request) {
        return switch (request) {
            case ControlRequest.HashData piece ->
                piece.last() ? Optional.of(new Result(ControlResult.FAIL)) : Optional.empty();
            case ControlRequest.GetStateBlob r -> Optional.of(new StateBlob(ControlResult.FAIL));
            default -> Optional.of(new Result(ControlResult.FAIL));
        };
    }

    /**
     * Does what {@code request} asks for.
     *
     * @return the reply; nothing for a piece of HASH_DATA that is not the last
     */
    public Optional<ControlReply> answer(ControlRequest request) {
        return switch (request) {
            case ControlRequest.HashData data -> hashData(data);
            default -> Optional.of(reply(request));
        };
    }

    private TpmDescription description() {
        return new TpmDescription(
                device.profile().orElse(device.options().model().profile()));
    }

    private ControlReply reply(ControlRequest request) {
        return switch (request) {
            case ControlRequest.GetCapability r ->
                new ControlReply.Capability(
                        device.states().movable()
                                ? ControlCommand.CAPABILITIES
                                : ControlCommand.CAPABILITIES_WITHOUT_STATE_BLOBS);
            case ControlRequest.GetTpmEstablished r -> established();
            case ControlRequest.GetStateBlob get -> getStateBlob(get);
            case ControlRequest.GetConfig r ->
                new ControlReply.Config(
                        device.states().blobs().fileKey(),
                        device.states().blobs().migrationKey());
            case ControlRequest.SetBufferSize set -> setBufferSize(set.size());
            case ControlRequest.GetInfo get -> description().piece(get.flags(), get.offset());
            case ControlRequest.Malformed malformed -> malformed(malformed.command());
            default -> new Result(result(request));
        };
    }

    private ControlResult result(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Init init -> device.init(init.deleteVolatile());
            case ControlRequest.Shutdown r -> stop();
            case ControlRequest.Stop r -> stop();
            case ControlRequest.SetLocality set -> device.chooseLocality(set.locality());
            case ControlRequest.HashStart r -> whileRunning(device::hashStart);
            case ControlRequest.HashEnd r -> whileRunning(device::hashEnd);
            case ControlRequest.CancelTpmCommand r -> whileRunning(device::cancelCommand);
            case ControlRequest.StoreVolatile r ->
                device.running() ? device.states().storeVolatile(device.tpm()) : ControlResult.BAD_ORDINAL;
            case ControlRequest.ResetTpmEstablished reset ->
                device.running() ? device.resetEstablished(reset.locality()) : ControlResult.BAD_ORDINAL;
            case ControlRequest.SetStateBlob set -> setStateBlob(set.type(), set.blob());
            case ControlRequest.LockStorage r -> lockStorage();
            case ControlRequest.OversizeStateBlob r ->
                device.running() ? ControlResult.BAD_ORDINAL : ControlResult.FAIL;
            case ControlRequest.SetDataFd r -> ControlResult.BAD_PARAMETER;
            default -> ControlResult.BAD_ORDINAL;
        };
    }

    private ControlResult stop() {
        device.stop();
        return ControlResult.SUCCESS;
    }

    private ControlResult whileRunning(Runnable action) {
        if (!device.running()) {
            return ControlResult.BAD_ORDINAL;
        }
        action.run();
        return ControlResult.SUCCESS;
    }

    private Optional<ControlReply> hashData(ControlRequest.HashData piece) {
        ControlResult result = whileRunning(() -> device.hashData(piece.data(), piece.data().length));
        return piece.last() ? Optional.of(new Result(result)) : Optional.empty();
    }

    private ControlReply established() {
        return device.running()
                ? new ControlReply.Established(ControlResult.SUCCESS, device.established())
                : new ControlReply.Established(ControlResult.BAD_ORDINAL, false);
    }

    /** The client is gone. In a task of the mailbox. */
    public void clientGone() {
        device.clientGone(this);
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
            ControlResult handedOver = device.states().handOver(this);
            return new StateBlob(handedOver == ControlResult.SUCCESS ? ControlResult.RETRY : handedOver);
        }
        byte[] blob;
        try {
            blob = device.states().blob(device.tpm(), type.get(), get.decrypted());
        } catch (StateRefusedException e) {
            return new StateBlob(e.result());
        } catch (IOException e) {
            return new StateBlob(ControlResult.IO_ERROR);
        }
        int offset = Integer.compareUnsigned(get.offset(), blob.length) > 0 ? blob.length : get.offset();
        boolean encrypted = device.states().blobs().fileKey() && !get.decrypted();
        return new StateBlob(ControlResult.SUCCESS, encrypted, blob, offset);
    }

    private ControlResult setStateBlob(int type, byte[] blob) {
        if (device.running()) {
            return ControlResult.BAD_ORDINAL;
        }
        try {
            return StateBlobType.of(type)
                    .map(known -> device.states().give(this, known, blob))
                    .orElse(ControlResult.BAD_PARAMETER);
        } finally {
            Arrays.fill(blob, (byte) 0);
        }
    }

    private ControlReply setBufferSize(int size) {
        if (size != 0) {
            if (device.running()) {
                return new Result(ControlResult.BAD_ORDINAL);
            }
            device.chooseBufferSize(size);
        }
        BufferSize now = device.bufferSize();
        return new ControlReply.BufferSize(now.current(), now.minimum(), now.maximum());
    }

    private ControlResult lockStorage() {
        try {
            return device.states().lock() ? ControlResult.SUCCESS : ControlResult.FAIL;
        } catch (IOException e) {
            device.states().refused(e);
            return ControlResult.IO_ERROR;
        }
    }

    private ControlReply malformed(ControlCommand command) {
        boolean wrongState = switch (command.needs()) {
            case NOTHING -> false;
            case RUNNING -> !device.running();
            case STOPPED -> device.running();
        };
        ControlResult result = wrongState ? ControlResult.BAD_ORDINAL : ControlResult.BAD_PARAMETER;
        return command == ControlCommand.GET_TPMESTABLISHED
                ? new ControlReply.Established(result, false)
                : new Result(result);
    }
}
