package dev.vtpmd.daemon.provision;

import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmSu;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.nv.TpmsNvPublic;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.io.IOException;
import java.util.function.Consumer;

/** Sends commands to a TPM in this process whose authorization values are all empty. */
final class CommandClient {
    private static final int HEADER_SIZE = 10;
    private static final Consumer<TpmWriter> NOTHING = out -> {};

    private final Tpm tpm;

    CommandClient(Tpm tpm) {
        this.tpm = tpm;
    }

    /** TPM2_Startup(CLEAR). */
    void startup() throws IOException {
        send(TpmCc.STARTUP, out -> out.u16(TpmSu.CLEAR.value()));
    }

    /** TPM2_Shutdown(CLEAR). */
    void shutdown() throws IOException {
        send(TpmCc.SHUTDOWN, out -> out.u16(TpmSu.CLEAR.value()));
    }

    /** TPM2_CreatePrimary in {@code hierarchy}, without authorization value. Gives the handle of the transient key. */
    int createPrimary(int hierarchy, TpmtPublic template) throws IOException {
        TpmReader response = send(TpmCc.CREATE_PRIMARY, out -> out.u32(hierarchy), out -> {
            out.sized(sensitive -> sensitive.u32(0));
            out.sized(template::write);
            out.u16(0);
            out.u32(0);
        });
        return response.u32();
    }

    /** TPM2_EvictControl by the owner: makes a transient object persistent. */
    void makePersistent(int handle, int persistentHandle) throws IOException {
        send(
                TpmCc.EVICT_CONTROL,
                out -> {
                    out.u32(TpmRh.OWNER);
                    out.u32(handle);
                },
                1,
                out -> out.u32(persistentHandle));
    }

    /** TPM2_ReadPublic. */
    TpmtPublic readPublic(int handle) throws IOException {
        return send(TpmCc.READ_PUBLIC, out -> out.u32(handle)).sized(TpmtPublic::read);
    }

    /** TPM2_FlushContext. */
    void flush(int handle) throws IOException {
        send(TpmCc.FLUSH_CONTEXT, out -> out.u32(handle));
    }

    /** Defines an index of the platform, writes {@code data} into it and, if the attributes have WRITE_DEFINE, locks it for ever. */
    void store(int index, TpmaNv attributes, byte[] data) throws IOException {
        TpmsNvPublic area = new TpmsNvPublic(index, TpmiAlgHash.SHA256, attributes, Tpm2b.EMPTY, data.length);
        send(TpmCc.NV_DEFINE_SPACE, out -> out.u32(TpmRh.PLATFORM), out -> {
            out.u16(0);
            out.sized(area::write);
        });
        Consumer<TpmWriter> handles = out -> {
            out.u32(TpmRh.PLATFORM);
            out.u32(index);
        };
        for (int offset = 0; offset < data.length; offset += NvMemory.LARGEST_TRANSFER) {
            int from = offset;
            int length = Math.min(NvMemory.LARGEST_TRANSFER, data.length - from);
            send(TpmCc.NV_WRITE, handles, 1, out -> {
                out.u16(length);
                out.bytes(data, from, length);
                out.u16(from);
            });
        }
        if (attributes.writeDefine()) {
            send(TpmCc.NV_WRITE_LOCK, handles, 1, NOTHING);
        }
    }

    private TpmReader send(TpmCc code, Consumer<TpmWriter> content) throws IOException {
        return send(code, content, 0, NOTHING);
    }

    private TpmReader send(TpmCc code, Consumer<TpmWriter> handle, Consumer<TpmWriter> parameters) throws IOException {
        return send(code, handle, 1, parameters);
    }

    /** Sends a command with {@code authorizations} empty passwords, and gives the reader of its response behind the header. */
    private TpmReader send(TpmCc code, Consumer<TpmWriter> handles, int authorizations, Consumer<TpmWriter> parameters)
            throws IOException {
        TpmWriter command = new TpmWriter();
        command.u16((authorizations > 0 ? TpmSt.SESSIONS : TpmSt.NO_SESSIONS).value());
        command.u32(0);
        command.u32(code.value());
        handles.accept(command);
        if (authorizations > 0) {
            int sizeOffset = command.position();
            command.u32(0);
            for (int i = 0; i < authorizations; i++) {
                command.u32(TpmRh.PASSWORD);
                command.u16(0);
                command.u8(0);
                command.u16(0);
            }
            command.putU32(sizeOffset, command.position() - sizeOffset - Integer.BYTES);
        }
        parameters.accept(command);
        command.putU32(2, command.position());
        byte[] response = tpm.execute(0, command.array(), 0, command.position()).toByteArray();
        TpmReader in = new TpmReader(response, tpm.profile());
        in.skip(HEADER_SIZE - Integer.BYTES);
        int result = in.u32();
        if (result != 0) {
            throw new IOException("a new TPM answers " + code + " with response code 0x" + Integer.toHexString(result));
        }
        return in;
    }
}
