package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.mssim.MssimDecoder;
import dev.vtpmd.protocol.mssim.MssimPort;
import dev.vtpmd.protocol.mssim.MssimProtocolException;
import dev.vtpmd.protocol.mssim.MssimSignal;
import io.netty.channel.unix.Socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A connection to the MSSIM platform port. */
final class MssimPlatformConnection extends CommandConnection {
    private final MssimDecoder decoder = new MssimDecoder(MssimPort.PLATFORM);
    private MssimSignal signal = MssimSignal.SESSION_END;

    /** A connection to the ports of {@code instance}. */
    MssimPlatformConnection(Socket socket, InstanceContext instance) {
        super(socket, instance);
    }

    @Override
    void received(ByteBuffer in) {
        try {
            var complete = decoder.read(in);
            if (complete.isPresent()) {
                signal = complete.get();
                serve();
            }
        } catch (MssimProtocolException e) {
            if (e.unknownSignal()) {
                closeWhenIdle(buffer(4).putInt(1));
            } else {
                closeWhenIdle();
            }
        }
    }

    private void serve() {
        switch (signal) {
            case CANCEL_ON, CANCEL_OFF -> {
                device().cancelSignal(signal == MssimSignal.CANCEL_ON);
                acknowledge();
            }
            case POWER_ON -> {
                if (device().running()) {
                    acknowledge();
                } else {
                    submit();
                }
            }
            case POWER_OFF,
                    RESET,
                    PHYSICAL_PRESENCE_ON,
                    PHYSICAL_PRESENCE_OFF,
                    NV_ON,
                    NV_OFF,
                    TEST_FAILURE_MODE,
                    ACT_GET_SIGNALED,
                    GET_COMMAND_RESPONSE_SIZES -> submit();
            // The host's clock cannot be restarted, keys are not cached, and the firmware has neither hash nor SVN to
            // set.
            case RESTART, KEY_CACHE_ON, KEY_CACHE_OFF, SET_FIRMWARE_HASH, SET_FIRMWARE_SVN -> acknowledge();
            // STOP ends the simulator's platform listener, which other clients of this port may still need.
            default -> closeWhenIdle();
        }
    }

    private void acknowledge() {
        reply(buffer(4).putInt(0));
    }

    @Override
    boolean insideRequest() {
        return decoder.insideSignal();
    }

    @Override
    public boolean light() {
        return signal != MssimSignal.POWER_ON && signal != MssimSignal.POWER_OFF;
    }

    @Override
    ByteBuffer perform() {
        switch (signal) {
            case POWER_ON -> {
                if (!device().running()) {
                    device().init(true);
                }
            }
            case POWER_OFF -> device().powerOff();
            case RESET -> device().reset();
            case PHYSICAL_PRESENCE_ON, PHYSICAL_PRESENCE_OFF ->
                device().physicalPresence(signal == MssimSignal.PHYSICAL_PRESENCE_ON);
            case TEST_FAILURE_MODE -> device().failNextSelfTest();
            case ACT_GET_SIGNALED -> {
                int signaled = device().countdownSignaled(decoder.value()) ? 1 : 0;
                return buffer(8).putInt(signaled).putInt(0);
            }
            case NV_ON, NV_OFF -> device().nvAvailable(signal == MssimSignal.NV_ON);
            default -> {
                return commandResponseSizes();
            }
        }
        return buffer(4).putInt(0);
    }

    /** Four UINT32 in the byte order of the host, as the reference simulator sends them, with their size. */
    private ByteBuffer commandResponseSizes() {
        ByteBuffer sizes = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        device().takeCommandSizes(sizes);
        return buffer(24).putInt(16).put(sizes.flip()).putInt(0);
    }
}
