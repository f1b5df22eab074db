package dev.vtpmd.daemon.admin.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.vtpmd.daemon.admin.ErrorDocument;
import dev.vtpmd.daemon.admin.NamedDocument;
import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.audit.Damper;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.peer.Accounts;
import dev.vtpmd.daemon.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers the requests of the administration interface: finds the route, reads the document, writes the answer. */
final class AdminRequests {
    private static final Logger LOG = LoggerFactory.getLogger(AdminRequests.class);

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final List<Route<?>> routes;
    private final Roles roles;
    private final AuditLog audit;
    private final Damper damper = new Damper();

    /** Answers with these routes, of which no two fit the same request, who may, and tells {@code audit}. */
    AdminRequests(List<Resource> resources, Roles roles, AuditLog audit) {
        this.roles = roles;
        this.audit = audit;
        this.routes = resources.stream()
                .flatMap(resource -> resource.routes().stream())
                .toList();
    }

    /**
     * An answer as it goes over the wire.
     *
     * @param status of HTTP
     * @param content empty for none
     */
    record Response(int status, Content content) {}

    /** The answer to a request of {@code peer}. Overwrites {@code body}, which may have secrets in it. Never throws, may wait. */
    Response answer(Peer peer, String method, String path, byte[] body) {
        Answer answer;
        try {
            answer = route(peer, method, path, body);
        } catch (IllegalArgumentException e) {
            answer = Answer.refused(400, "the path is not encoded as one");
        } finally {
            Arrays.fill(body, (byte) 0);
        }
        return new Response(answer.status(), content(answer.document()));
    }

    private Answer route(Peer peer, String method, String path, byte[] body) {
        Role role = roles.of(peer);
        if (role == Role.STRANGER) {
            return refused(peer, "look", null);
        }
        List<String> segments = Route.segments(path);
        boolean known = false;
        for (Route<?> route : routes) {
            if (route.fits(segments)) {
                if (route.method().equals(method)) {
                    return role.compareTo(route.role()) < 0
                            ? refused(
                                    peer,
                                    route.act(),
                                    variables(route, segments).get("name"))
                            : call(route, peer, variables(route, segments), body);
                }
                known = true;
            }
        }
        return known
                ? Answer.refused(405, method + " is not possible for " + path)
                : Answer.refused(404, "there is nothing at " + path);
    }

    private Answer refused(Peer peer, String act, String instance) {
        damper.oneMore()
                .ifPresent(before -> audit.act(
                        act,
                        peer,
                        instance,
                        AuditLog.Result.REFUSED,
                        "is not permitted to do this" + Damper.more(before)));
        return Answer.refused(403, Accounts.userName(peer.uid()) + " is not permitted to do this");
    }

    private <T> Answer call(Route<T> route, Peer peer, Map<String, String> variables, byte[] body) {
        T document = null;
        Answer answer;
        try {
            document = route.request() == Void.class ? null : read(body, route.request());
            answer = route.handler().answer(new Call<>(peer, variables, document));
        } catch (InstanceException e) {
            answer = Answer.refused(status(e.reason()), e.getMessage());
        } catch (IllegalArgumentException e) {
            answer = Answer.refused(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("administration: {}: {}", route.path(), e.toString());
            LOG.debug("administration", e);
            answer = Answer.refused(500, "internal error; the log of the service has the reason");
        }
        if (!route.act().isEmpty()) {
            String instance = variables.get("name");
            if (instance == null && document instanceof NamedDocument named) {
                instance = printable(String.valueOf(named.name()));
            }
            boolean done = answer.status() / 100 == 2;
            String detail = answer.document() instanceof ErrorDocument error ? error.error() : null;
            audit.act(route.act(), peer, instance, done ? AuditLog.Result.DONE : AuditLog.Result.FAILED, detail);
        }
        return answer;
    }

    private static int status(InstanceException.Reason reason) {
        return switch (reason) {
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case TAKEN, UNFIT -> 409;
            case FAILED -> 500;
        };
    }

    private static Map<String, String> variables(Route<?> route, List<String> segments) {
        Map<String, String> variables = new HashMap<>();
        List<String> words = Route.segments(route.path());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (Route.variable(word)) {
                variables.put(
                        word.substring(1, word.length() - 1),
                        URLDecoder.decode(segments.get(i), StandardCharsets.UTF_8));
            }
        }
        return variables;
    }

    private <T> T read(byte[] body, Class<T> type) {
        String title = type.getSimpleName();
        T document;
        try {
            document = json.readValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("a " + title + " has no '" + printable(e.getPropertyName()) + "'", e);
        } catch (IOException e) {
            // What Jackson says may have parts of the document in it.
            throw new IllegalArgumentException("the body of the request is not the JSON of a " + title, e);
        }
        if (document == null) {
            throw new IllegalArgumentException("the body of the request must be the JSON of a " + title);
        }
        return document;
    }

    private static String printable(String text) {
        String shown = text.replaceAll("[^ -~]", "?");
        return shown.length() > 40 ? shown.substring(0, 40) + "..." : shown;
    }

    private Content content(Object document) {
        if (document == null) {
            return new Content(Responses.JSON, new byte[0]);
        }
        if (document instanceof Content content) {
            return content;
        }
        try {
            return new Content(Responses.JSON, json.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of this program cannot be written as JSON", e);
        }
    }
}
