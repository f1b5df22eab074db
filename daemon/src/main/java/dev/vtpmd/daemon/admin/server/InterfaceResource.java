package dev.vtpmd.daemon.admin.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What the interface says of itself. */
final class InterfaceResource implements Resource {
    private static final String FILE = "openapi.yaml";

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.get("/v1/openapi.yaml", Content.class, call -> Answer.of(description())));
    }

    private static Content description() {
        try (InputStream in = InterfaceResource.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in this program");
            }
            return new Content("application/yaml", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
