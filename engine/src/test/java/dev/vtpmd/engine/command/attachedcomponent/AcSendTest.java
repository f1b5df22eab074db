package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssNvIndex;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssResponse;
import dev.vtpmd.engine.tss.TssSession;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import static dev.vtpmd.engine.tss.TssCrypto.concatenate;
import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_AC_Send (Part 3, 32.3), with the response codes of the TCG's reference code. */
class AcSendTest {
    private static final int LOAD_EXTERNAL = 0x167;
    private static final int AC_SEND = 0x195;
    private static final int POLICY_AC_SEND_SELECT = 0x196;
    private static final int OWNER = 0x40000001;
    private static final int OBJECT = 0x80000000;
    private static final int ALIAS = 0x01D00003;
    private static final int AUTH_WRITE = 0x00040004;
    private static final int OWNER_WRITE = 0x00020002;
    private static final int ENCRYPTED_DUPLICATION = 0x800;
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] SECRET = {'s', 'e', 'c', 'r', 'e', 't'};
    private static final byte[] SEED = new byte[32];
    private static final byte[] INDEX_AUTH = {'i'};
    private static final String NO_ERROR = "00000001" + "00000000";

    private final RecordingComponent component = new RecordingComponent();
    private final TestTpm tpm = TestTpm.startedWith(component);
    private final TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);

    @Test
    void theComponentGetsTheObjectAndTheData() {
        byte[] name = load(0, uint32(OWNER));
        select(name, uint32(OWNER), RecordingComponent.HANDLE);
        TssResponse response = send(name).sized(DATA).sendTo(tpm);
        assertThat(response.code()).isZero();
        assertThat(response.parameters()).isEqualTo(NO_ERROR);
        assertThat(TpmWriter.toByteArray(component.publicArea()::write)).isEqualTo(publicArea(0, uint32(OWNER)));
        assertThat(TpmWriter.toByteArray(component.sensitive()::write)).isEqualTo(sensitiveArea());
        assertThat(component.data().toByteArray()).isEqualTo(DATA);
    }

    @Test
    void onlyWhatThePolicySelects() {
        byte[] name = load(0, uint32(OWNER));
        select(new byte[34], uint32(OWNER), RecordingComponent.HANDLE);
        assertThat(send(name).sized(DATA).code(tpm)).isEqualTo(0x99D);
        assertThat(component.data()).isNull();
    }

    @Test
    void notWithThePasswordOfTheObject() {
        byte[] name = load(0, uint32(OWNER));
        TssCommand command = command(name, OWNER, uint32(OWNER), RecordingComponent.HANDLE);
        assertThat(command.password().password().sized(DATA).code(tpm)).isEqualTo(0x124);
    }

    @Test
    void notWhatMustBeEncryptedOutsideOfTheTpm() {
        byte[] name = load(ENCRYPTED_DUPLICATION, uint32(OWNER));
        select(name, uint32(OWNER), RecordingComponent.HANDLE);
        assertThat(send(name).sized(DATA).code(tpm)).isEqualTo(0x182);
        assertThat(component.data()).isNull();
    }

    @Test
    void toAComponentThatIsAttached() {
        byte[] name = load(0, uint32(OWNER));
        TssCommand command = command(name, OWNER, uint32(OWNER), 0x90000000);
        assertThat(authorize(command, new byte[0]).sized(DATA).code(tpm)).isEqualTo(0x384);
    }

    @Test
    void theIndexOfTheComponentSaysWhoMaySend() {
        TssNvIndex alias = TssNvIndex.define(tpm, ALIAS, AUTH_WRITE, INDEX_AUTH, 8);
        byte[] name = load(0, alias.name());
        select(name, alias.name(), RecordingComponent.HANDLE);
        TssCommand command = command(name, ALIAS, alias.name(), RecordingComponent.HANDLE);
        assertThat(authorize(command, INDEX_AUTH).sized(DATA).code(tpm)).isZero();
        assertThat(component.data().toByteArray()).isEqualTo(DATA);
    }

    @Test
    void notTheOwnerIfTheIndexDoesNotSaySo() {
        byte[] name = load(0, uint32(OWNER));
        TssNvIndex.define(tpm, ALIAS, AUTH_WRITE, INDEX_AUTH, 8);
        select(name, uint32(OWNER), RecordingComponent.HANDLE);
        assertThat(send(name).sized(DATA).code(tpm)).isEqualTo(0x149);
    }

    /** The index must be writable with its own authValue, as for TPM2_NV_Write. */
    @Test
    void notTheIndexItselfIfOnlyTheOwnerMayWriteIt() {
        TssNvIndex alias = TssNvIndex.define(tpm, ALIAS, OWNER_WRITE, INDEX_AUTH, 8);
        byte[] name = load(0, alias.name());
        select(name, alias.name(), RecordingComponent.HANDLE);
        TssCommand command = command(name, ALIAS, alias.name(), RecordingComponent.HANDLE);
        assertThat(authorize(command, INDEX_AUTH).sized(DATA).code(tpm)).isEqualTo(0x12F);
    }

    @Test
    void notWithAnotherIndex() {
        TssNvIndex other = TssNvIndex.define(tpm, 0x01500001, AUTH_WRITE, INDEX_AUTH, 8);
        byte[] name = load(0, other.name());
        select(name, other.name(), RecordingComponent.HANDLE);
        TssCommand command = command(name, other.handle(), other.name(), RecordingComponent.HANDLE);
        assertThat(authorize(command, INDEX_AUTH).sized(DATA).code(tpm)).isEqualTo(0x28B);
    }

    @Test
    void refusesWrongParameters() {
        byte[] name = load(0, uint32(OWNER));
        select(name, uint32(OWNER), RecordingComponent.HANDLE);
        assertThat(send(name).sized(new byte[1025]).code(tpm)).isEqualTo(0x1D5);
        assertThat(send(name).sized(DATA).parameters("00").code(tpm)).isEqualTo(0x095);
    }

    private TssCommand send(byte[] name) {
        return authorize(command(name, OWNER, uint32(OWNER), RecordingComponent.HANDLE), new byte[0]);
    }

    private static TssCommand command(byte[] name, int authHandle, byte[] authHandleName, int ac) {
        return TssCommand.of(AC_SEND)
                .handle(OBJECT, name)
                .handle(authHandle, authHandleName)
                .handle(ac);
    }

    private TssCommand authorize(TssCommand command, byte[] authValue) {
        return command.authorization(TssAuthorization.policy(session, TssSession.CONTINUE))
                .password(authValue);
    }

    private void select(byte[] objectName, byte[] authHandleName, int ac) {
        TssCommand command = TssCommand.of(POLICY_AC_SEND_SELECT)
                .handle(session.handle())
                .sized(objectName)
                .sized(authHandleName)
                .sized(uint32(ac))
                .parameters("00");
        assertThat(command.code(tpm)).isZero();
    }

    /** Loads a data object whose policy lets it be sent with this authorization. */
    private byte[] load(int attributes, byte[] authHandleName) {
        byte[] publicArea = publicArea(attributes, authHandleName);
        TssResponse response = TssCommand.of(LOAD_EXTERNAL)
                .sized(sensitiveArea())
                .sized(publicArea)
                .parameters("40000007")
                .sendTo(tpm);
        assertThat(response.code()).isZero();
        return concatenate(new byte[] {0, 0x0B}, TssCrypto.SHA256.digest(publicArea));
    }

    private static byte[] publicArea(int attributes, byte[] authHandleName) {
        byte[] policy = new TssPolicy()
                .then(POLICY_AC_SEND_SELECT, authHandleName, uint32(RecordingComponent.HANDLE), new byte[1])
                .digest();
        return concatenate(
                HexFormat.of().parseHex("0008" + "000B"),
                uint32(attributes),
                new byte[] {0, 32},
                policy,
                HexFormat.of().parseHex("0010" + "0020"),
                TssCrypto.SHA256.digest(SEED, SECRET));
    }

    private static byte[] sensitiveArea() {
        return concatenate(HexFormat.of().parseHex("0008" + "0000" + "0020"), SEED, new byte[] {0, 6}, SECRET);
    }

    private static byte[] uint32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
