package dev.vtpmd.engine.tss;

import dev.vtpmd.engine.TestTpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static dev.vtpmd.engine.tss.TssCrypto.concatenate;
import static dev.vtpmd.engine.tss.TssCrypto.uint32;

/** One command, built as a client builds it: sizes, cpHash, HMACs and encryption are its business. */
public final class TssCommand {
    private static final int HEADER_SIZE = 10;
    private static final int NO_SESSIONS = 0x8001;
    private static final int SESSIONS = 0x8002;
    private static final int RS_PW = 0x40000009;

    private final int code;
    private final ByteArrayOutputStream handles = new ByteArrayOutputStream();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final List<TssAuthorization> authorizations = new ArrayList<>();
    private byte[] parameters = {};
    private int locality;
    private boolean asGiven;

    private TssCommand(int code) {
        this.code = code;
    }

    /** A command with this command code. */
    public static TssCommand of(int code) {
        return new TssCommand(code);
    }

    /** Adds a handle that is its own Name: all but objects and NV indices. */
    public TssCommand handle(int handle) {
        return handle(handle, uint32(handle));
    }

    /** Adds a handle of an entity with this Name. */
    public TssCommand handle(int handle, byte[] name) {
        handles.writeBytes(uint32(handle));
        names.writeBytes(name);
        return this;
    }

    /** Adds an empty password. */
    public TssCommand password() {
        return password(new byte[0]);
    }

    /** Adds a password. */
    public TssCommand password(byte[] password) {
        return authorization(TssAuthorization.password(password));
    }

    /** Adds an entry to the authorization area. */
    public TssCommand authorization(TssAuthorization authorization) {
        authorizations.add(authorization);
        return this;
    }

    /** Adds parameters, in hexadecimal digits. */
    public TssCommand parameters(String hex) {
        parameters = concatenate(parameters, HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
        return this;
    }

    /** Adds a TPM2B parameter. */
    public TssCommand sized(byte[] contents) {
        return parameters("%04X".formatted(contents.length) + HexFormat.of().formatHex(contents));
    }

    /** Sends it from this locality. */
    public TssCommand from(int newLocality) {
        locality = newLocality;
        return this;
    }

    /** Sends the parameters as they were given, even if a session says that the first is encrypted. */
    public TssCommand withoutEncryption() {
        asGiven = true;
        return this;
    }

    /** Sends the command and gives its response code. */
    public int code(TestTpm tpm) {
        return sendTo(tpm).code();
    }

    /** Sends the command; the HMACs of a successful response are checked. */
    public TssResponse sendTo(TestTpm tpm) {
        byte[] command = bytes();
        String response = tpm.send(locality, HexFormat.of().formatHex(command));
        return TssResponse.read(HexFormat.of().parseHex(response), code, authorizations);
    }

    /** The command as it is sent, its first parameter encrypted. To be called once. */
    public byte[] bytes() {
        if (!asGiven) {
            encryptFirstParameter();
        }
        byte[] area = authorizationArea();
        boolean sessions = !authorizations.isEmpty();
        int size = HEADER_SIZE + handles.size() + (sessions ? 4 : 0) + area.length + parameters.length;
        ByteBuffer command = ByteBuffer.allocate(size);
        command.putShort((short) (sessions ? SESSIONS : NO_SESSIONS))
                .putInt(size)
                .putInt(code);
        command.put(handles.toByteArray());
        if (sessions) {
            command.putInt(area.length).put(area);
        }
        return command.put(parameters).array();
    }

    /** cpHash (Part 1, 18.7), for policies; the parameters must not be encrypted. */
    public byte[] cpHash(TssCrypto crypto) {
        return crypto.digest(uint32(code), names.toByteArray(), parameters);
    }

    /** The hash of the Names of the command's handles. */
    public byte[] nameHash(TssCrypto crypto) {
        return crypto.digest(names.toByteArray());
    }

    private void encryptFirstParameter() {
        for (TssAuthorization entry : authorizations) {
            if (entry.has(TssSession.DECRYPT)) {
                int size = ByteBuffer.wrap(parameters).getShort() & 0xFFFF;
                byte[] contents = Arrays.copyOfRange(parameters, 2, 2 + size);
                byte[] encrypted = entry.session().encrypt(contents, entry.encryptionAuthValue());
                System.arraycopy(encrypted, 0, parameters, 2, size);
            }
        }
    }

    private byte[] authorizationArea() {
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        for (int i = 0; i < authorizations.size(); i++) {
            TssAuthorization entry = authorizations.get(i);
            TssSession session = entry.session();
            area.writeBytes(uint32(session == null ? RS_PW : session.handle()));
            writeSized(area, session == null ? new byte[0] : session.nonceCaller());
            area.write(entry.attributes());
            writeSized(area, entry.given() != null ? entry.given() : hmac(entry, i));
        }
        return area.toByteArray();
    }

    private byte[] hmac(TssAuthorization entry, int index) {
        TssSession session = entry.session();
        byte[] others = index == 0 ? noncesOfOthers() : new byte[0];
        byte[] attributes = {(byte) entry.attributes()};
        byte[] cpHash = cpHash(session.crypto());
        return session.hmac(
                entry.hmacAuthValue(), cpHash, session.nonceCaller(), session.nonceTpm(), others, attributes);
    }

    /** Part 1, 19.6.5: the first session, if it authorizes, covers the nonces of the sessions that decrypt and encrypt. */
    private byte[] noncesOfOthers() {
        int decrypting = indexOf(TssSession.DECRYPT);
        int encrypting = indexOf(TssSession.ENCRYPT);
        byte[] nonces = {};
        if (decrypting > 0) {
            nonces = authorizations.get(decrypting).session().nonceTpm();
        }
        if (encrypting > 0 && encrypting != decrypting) {
            nonces =
                    concatenate(nonces, authorizations.get(encrypting).session().nonceTpm());
        }
        return handles.size() == 0 ? new byte[0] : nonces;
    }

    private int indexOf(int attribute) {
        for (int i = 0; i < authorizations.size(); i++) {
            if (authorizations.get(i).has(attribute)) {
                return i;
            }
        }
        return -1;
    }

    private static void writeSized(ByteArrayOutputStream out, byte[] contents) {
        out.write(contents.length >> Byte.SIZE);
        out.write(contents.length);
        out.writeBytes(contents);
    }
}
