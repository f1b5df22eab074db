package dev.vtpmd.daemon.admin;

import dev.vtpmd.daemon.admin.InstanceDocument.MssimPorts;
import dev.vtpmd.daemon.admin.server.AdminServer;
import dev.vtpmd.daemon.admin.server.Roles;
import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.firmware.TestFirmware;
import dev.vtpmd.daemon.instance.InstanceHost;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.provision.Provisioner;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The administration protocol from end to end, over its socket. */
final class AdminTest {
    private static final String UUID = "6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c11";

    private static final CreateDocument GUEST = new CreateDocument("guest", null, null, null, null, null);

    @TempDir
    private Path directory;

    private Path socket;
    private DiskStateStore store;
    private InstanceHost host;
    private Instances instances;
    private Provisioner provisioner;
    private AdminServer server;
    private AdminClient client;

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("vtpmd.admin");
        store = DiskStateStore.open(directory.resolve("state"), new HostKeySource.KeptBesideState());
        host = InstanceHost.start(directory);
        instances = new Instances(store, host);
        LocalAuthority authority = new LocalAuthority(store);
        provisioner = new Provisioner(authority);
        server = new AdminServer(socket, instances, authority, provisioner, Roles.NONE, AuditLog.withoutFile());
        client = new AdminClient(socket);
    }

    @AfterEach
    void stop() {
        server.close();
        provisioner.close();
        instances.close();
        host.close();
        store.close();
    }

    @Test
    void nobodyElseMayUseTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void anInstanceIsCreatedListedShownAndDestroyed() throws AdminException {
        InstanceDocument created = client.create(new CreateDocument("guest", UUID, null, null, null, null));

        assertThat(created)
                .isEqualTo(new InstanceDocument(
                        "guest",
                        UUID,
                        "default",
                        "off",
                        "deny",
                        "deny",
                        null,
                        directory.resolve("guest.sock").toString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0L,
                        null));
        assertThat(client.list().instances()).containsExactly(created);
        assertThat(client.show("guest").uuid()).isEqualTo(UUID);
        assertThat(client.show(UUID).name()).isEqualTo("guest");
        assertThat(client.show(UUID).pcrBanks()).containsExactly("sha256");

        client.destroy("guest");

        assertThat(client.list().instances()).isEmpty();
    }

    @Test
    void aProfileIsChosenWhenAnInstanceIsCreatedAndShownFromThenOn() throws AdminException {
        client.create(new CreateDocument("guest", null, null, null, "full", List.of("SM3_256", "sha256")));

        assertThat(client.show("guest").profile()).isEqualTo("full");
    }

    @Test
    void qemuArgumentsNameTheControlSocket() throws AdminException {
        client.create(GUEST);

        assertThat(client.qemuArguments("guest").arguments())
                .containsExactly(
                        "-chardev",
                        "socket,id=chrtpm,path=" + directory.resolve("guest.sock"),
                        "-tpmdev",
                        "emulator,id=tpm0,chardev=chrtpm",
                        "-device",
                        "tpm-crb,tpmdev=tpm0");
    }

    @Test
    void qemuArgumentsNameTheFirmwareThatAnInstanceIsBoundTo() throws Exception {
        Path firmware = Files.write(directory.resolve("code.fd"), TestFirmware.withTpm());
        client.create(GUEST);

        client.bindFirmware("guest", new FirmwareDocument(firmware.toString(), null));

        assertThat(client.show("guest").firmware().file()).isEqualTo(firmware.toString());
        assertThat(client.qemuArguments("guest").arguments())
                .endsWith("-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + firmware);

        Files.writeString(firmware, "no firmware any more");
        assertThat(refusal(() -> client.qemuArguments("guest"))).contains("is not UEFI firmware");

        client.unbindFirmware("guest");
        assertThat(client.show("guest").firmware()).isNull();
        assertThat(client.qemuArguments("guest").firmware()).isNull();
    }

    @Test
    void firmwareThatIsNotUefiIsRefusedAndNothingIsCreated() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "text");
        CreateDocument wanted = new CreateDocument(
                "guest",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                text.toString(),
                null,
                null,
                false);

        assertThat(refusal(() -> client.create(wanted)))
                .isEqualTo(text + ": is not UEFI firmware: there is no firmware volume in it");
        assertThat(client.list().instances()).isEmpty();
    }

    private static String refusal(ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(AdminException.class, call).getMessage();
    }

    @Test
    void documentsLeaveOutWhatDoesNotApply() throws IOException {
        String json = new com.fasterxml.jackson.databind.ObjectMapper()
                .writeValueAsString(new InstanceDocument(
                        "a",
                        UUID,
                        "full",
                        "on",
                        "allow",
                        "deny",
                        null,
                        "/run/a.sock",
                        null,
                        null,
                        new MssimPorts(2321, 2322),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));

        assertThat(json)
                .isEqualTo("{\"name\":\"a\",\"uuid\":\"" + UUID
                        + "\",\"profile\":\"full\",\"state\":\"on\",\"migration\":\"allow\",\"snapshots\":\"deny\","
                        + "\"controlSocket\":\"/run/a.sock\","
                        + "\"mssim\":{\"command\":2321,\"platform\":2322}}");
    }

    @Test
    void refusalsComeAsOneLine() throws AdminException {
        client.create(GUEST);

        assertThatThrownBy(() -> client.create(GUEST)).hasMessage("there is an instance named guest already");
        assertThatThrownBy(() -> client.create(new CreateDocument("other", "1-1-1-1-1", null, null, null, null)))
                .hasMessage("'1-1-1-1-1' is not a UUID");
        assertThatThrownBy(() -> client.create(new CreateDocument(null, null, null, null, null, null)))
                .hasMessage("a name is needed");
        assertThatThrownBy(() -> client.create(new CreateDocument("other", null, null, null, "fuller", null)))
                .hasMessage("there is no profile 'fuller'; the profiles are default, full, libtpms");
        assertThatThrownBy(
                        () -> client.create(new CreateDocument("other", null, null, null, null, List.of("sha3_256"))))
                .hasMessage(
                        "the profile default has no PCR bank 'sha3_256'; its banks are sha1, sha256, sha384, sha512");
        assertThatThrownBy(() -> client.show("a/b")).hasMessage("there is no instance named a/b");
    }

    @Test
    void statusCodesAreThoseOfHttp() throws IOException {
        assertThat(request("GET", "/v1/instances", ""))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"instances\":[]}");
        assertThat(request("PUT", "/v1/instances", "")).startsWith("HTTP/1.1 405 ");
        assertThat(request("GET", "/v1/instances/none", "")).startsWith("HTTP/1.1 404 ");
        assertThat(request("GET", "/other", "")).startsWith("HTTP/1.1 404 ");
        assertThat(request("POST", "/v1/instances", "{")).startsWith("HTTP/1.1 400 ");
        assertThat(request("POST", "/v1/instances", "{\"name\":\"a\",\"colour\":1}"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(request("POST", "/v1/instances", "{\"name\":\"a\"}")).startsWith("HTTP/1.1 201 ");
        assertThat(request("POST", "/v1/instances", "{\"name\":\"a\"}")).startsWith("HTTP/1.1 409 ");
        assertThat(request("DELETE", "/v1/instances/a", "")).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void whatIsNotHttpEndsTheConnectionOnly() throws IOException, AdminException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(new byte[] {0, 1, 2, 3, '\n', '\n', '\r', '\n'}));
            channel.shutdownOutput();
            Channels.newInputStream(channel).readAllBytes();
        }

        assertThat(client.list().instances()).isEmpty();
    }

    private String request(String method, String path, String body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String text = method + " " + path + " HTTP/1.1\r\nHost: vtpmd\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
