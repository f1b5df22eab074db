package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.InstanceStatus;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.instance.Permissions;
import dev.vtpmd.store.export.ExportException;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.export.TransferKey;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Answers the requests of the administration protocol:
 *
 * <pre>
 * GET    /v1/instances                    all instances
 * POST   /v1/instances                    a new one
 * GET    /v1/instances/NAME               one of them; its UUID will do for NAME
 * DELETE /v1/instances/NAME               removes it and its state for good
 * PATCH  /v1/instances/NAME               changes what may be done with its TPM's states
 * POST   /v1/instances/NAME/reclaim       takes back its TPM, which has moved
 * GET    /v1/instances/NAME/qemu-args     arguments that attach it to QEMU
 * POST   /v1/instances/NAME/accept-rollback   takes it as it is, although older states were put back
 * POST   /v1/instances/NAME/export        its TPM in a file; it has moved then
 * POST   /v1/transfers                    takes in a TPM that another service has exported
 * POST   /v1/imports                      a new instance of a TPM that libtpms has had
 * PUT    /v1/host-key                     seals all states with another host key
 * </pre>
 */
final class AdminRequests {
    private static final Logger LOG = LoggerFactory.getLogger(AdminRequests.class);
    private static final String COLLECTION = "/v1/instances";
    private static final String IMPORTS = "/v1/imports";
    private static final String TRANSFERS = "/v1/transfers";
    private static final String HOST_KEY = "/v1/host-key";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final Instances instances;

    AdminRequests(Instances instances) {
        this.instances = instances;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body JSON in UTF-8; empty for none
     */
    record Answer(int status, byte[] body) {}

    /** The answer to a request. Never throws, may wait. */
    Answer answer(String method, String path, byte[] body) {
        try {
            return route(method, path, body);
        } catch (InstanceException e) {
            int status = switch (e.reason()) {
                case INVALID -> 400;
                case UNKNOWN -> 404;
                case TAKEN -> 409;
                case FAILED -> 500;
            };
            return error(status, e.getMessage());
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("administration: {} {}: {}", method, path, e.toString());
            LOG.debug("administration", e);
            return error(500, "internal error; the log of the service has the reason");
        }
    }

    private Answer route(String method, String path, byte[] body) throws InstanceException {
        if (path.equals(COLLECTION)) {
            return switch (method) {
                case "GET" -> document(200, list());
                case "POST" -> document(201, InstanceDocument.of(create(wanted(body))));
                default -> methodNotAllowed(method, path);
            };
        }
        if (path.equals(IMPORTS)) {
            return method.equals("POST") ? document(201, takeOver(body)) : methodNotAllowed(method, path);
        }
        if (path.equals(TRANSFERS)) {
            return method.equals("POST") ? document(201, importTpm(body)) : methodNotAllowed(method, path);
        }
        if (path.equals(HOST_KEY)) {
            return method.equals("PUT") ? changeHostKey(body) : methodNotAllowed(method, path);
        }
        if (!path.startsWith(COLLECTION + "/")) {
            return error(404, "there is nothing at " + path);
        }
        List<String> segments = List.of(path.substring(COLLECTION.length() + 1).split("/", -1));
        String name = URLDecoder.decode(segments.getFirst(), StandardCharsets.UTF_8);
        if (segments.size() == 1) {
            return switch (method) {
                case "GET" -> document(200, InstanceDocument.of(instances.find(name)));
                case "DELETE" -> {
                    instances.destroy(name);
                    yield new Answer(204, new byte[0]);
                }
                case "PATCH" -> document(200, InstanceDocument.of(permit(name, body)));
                default -> methodNotAllowed(method, path);
            };
        }
        if (segments.size() == 2 && segments.get(1).equals("export")) {
            return method.equals("POST") ? document(200, export(name, body)) : methodNotAllowed(method, path);
        }
        if (segments.size() == 2 && segments.get(1).equals("reclaim")) {
            return method.equals("POST")
                    ? document(200, InstanceDocument.of(instances.reclaim(name)))
                    : methodNotAllowed(method, path);
        }
        if (segments.size() == 2 && segments.get(1).equals("qemu-args")) {
            return method.equals("GET") ? qemuArguments(name) : methodNotAllowed(method, path);
        }
        if (segments.size() == 2 && segments.get(1).equals("accept-rollback")) {
            return method.equals("POST")
                    ? document(200, InstanceDocument.of(instances.acceptRollback(name)))
                    : methodNotAllowed(method, path);
        }
        return error(404, "there is nothing at " + path);
    }

    private InstanceListDocument list() {
        return new InstanceListDocument(
                instances.list().stream().map(InstanceDocument::of).toList());
    }

    private Answer qemuArguments(String name) throws InstanceException {
        InstanceStatus status = instances.find(name);
        return status.controlSocket()
                .map(socket -> document(200, new ArgumentsDocument(QemuArguments.forSocket(socket.toString()))))
                .orElseGet(() ->
                        error(409, name + " cannot be used: " + status.problem().orElse("it has no control socket")));
    }

    private InstanceStatus create(CreateDocument wanted) throws InstanceException {
        Permissions permissions = new Permissions(
                Boolean.TRUE.equals(PermissionsDocument.allowed("migration", wanted.migration())),
                Boolean.TRUE.equals(PermissionsDocument.allowed("snapshots", wanted.snapshots())));
        InstanceConfiguration configuration = new InstanceConfiguration(
                uuid(wanted.uuid()), wanted.name(), port(wanted.mssim()), port(wanted.tcp()), permissions);
        if (wanted.incoming()) {
            requireLeftToTheTpm(wanted);
            return instances.await(configuration, wanted.uuid() == null);
        }
        TpmModel model = TpmModel.named(
                wanted.profile(), wanted.pcrBanks() == null ? null : String.join(",", wanted.pcrBanks()));
        return instances.create(configuration, model);
    }

    private static void requireLeftToTheTpm(CreateDocument wanted) {
        if (wanted.profile() != null
                || wanted.pcrBanks() != null
                || wanted.migration() != null
                || wanted.snapshots() != null) {
            throw new IllegalArgumentException(
                    "profile, PCR banks and permissions of an incoming TPM come with it, and cannot be chosen");
        }
    }

    private InstanceStatus permit(String name, byte[] body) throws InstanceException {
        PermissionsDocument wanted = read(body, PermissionsDocument.class, "permissions");
        if (wanted == null) {
            throw new IllegalArgumentException("permissions are needed");
        }
        return instances.permit(
                name,
                PermissionsDocument.allowed("migration", wanted.migration()),
                PermissionsDocument.allowed("snapshots", wanted.snapshots()));
    }

    private CreateDocument wanted(byte[] body) {
        CreateDocument wanted = read(body, CreateDocument.class, "a new instance");
        if (wanted == null || wanted.name() == null) {
            throw new IllegalArgumentException("a name is needed");
        }
        return wanted;
    }

    private Answer changeHostKey(byte[] body) throws InstanceException {
        HostKeyDocument wanted = read(body, HostKeyDocument.class, "a host key");
        if (wanted == null || (wanted.key() == null) == (wanted.passphrase() == null)) {
            throw new IllegalArgumentException("either a key or a passphrase is needed");
        }
        Arrays.fill(body, (byte) 0);
        instances.changeHostKey(
                wanted.key() != null
                        ? new HostKeySource.GivenKey(new SecretSource.GivenSecret("new host key", wanted.key()))
                        : new HostKeySource.Passphrase(
                                new SecretSource.GivenSecret("new passphrase", wanted.passphrase())));
        return new Answer(204, new byte[0]);
    }

    private InstanceDocument takeOver(byte[] body) throws InstanceException {
        ImportDocument wanted = read(body, ImportDocument.class, "an import");
        if (wanted == null || wanted.name() == null || wanted.permanentState() == null) {
            throw new IllegalArgumentException("a name and a permanent state are needed");
        }
        try {
            return InstanceDocument.of(instances.takeOver(
                    new InstanceConfiguration(
                            uuid(wanted.uuid()), wanted.name(), port(wanted.mssim()), port(wanted.tcp())),
                    TpmModel.named(wanted.profile(), null).profile(),
                    wanted.permanentState(),
                    Optional.ofNullable(wanted.volatileState())));
        } finally {
            wanted.wipe();
            Arrays.fill(body, (byte) 0);
        }
    }

    private ExportFileDocument export(String name, byte[] body) throws InstanceException {
        ExportDocument wanted = read(body, ExportDocument.class, "an export");
        Arrays.fill(body, (byte) 0);
        if (wanted == null || wanted.recipient() == null) {
            throw new IllegalArgumentException("the public key of a recipient is needed");
        }
        try {
            X25519PublicKeyParameters recipient = TransferKey.publicKey("the recipient's key", wanted.recipient());
            Optional<X25519PrivateKeyParameters> sender = wanted.sender() == null
                    ? Optional.empty()
                    : Optional.of(TransferKey.privateKey("the sender's key", wanted.sender()));
            return new ExportFileDocument(instances.export(name, recipient, sender));
        } catch (ExportException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            wanted.wipe();
        }
    }

    private InstanceDocument importTpm(byte[] body) throws InstanceException {
        TransferDocument wanted = read(body, TransferDocument.class, "a transfer");
        Arrays.fill(body, (byte) 0);
        if (wanted == null
                || wanted.name() == null
                || wanted.uuid() == null
                || wanted.id() == null
                || wanted.settings() == null
                || wanted.permanentState() == null) {
            throw new IllegalArgumentException("the transfer of a TPM lacks something");
        }
        try (ExportedTpm tpm = wanted.tpm()) {
            return InstanceDocument.of(instances.importTpm(
                    new InstanceConfiguration(
                            tpm.instance(),
                            tpm.name(),
                            port(wanted.mssim()),
                            port(wanted.tcp()),
                            Permissions.of(tpm.settings())),
                    tpm));
        }
    }

    private <T> T read(byte[] body, Class<T> type, String what) {
        try {
            return json.readValue(body, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body of the request is not the JSON of " + what, e);
        }
    }

    private static UUID uuid(String text) {
        if (text == null) {
            return UUID.randomUUID();
        }
        String digits = text.toLowerCase(Locale.ROOT);
        // UUID.fromString also takes shorter groups.
        if (!digits.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("'" + text.replaceAll("[^ -~]", "?") + "' is not a UUID");
        }
        return UUID.fromString(digits);
    }

    private static OptionalInt port(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private Answer methodNotAllowed(String method, String path) {
        return error(405, method + " is not possible for " + path);
    }

    private Answer error(int status, String line) {
        return document(status, new ErrorDocument(line));
    }

    private Answer document(int status, Object document) {
        try {
            return new Answer(status, json.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of this program cannot be written as JSON", e);
        }
    }
}
