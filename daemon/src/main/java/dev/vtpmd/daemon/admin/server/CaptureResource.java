package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.CaptureDocument;
import dev.vtpmd.daemon.capture.Capture;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;

/** Recordings of what an instance's TPM and its clients say to each other. */
final class CaptureResource implements Resource {
    private static final String PATH = "/v1/instances/{name}/capture";
    private static final long MOST_BYTES = 64 << 20;

    private final Instances instances;

    CaptureResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.get(PATH, CaptureDocument.class, this::show),
                Route.put("capture", PATH, CaptureDocument.class, CaptureDocument.class, this::begin),
                Route.post("end-capture", PATH + "/end", Void.class, CaptureDocument.class, this::end));
    }

    private Answer show(Call<Void> call) throws InstanceException {
        return instances
                .capture(call.name())
                .map(capture -> Answer.of(document(capture)))
                .orElseGet(() -> Answer.refused(404, call.name() + " has no capture"));
    }

    private Answer begin(Call<CaptureDocument> call) throws InstanceException {
        CaptureDocument wanted = call.document();
        long mostBytes = wanted.mostBytes() == null ? MOST_BYTES : wanted.mostBytes();
        if (wanted.file() == null || mostBytes < 1) {
            throw new IllegalArgumentException("a file is needed, and a size of at least one byte");
        }
        return Answer.of(document(instances.beginCapture(call.name(), wanted.file(), mostBytes)));
    }

    private Answer end(Call<Void> call) throws InstanceException {
        return Answer.of(document(instances.endCapture(call.name())));
    }

    private static CaptureDocument document(Capture capture) {
        return new CaptureDocument(
                capture.file().toString(),
                null,
                capture.exchanges(),
                capture.bytes(),
                capture.leftOut(),
                capture.ended());
    }
}
