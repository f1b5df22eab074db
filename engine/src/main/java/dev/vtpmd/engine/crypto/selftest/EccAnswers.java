package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.EccSignature;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.SchnorrSignatures;
import dev.vtpmd.engine.crypto.Sm2Signatures;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import static dev.vtpmd.engine.crypto.selftest.KnownAnswers.hex;

/**
 * Answers of elliptic curve keys: those of RFC 6979, A.2.3 to A.2.7, and of GM/T 0003.5, A.2; on the BN curves twice the generator,
 * which a hand can compute. The ECSchnorr signature was made with the first key by swtpm.
 */
final class EccAnswers {
    private static final Key SM2_KEY = new Key(
            TpmEccCurve.SM2_P256,
            "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
            "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");

    private static final List<Key> KEYS = List.of(
            new Key(
                    TpmEccCurve.NIST_P256,
                    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
            new Key(
                    TpmEccCurve.NIST_P384,
                    "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8"
                            + "96d5724e4c70a825f872c9ea60d2edf5",
                    "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64"
                            + "def8f0ea9055866064a254515480bc13",
                    "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1"
                            + "288b231c3ae0d4fe7344fd2533264720"),
            new Key(
                    TpmEccCurve.NIST_P521,
                    "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75"
                            + "caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b8"
                            + "3538",
                    "01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd"
                            + "371123d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac474b9a2f50"
                            + "23a4",
                    "00493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a"
                            + "28a0db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfd"
                            + "fcf5"),
            new Key(
                    TpmEccCurve.NIST_P192,
                    "6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4",
                    "ac2c77f529f91689fea0ea5efec7f210d8eea0b9e047ed56",
                    "3bc723e57670bd4887ebc732c523063d0a7c957bc97c1c43"),
            new Key(
                    TpmEccCurve.NIST_P224,
                    "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1",
                    "00cf08da5ad719e42707fa431292dea11244d64fc51610d94b130d6c",
                    "eeab6f3debe455e3dbf85416f7030cbd94f34f2d6f232c69f3c1385a"),
            new Key(
                    TpmEccCurve.BN_P256,
                    "0000000000000000000000000000000000000000000000000000000000000002",
                    "cffffffffffd83a6c99ad4ed21bc55c13a7312dbff1b888a4b9175427e0b970e",
                    "a3fffffffffe0a43816b4f44d0c0cd75e43d3154d7e966bbcf466160bbff4acc"),
            new Key(
                    TpmEccCurve.BN_P638,
                    "0000000000000000000000000000000000000000000000000000000000000000"
                            + "0000000000000000000000000000000000000000000000000000000000000000"
                            + "00000000000000000000000000000002",
                    "1178fffee87000068d5fffdd0e0000e324fffcbaad740adb3e8fcbd685c06778"
                            + "8bfef0a0b8044de91e7041314c907391e6fffab8c7fa9f4ce00000252120a852"
                            + "7b7ffffffffff6b7b800000000000034",
                    "087ca7ff783580032ebeffef06b0006e5487fe694a3d2545f42266a9db763242"
                            + "32df7c2feec2173a43259faa70dbfdac3257fd6fad3d634ccb00001208e551c2"
                            + "346bfffffffffb7dc6c0000000000008"),
            SM2_KEY);

    /** SHA-256 of "sample", and its signature by the first key. */
    private static final String DIGEST = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";

    private static final String SIGNATURE_R = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
    private static final String SIGNATURE_S = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

    private static final String SCHNORR_R = "5ff999e5f9f8679abcf5fef9b3ddb1206eb3a168b257f987011090f8feabf4b9";
    private static final String SCHNORR_S = "72d149f3f07bfa4fb0111b44e428288c19e5251976402c1c8eefe9802494fe34";
    /** What it is a signature of. */
    private static final String SCHNORR_DIGEST = "11".repeat(32);

    private static final String SM2_DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";
    private static final String SM2_R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private static final String SM2_S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

    private final AlgorithmProfile profile;
    private final Ecc ecc;
    private final SchnorrSignatures schnorr;
    private final Sm2Signatures sm2;

    EccAnswers(AlgorithmProfile profile, AsymmetricProvider asymmetric, KeyMaterialSource random) {
        this.profile = profile;
        this.ecc = new Ecc(asymmetric, random);
        this.schnorr = new SchnorrSignatures(ecc, new Digests(), random);
        this.sm2 = new Sm2Signatures(ecc, random);
    }

    private record Key(TpmEccCurve id, String scalar, String x, String y) {
        EccCurve curve() {
            return EccCurve.of(id);
        }

        EccPrivateKey privateKey() {
            return EccPrivateKey.of(curve(), hex(scalar));
        }

        EccPoint publicKey() {
            return EccPoint.of(hex(x), hex(y));
        }
    }

    /** Its signatures are random, so one that is known is verified, and one on each curve that was made here. */
    boolean ecdsa() {
        EccSignature known = new EccSignature(hex(SIGNATURE_R), hex(SIGNATURE_S));
        Key first = KEYS.getFirst();
        return ecc.verify(first.curve(), first.publicKey(), hex(DIGEST), known) && eachCurve(this::signsAndVerifies);
    }

    boolean ecschnorr() {
        Key key = KEYS.getFirst();
        byte[] digest = hex(SCHNORR_DIGEST);
        EccSignature known = new EccSignature(hex(SCHNORR_R), hex(SCHNORR_S));
        EccSignature made = schnorr.sign(key.privateKey(), TpmiAlgHash.SHA256, digest);
        return schnorr.verify(key.curve(), key.publicKey(), TpmiAlgHash.SHA256, digest, known)
                && schnorr.verify(key.curve(), key.publicKey(), TpmiAlgHash.SHA256, digest, made);
    }

    boolean sm2() {
        Key key = SM2_KEY;
        byte[] digest = hex(SM2_DIGEST);
        EccSignature known = new EccSignature(hex(SM2_R), hex(SM2_S));
        EccSignature made = sm2.sign(key.privateKey(), digest);
        return sm2.verify(key.curve(), key.publicKey(), digest, known)
                && sm2.verify(key.curve(), key.publicKey(), digest, made);
    }

    /** The product of a private key and the generator is the public key. */
    boolean ecdh() {
        return eachCurve(key -> ecc.publicPoint(key.privateKey()).equals(key.publicKey())
                && Arrays.equals(ecc.sharedX(key.privateKey(), key.curve().generator()), hex(key.x)));
    }

    private boolean signsAndVerifies(Key key) {
        EccSignature signature = ecc.sign(key.privateKey(), hex(DIGEST));
        return ecc.verify(key.curve(), key.publicKey(), hex(DIGEST), signature);
    }

    private boolean eachCurve(Predicate<Key> test) {
        return KEYS.stream().filter(key -> profile.offers(key.id)).allMatch(test);
    }
}
