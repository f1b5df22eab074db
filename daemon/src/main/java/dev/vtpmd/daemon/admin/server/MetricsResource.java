package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.metrics.Metrics;

import java.util.List;

/** What the service counts and measures, for Prometheus. */
final class MetricsResource implements Resource {
    private final Instances instances;

    MetricsResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.get("/metrics", Content.class, this::text));
    }

    private Answer text(Call<Void> call) {
        return Answer.of(new Content(Metrics.MEDIA_TYPE, instances.metrics()));
    }
}
