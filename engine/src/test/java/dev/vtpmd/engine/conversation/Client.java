package dev.vtpmd.engine.conversation;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.protocol.constant.TpmCc;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** The client of a new TPM of the full profile. What it sends must succeed, but for {@link #refused}. All in hexadecimal digits. */
final class Client {
    /** An empty TPM2B, and a TPMS_SENSITIVE_CREATE without authValue and data. */
    static final String EMPTY = "0000";

    static final String NO_SENSITIVE = "0004 0000 0000";
    /** No outsideInfo and no PCRs. */
    static final String NO_CREATION_DATA = "0000 00000000";

    static final String OWNER = "40000001";
    static final String ENDORSEMENT = "4000000B";
    static final String PLATFORM = "4000000C";
    static final String LOCKOUT = "4000000A";
    static final String NULL = "40000007";

    /** Templates of ECC keys on P-256: one for storage, one that signs with ECDSA, one that decrypts. */
    static final String STORAGE_KEY = "0023 000B 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000";

    static final String SIGNING_KEY = "0023 000B 00040072 0000 0010 0018 000B 0003 0010 0000 0000";
    static final String DECRYPTION_KEY = "0023 000B 00020072 0000 0010 0010 0003 0010 0000 0000";

    private final TestTpm tpm = new TestTpm("full");
    private String handle;

    Client() {
        tpm.tpm().physicalPresence(true);
        plain(TpmCc.STARTUP, "", "0000");
    }

    /** The TPM, on which physical presence is asserted. */
    TestTpm tpm() {
        return tpm;
    }

    /** Sends a command without sessions and gives the parameters of the response. */
    String plain(TpmCc code, String handles, String parameters) {
        return run(code, 0, handles, parameters);
    }

    /** Sends a command with so many empty passwords and gives the parameters of the response. */
    String run(TpmCc code, int passwords, String handles, String parameters) {
        return run(code, command(code, passwords, handles).parameters(parameters));
    }

    private static TssCommand command(TpmCc code, int passwords, String handles) {
        TssCommand command = TssCommand.of(code.value());
        for (String digits : handles.replace(" ", "").split("(?<=\\G.{8})")) {
            if (!digits.isEmpty()) {
                command.handle(Integer.parseUnsignedInt(digits, 16));
            }
        }
        for (int i = 0; i < passwords; i++) {
            command.password();
        }
        return command;
    }

    /** Sends a command that this TPM refuses whatever it says, with so many empty passwords. */
    void refused(TpmCc code, int passwords, String handles, String parameters) {
        TssCommand command = command(code, passwords, handles).parameters(parameters);
        assertThat(command.code(tpm)).as(code.name()).isNotZero();
    }

    /** Sends {@code command}, which has this code, and gives the parameters of the response. */
    String run(TpmCc code, TssCommand command) {
        TssResponse response = command.sendTo(tpm);
        assertThat(response.code()).as(code.name()).isZero();
        if (response.handle() != 0) {
            handle = "%08X".formatted(response.handle());
        }
        return response.parameters();
    }

    /** The last handle that a response had. */
    String handle() {
        return handle;
    }

    /** Makes a primary object in a hierarchy with this TPMT_PUBLIC and gives its handle. */
    String primary(String hierarchy, String template) {
        run(TpmCc.CREATE_PRIMARY, 1, hierarchy, NO_SENSITIVE + sized(template) + NO_CREATION_DATA);
        return handle;
    }

    /** Flushes objects or sessions. */
    void flush(String... handles) {
        for (String each : handles) {
            plain(TpmCc.FLUSH_CONTEXT, "", each);
        }
    }

    /** The Name of an object, with its size. */
    String name(String object) {
        return sized(plain(TpmCc.READ_PUBLIC, object, ""), 1);
    }

    /** TPM2B {@code number}, counted from 0, of those that {@code parameters} begin with, with its size. */
    static String sized(String parameters, int number) {
        int start = offset(parameters, number);
        return parameters.substring(start, offset(parameters, number + 1));
    }

    /** What follows the first {@code count} TPM2Bs. */
    static String after(String parameters, int count) {
        return parameters.substring(offset(parameters, count));
    }

    /** A TPM2B with this content. */
    static String sized(String content) {
        String digits = content.replace(" ", "");
        return "%04X".formatted(digits.length() / 2) + digits;
    }

    /** The SHA-256 of what these digits stand for. */
    static String sha256(String digits) {
        byte[] data = HexFormat.of().parseHex(digits.replace(" ", ""));
        return HexFormat.of().withUpperCase().formatHex(TssCrypto.SHA256.digest(data));
    }

    /** The policy that asks for this command only. */
    static String policyFor(TpmCc code) {
        return sha256("00".repeat(32) + "%08X%08X".formatted(TpmCc.POLICY_COMMAND_CODE.value(), code.value()));
    }

    private static int offset(String parameters, int count) {
        int position = 0;
        for (int i = 0; i < count; i++) {
            position += 4 + 2 * Integer.parseInt(parameters.substring(position, position + 4), 16);
        }
        return position;
    }
}
