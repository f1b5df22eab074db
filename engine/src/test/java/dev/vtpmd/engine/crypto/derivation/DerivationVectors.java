package dev.vtpmd.engine.crypto.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects that real builds of libtpms made, with the seeds that they were made from: derivation-vectors.json. */
public final class DerivationVectors {
    private static final JsonNode ROOT = load();

    private DerivationVectors() {}

    /** The objects of a kind: primary or derived. */
    public static Stream<Vector> ofKind(String kind) {
        return StreamSupport.stream(ROOT.get("vectors").spliterator(), false)
                .map(Vector::new)
                .filter(vector -> vector.text("kind").equals(kind));
    }

    static Vector named(String name) {
        return ofKind("primary")
                .filter(vector -> vector.text("name").equals(name))
                .findAny()
                .orElseThrow();
    }

    /** Intermediate values of one of the objects. */
    static Vector steps() {
        return new Vector(ROOT.get("steps"));
    }

    /** One object. */
    public record Vector(JsonNode node) {
        public String text(String field) {
            return node.get(field).asText();
        }

        public boolean has(String field) {
            return node.has(field);
        }

        public byte[] bytes(String field) {
            return HexFormat.of().parseHex(text(field));
        }

        public TpmtPublic template() {
            TpmReader in = new TpmReader(
                    bytes("template"), AlgorithmProfile.named("full").orElseThrow());
            return text("kind").equals("derived") ? TpmtPublic.readDerivationTemplate(in) : TpmtPublic.read(in);
        }

        public SeedCompatLevel level() {
            return SeedCompatLevel.of(node.get("seedCompatLevel").asInt());
        }

        @Override
        public String toString() {
            return text("name");
        }
    }

    private static JsonNode load() {
        try (InputStream in = DerivationVectors.class.getResourceAsStream("derivation-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
