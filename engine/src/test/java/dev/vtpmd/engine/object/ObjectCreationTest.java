package dev.vtpmd.engine.object;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.derivation.DerivationVectors;
import dev.vtpmd.engine.crypto.derivation.DerivationVectors.Vector;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Primary objects as libtpms makes them, from the hierarchies' seeds and proofs to the Name. */
class ObjectCreationTest {
    private final TpmState tpm = new TpmState(
            AlgorithmProfile.DEFAULT,
            new Platform(),
            AsymmetricProvider.fastest(),
            new Random(1)::nextBytes,
            System::currentTimeMillis);

    static Stream<Vector> primaries() {
        return DerivationVectors.ofKind("primary");
    }

    @ParameterizedTest
    @MethodSource("primaries")
    void primaryObject(Vector vector) {
        restoreSeeds(vector);
        int hierarchy = vector.text("hierarchy").equals("endorsement") ? TpmRh.ENDORSEMENT : TpmRh.OWNER;
        Tpm2b data = Tpm2b.wrap(vector.bytes("sensitiveData"));
        ObjectTemplate template = new ObjectTemplate(vector.template(), new TpmsSensitiveCreate(Tpm2b.EMPTY, data));
        ObjectCreation.Created created = template.createPrimary(tpm, hierarchy);
        assertThat(TpmWriter.toByteArray(created.publicArea()::write)).isEqualTo(vector.bytes("public"));
        assertThat(created.sensitive().sensitive().bytes()).isEqualTo(vector.bytes("sensitive"));
        assertThat(created.sensitive().seedValue().bytes()).isEqualTo(vector.bytes("seedValue"));
        TpmObject object = new ObjectLoading(tpm).primary(hierarchy, created.publicArea(), created.sensitive());
        assertThat(object.name().bytes()).isEqualTo(vector.bytes("objectName"));
    }

    /** The permanent state of the hierarchies, with the vector's seed for all of them. */
    private void restoreSeeds(Vector vector) {
        TpmWriter state = new TpmWriter();
        for (int hierarchy = 0; hierarchy < 3; hierarchy++) {
            state.sizedBytes(vector.bytes("seed"));
            state.u8(vector.level().value());
        }
        Tpm2b noProof = Tpm2b.zeros(64);
        (vector.has("shProof") ? Tpm2b.wrap(vector.bytes("shProof")) : noProof).write(state);
        (vector.has("ehProof") ? Tpm2b.wrap(vector.bytes("ehProof")) : noProof).write(state);
        noProof.write(state);
        for (int auth = 0; auth < 3; auth++) {
            Tpm2b.EMPTY.write(state);
        }
        for (int policy = 0; policy < 3; policy++) {
            TpmtHa.NULL.write(state);
        }
        state.u8(0);
        tpm.hierarchies().readPermanent(new TpmReader(state.toByteArray(), AlgorithmProfile.DEFAULT));
    }
}
