package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** From a seed or a parent's secret and a template, the object that libtpms made: public area, secret, seedValue and Name. */
class ObjectDerivationTest {
    private static final AsymmetricProvider PROVIDER = AsymmetricProvider.fastest();

    private final Digests digests = new Digests();

    static Stream<DerivationVectors.Vector> primaries() {
        return DerivationVectors.ofKind("primary");
    }

    static Stream<DerivationVectors.Vector> derived() {
        return DerivationVectors.ofKind("derived");
    }

    @ParameterizedTest
    @MethodSource("primaries")
    void primaryObject(DerivationVectors.Vector vector) {
        TpmtPublic template = vector.template();
        PrimaryObjectSource source = new PrimaryObjectSource(
                vector.bytes("seed"),
                name(template.nameAlg(), vector.bytes("template")),
                vector.bytes("sensitiveData"));
        Made key = make(template, vector.bytes("sensitiveData"), source, vector.level());
        if (vector.has("shProof")) {
            source.add(vector.bytes("shProof"));
            source.add(vector.bytes("ehProof"));
        }
        assertObject(vector, template, key, source);
        if (vector.has("firstPrime")) {
            assertThat(key.firstPrime).isEqualTo(vector.bytes("firstPrime"));
        }
    }

    @ParameterizedTest
    @MethodSource("derived")
    void derivedObject(DerivationVectors.Vector vector) {
        assertThat(vector.text("kdfHash")).isEqualTo("SHA-256");
        TpmtPublic template = vector.template();
        DerivedObjectSource source = new DerivedObjectSource(
                TpmiAlgHash.SHA256, vector.bytes("parentSensitive"), vector.bytes("label"), vector.bytes("context"));
        assertObject(vector, template, make(template, new byte[0], source, vector.level()), source);
    }

    private void assertObject(
            DerivationVectors.Vector vector, TpmtPublic template, Made key, KeyMaterialSource source) {
        assertThat(key.secret).isEqualTo(vector.bytes("sensitive"));
        byte[] seedValue = source.generate(template.nameAlg().digestSize());
        boolean storage = template.objectAttributes().restricted()
                && template.objectAttributes().decrypt();
        TpmuPublicId unique = switch (template.type()) {
            case SYMCIPHER -> new TpmuPublicId.Sym(symmetricUnique(template, storage, seedValue, key.secret));
            case KEYEDHASH -> new TpmuPublicId.KeyedHash(symmetricUnique(template, storage, seedValue, key.secret));
            default -> key.publicKey;
        };
        byte[] publicArea = TpmWriter.toByteArray(template.withUnique(unique)::write);
        assertThat(publicArea).isEqualTo(vector.bytes("public"));
        assertThat(name(template.nameAlg(), publicArea)).isEqualTo(vector.bytes("objectName"));
        if (vector.bytes("seedValue").length > 0) {
            assertThat(seedValue).isEqualTo(vector.bytes("seedValue"));
        }
    }

    private Tpm2b symmetricUnique(TpmtPublic template, boolean storage, byte[] seedValue, byte[] secret) {
        return Tpm2b.wrap(
                storage
                        ? new Hmacs().hmac(template.nameAlg(), seedValue, secret)
                        : digests.digest(template.nameAlg(), seedValue, secret));
    }

    private static Made make(TpmtPublic template, byte[] data, KeyMaterialSource source, SeedCompatLevel level) {
        return switch (template.parameters()) {
            case TpmsRsaParms rsa -> {
                RsaPrivateKey key = new RsaKeySearch(PROVIDER, () -> false)
                        .generate(rsa.keyBits(), RsaPublicKey.exponent(rsa.exponent()), source, level);
                TpmuPublicId modulus =
                        new TpmuPublicId.Rsa(Tpm2b.wrap(key.publicKey().modulusBytes()));
                byte[] firstPrime = RsaPrivateKey.ofPrimes(
                                key.q(), key.p(), key.publicKey().exponent())
                        .prime();
                yield new Made(modulus, key.prime(), firstPrime);
            }
            case TpmsEccParms parameters -> {
                EccCurve curve = EccCurve.of(parameters.curveID());
                Ecc ecc = new Ecc(PROVIDER, source);
                EccPrivateKey key = ecc.generate(curve, source);
                EccPoint point = ecc.publicPoint(key);
                TpmsEccPoint coordinates =
                        new TpmsEccPoint(Tpm2b.wrap(point.xBytes(curve)), Tpm2b.wrap(point.yBytes(curve)));
                yield new Made(new TpmuPublicId.Ecc(coordinates), key.scalarBytes(), null);
            }
            case TpmsSymcipherParms cipher -> {
                byte[] key = data.length > 0
                        ? data
                        : SymmetricKeys.generate(
                                cipher.sym().algorithm(), cipher.sym().keyBits(), source);
                yield new Made(null, key, null);
            }
            case TpmsKeyedhashParms keyedHash -> {
                TpmiAlgHash hash = keyedHash.scheme().hashAlg() == TpmiAlgHash.NULL
                        ? template.nameAlg()
                        : keyedHash.scheme().hashAlg();
                yield new Made(null, data.length > 0 ? data : source.generate(hash.digestSize()), null);
            }
        };
    }

    private byte[] name(TpmiAlgHash hash, byte[] publicArea) {
        byte[] digest = digests.digest(hash, publicArea);
        return ByteBuffer.allocate(2 + digest.length)
                .putShort((short) hash.value())
                .put(digest)
                .array();
    }

    /** A new key: its public part if it is asymmetric, what is secret of it, and of RSA the other prime. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Made(TpmuPublicId publicKey, byte[] secret, byte[] firstPrime) {}
}
