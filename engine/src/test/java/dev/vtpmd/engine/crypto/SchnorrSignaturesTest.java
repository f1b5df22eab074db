package dev.vtpmd.engine.crypto;

import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssCurve;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class SchnorrSignaturesTest {
    private static final byte[] DIGEST = hex("11".repeat(32));

    private final Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());
    private final SchnorrSignatures schnorr = new SchnorrSignatures(ecc, new Digests(), AsymmetricProviders.random());

    /**
     * Made by swtpm 0.7.1 with SHA-256 and the keys of RFC 6979, A.2.5 and A.2.4. The order of P-224 is shorter than the digest.
     */
    @ParameterizedTest
    @CsvSource({
        "NIST_P256, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, "
                + "5FF999E5F9F8679ABCF5FEF9B3DDB1206EB3A168B257F987011090F8FEABF4B9, "
                + "72D149F3F07BFA4FB0111B44E428288C19E5251976402C1C8EEFE9802494FE34",
        "NIST_P224, F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1, "
                + "9B4FC678E1F887328D1718A931F877DDD99977D290AE0730C2E325F6, "
                + "4F2D825C45D07F41FEA3F558F114F449C120C428318B976B34AA4D1D"
    })
    void verifiesWhatAnotherTpmSigned(TpmEccCurve id, String scalar, String r, String s) {
        EccCurve curve = EccCurve.of(id);
        EccPoint publicPoint = ecc.publicPoint(EccPrivateKey.of(curve, hex(scalar)));
        EccSignature signature = new EccSignature(hex(r), hex(s));
        assertThat(verifies(curve, publicPoint, DIGEST, signature)).isTrue();
        assertThat(verifies(curve, publicPoint, hex("12".repeat(32)), signature))
                .isFalse();
        assertThat(verifies(curve, curve.generator(), DIGEST, signature)).isFalse();
        assertThat(verifies(curve, publicPoint, DIGEST, new EccSignature(signature.s(), signature.r())))
                .isFalse();
    }

    /**
     * EC-SDSA-opt of ISO/IEC 14888-3, annex F, on P-256 and P-384; that on P-521 is libecc's. They sign the message "abc": the TPM's
     * digest stands where ISO has the message (Part 1, C.4.4), so that here it is the message.
     */
    @ParameterizedTest
    @CsvSource({
        "NIST_P256, SHA256, "
                + "5202a3d8acaf6909d12c9a774cd886f9fba61137ffd3e8e76aed363fb47ac492, "
                + "de7e0e5e663f24183414b7c72f24546b81e9e5f410bebf26f3ca5fa82f5192c8, "
                + "d7fb8135d8ea45e8fb3c9059f146e2630ef4bd51c4006a92edb4c8b0849963fb, "
                + "b46d1525379e02e232d97928265b7254ea2ed97813454388c1a08f62dccd70b3",
        "NIST_P384, SHA384, "
                + "7e4914fe4b617089f9fe80ad913d5530eec4f30bca1ad66e7b5aeacf29d2f567d9a8f4a4552a1a1af3e0b6d0a49dfcc8, "
                + "8a29e772357bba6f5c9ea765d5082b9bc7a74c33e9d94d49fb2c9d3b523a82169682ecf16f1d06269042f3af044b4de8, "
                + "27d2f5b962a3acf6390a4718ea540da79612a60eaa15bebb00b9e1665783f7c791ccac422cee815a9c5da3678ac8d1f0, "
                + "22cc89ceb9e6be8415cc14b399bc66e6f3a21e5ba38e09a6de8de670a145c0e474d5cc88be8878f0123cc66225a1ba12",
        "NIST_P521, SHA512, "
                + "0108b94c219206b8d8921690a51576ae703d464b71bdf568f9f670929567858055"
                + "b916dbce5db56a25b7913325f514f72a22be4efb4db79e2f01b571a93f217982c5, "
                + "01730300163079949bb6e3603c96f6f09023a6f748c5a6fc41ec39f524045959a8"
                + "fe4cc19b01475aacc5f392ab50601f398bc3b8014a63911bce30e7cc0f3d823b05, "
                + "0000bd54e8d7271ccc1e0addc3338a99eb945e654018056faf7ec76c0aa6b4d262"
                + "8900e05c052495a0917d808514d91e4142c5ae53062431e231058db5192e3590e3, "
                + "00527bab84c9af15cfa7d92529dc15d21745ee048891f5e06a0665e5cb162e622a"
                + "0a62c31223cc216d8ffec33acddde50d58efe387893a5cbce2ea076e3b7ce79500"
    })
    void publishedSignatures(TpmEccCurve id, TpmiAlgHash hash, String scalar, String ephemeral, String r, String s) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey key = EccPrivateKey.of(curve, hex(scalar));
        byte[] message = "abc".getBytes(StandardCharsets.US_ASCII);
        EccSignature signature = drawing(ephemeral).sign(key, hash, message);
        assertThat(signature.r()).isEqualTo(hex(r));
        assertThat(signature.s()).isEqualTo(hex(s));
        assertThat(schnorr.verify(curve, ecc.publicPoint(key), hash, message, signature))
                .isTrue();
    }

    /**
     * No standard has values for ECDAA. These are swtpm 0.7.1's answers to TPM2_Commit and TPM2_Sign with SHA-256 for the key of RFC
     * 6979, A.2.5, and the digest of "sample"; the ephemeral key was found from s, and fits the point that TPM2_Commit told.
     */
    @ParameterizedTest
    @CsvSource({
        "NIST_P256, "
                + "bded128e62e89ba6e10d09a58058bff1defc17dd6d3130bb2d3a99b9899864d1, "
                + "cf084d48c30e6c2456c367f26b1f9c60d95f92930daf33cbdb6f6814cfeecd15, "
                + "e8c1d15154f3e65a9559f594bcbb46bd10967352b156676b59e70e75c863140a, "
                + "1fd815b808a67ba34a63a91f19ab69336fc7a42be550f9bdf3e6cf42e971740f",
        "BN_P256, "
                + "2ed04e273ea6230c6d7538ce07bddb61eee67fa05933efbc1276fbbbbe9c4f1b, "
                + "d6275ec9c0fbcc6904f8431ee6d561ec1272e239bb15e2cde06a42e47456e010, "
                + "641d81d8f08de91d2aefa09e8f97f77e53a42a2a883c3e5334c40cf612127953, "
                + "d5c512a8acc7d07626f4c4819c7a28d34c82c9b598d3256ec1f36bcadc5a1189"
    })
    void signsAnonymouslyAsAnotherTpm(TpmEccCurve id, String ephemeral, String committedX, String nonce, String s) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey key =
                EccPrivateKey.of(curve, hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));
        EccPrivateKey committed = EccPrivateKey.of(curve, hex(ephemeral));
        assertThat(ecc.publicPoint(committed).xBytes(curve)).isEqualTo(hex(committedX));
        byte[] digest = new Digests().digest(TpmiAlgHash.SHA256, "sample".getBytes(StandardCharsets.US_ASCII));
        EccSignature signature = drawing(nonce).signAnonymously(key, committed, TpmiAlgHash.SHA256, digest);
        assertThat(signature.r()).isEqualTo(hex(nonce));
        assertThat(signature.s()).isEqualTo(hex(s));
    }

    /** [s]G - [r]Q is the point whose x coordinate, hashed with the digest, is r. */
    @ParameterizedTest
    @CsvSource({
        "NIST_P192, P-192",
        "NIST_P224, P-224",
        "NIST_P256, P-256",
        "NIST_P384, P-384",
        "NIST_P521, P-521",
        "SM2_P256, sm2p256v1"
    })
    void whatItSignsTheClientVerifies(TpmEccCurve id, String name) {
        TssCurve client = TssCurve.named(name);
        EccPrivateKey key = ecc.generate(EccCurve.of(id), AsymmetricProviders.random());
        EccSignature signature = schnorr.sign(key, TpmiAlgHash.SHA256, DIGEST);
        BigInteger r = TssCurve.number(signature.r());
        ECPoint publicKey = client.publicPoint(key.scalar());
        ECPoint ephemeral = client.publicPoint(TssCurve.number(signature.s()))
                .subtract(publicKey.multiply(r))
                .normalize();
        byte[] hashed = TssCrypto.SHA256.digest(ephemeral.getAffineXCoord().getEncoded(), DIGEST);
        int size = Math.min(hashed.length, client.size());
        assertThat(r).isEqualTo(TssCurve.number(Arrays.copyOf(hashed, size)));
        assertThat(signature.s()).hasSize(client.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = TpmEccCurve.class,
            names = {"BN_P256", "BN_P638"})
    void signsOnPairingFriendlyCurves(TpmEccCurve id) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey key = ecc.generate(curve, AsymmetricProviders.random());
        EccSignature signature = schnorr.sign(key, TpmiAlgHash.SHA512, DIGEST);
        EccPoint publicPoint = ecc.publicPoint(key);
        assertThat(schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA512, DIGEST, signature))
                .isTrue();
        assertThat(schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA256, DIGEST, signature))
                .isFalse();
    }

    @Test
    void numbersOutOfRangeAreNoSignature() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        byte[] order = UnsignedIntegers.toBytes(curve.order(), 32);
        byte[] one = {1};
        byte[] nothing = {};
        for (byte[] wrong : new byte[][] {nothing, order, new byte[32]}) {
            assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(wrong, one)))
                    .isFalse();
            assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(one, wrong)))
                    .isFalse();
        }
        // [1]G - [1]G is no point.
        assertThat(verifies(curve, curve.generator(), DIGEST, new EccSignature(one, one)))
                .isFalse();
    }

    /** Signatures for which {@code scalar} is drawn: FIPS 186-5, A.2.1, adds one to what the randomness gives. */
    private SchnorrSignatures drawing(String scalar) {
        BigInteger drawn = new BigInteger(scalar, 16).subtract(BigInteger.ONE);
        return new SchnorrSignatures(ecc, new Digests(), count -> UnsignedIntegers.toBytes(drawn, count));
    }

    private boolean verifies(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature) {
        return schnorr.verify(curve, publicPoint, TpmiAlgHash.SHA256, digest, signature);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
