package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EccTest {
    private static final List<TpmEccCurve> FAST_CURVES =
            List.of(TpmEccCurve.NIST_P256, TpmEccCurve.NIST_P384, TpmEccCurve.NIST_P521);

    /** RFC 5903, 8.1: a key exchange on P-256 with both coordinates. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void publishedKeyExchange(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPrivateKey initiator =
                new EccPrivateKey(curve, hex("C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433"));
        EccPrivateKey responder =
                new EccPrivateKey(curve, hex("C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53"));
        EccPoint initiatorPublic = new EccPoint(
                hex("DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"),
                hex("5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3"));
        EccPoint responderPublic = new EccPoint(
                hex("D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"),
                hex("56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB"));
        EccPoint shared = new EccPoint(
                hex("D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE"),
                hex("522BDE0AF0D8585B8DEF9C183B5AE38F50235206A8674ECB5D98EDB20EB153A2"));
        assertThat(ecc.publicPoint(initiator)).isEqualTo(initiatorPublic);
        assertThat(ecc.publicPoint(responder)).isEqualTo(responderPublic);
        assertThat(ecc.sharedPoint(initiator, responderPublic)).isEqualTo(shared);
        assertThat(ecc.sharedPoint(responder, initiatorPublic)).isEqualTo(shared);
        assertThat(ecc.sharedX(initiator, responderPublic)).isEqualTo(shared.xBytes(curve));
    }

    /** RFC 5903, 8.2 and 8.3: the x coordinates on P-384 and P-521. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void publishedKeyExchangesOnLargerCurves(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        assertExchange(
                ecc,
                TpmEccCurve.NIST_P384,
                "099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655E35B538041E649EE3FAEF896783AB194",
                "41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942E0308312916B8ED2960E4BD55A7448FC",
                "E558DBEF53EECDE3D3FCCFC1AEA08A89A987475D12FD950D83CFA41732BC509D0D1AC43A0336DEF96FDA41D0774A3571",
                "11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746");
        assertExchange(
                ecc,
                TpmEccCurve.NIST_P521,
                "0037ADE9319A89F4DABDB3EF411AACCCA5123C61ACAB57B5393DCE47608172A0"
                        + "95AA85A30FE1C2952C6771D937BA9777F5957B2639BAB072462F68C27A57382D4A52",
                "0145BA99A847AF43793FDD0E872E7CDFA16BE30FDC780F97BCCC3F078380201E"
                        + "9C677D600B343757A3BDBF2A3163E4C2F869CCA7458AA4A4EFFC311F5CB151685EB9",
                "00D0B3975AC4B799F5BEA16D5E13E9AF971D5E9B984C9F39728B5E5739735A21"
                        + "9B97C356436ADC6E95BB0352F6BE64A6C2912D4EF2D0433CED2B6171640012D9460F",
                "01144C7D79AE6956BC8EDB8E7C787C4521CB086FA64407F97894E5E6B2D79B04"
                        + "D1427E73CA4BAA240A34786859810C06B3C715A3A8CC3151F2BEE417996D19F3DDEA");
    }

    /** NIST's CAVP for the primitive of SP 800-56A, 5.7.1.2 (KAS_ECC_CDH_PrimitiveTest.txt): P-192 and P-224, count 0. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void publishedKeyExchangesOnSmallerCurves(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        assertSharedX(
                ecc,
                new EccPrivateKey(
                        EccCurve.of(TpmEccCurve.NIST_P192), hex("f17d3fea367b74d340851ca4270dcb24c271f445bed9d527")),
                new EccPoint(
                        hex("b15053401f57285637ec324c1cd2139e3a67de3739234b37"),
                        hex("f269c158637482aad644cd692dd1d3ef2c8a7c49e389f7f6")),
                new EccPoint(
                        hex("42ea6dd9969dd2a61fea1aac7f8e98edcc896c6e55857cc0"),
                        hex("dfbe5d7c61fac88b11811bde328e8a0d12bf01a9d204b523")),
                "803d8ab2e5b6e6fca715737c3a82f7ce3c783124f6d51cd0");
        assertSharedX(
                ecc,
                new EccPrivateKey(
                        EccCurve.of(TpmEccCurve.NIST_P224),
                        hex("8346a60fc6f293ca5a0d2af68ba71d1dd389e5e40837942df3e43cbd")),
                new EccPoint(
                        hex("8de2e26adf72c582d6568ef638c4fd59b18da171bdf501f1d929e048"),
                        hex("4a68a1c2b0fb22930d120555c1ece50ea98dea8407f71be36efac0de")),
                new EccPoint(
                        hex("af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280"),
                        hex("882092ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7")),
                "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8");
    }

    private static void assertSharedX(
            Ecc ecc, EccPrivateKey key, EccPoint publicPoint, EccPoint other, String expected) {
        assertThat(ecc.publicPoint(key)).isEqualTo(publicPoint);
        assertThat(ecc.sharedX(key, other)).isEqualTo(HexFormat.of().parseHex(expected));
        assertThat(ecc.sharedPoint(key, other).x()).isEqualTo(hex(expected));
    }

    private static void assertExchange(
            Ecc ecc, TpmEccCurve id, String initiator, String responder, String responderX, String sharedX) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey initiatorKey = new EccPrivateKey(curve, hex(initiator));
        EccPrivateKey responderKey = new EccPrivateKey(curve, hex(responder));
        EccPoint responderPublic = ecc.publicPoint(responderKey);
        assertThat(responderPublic.x()).isEqualTo(hex(responderX));
        assertThat(ecc.sharedX(initiatorKey, responderPublic))
                .isEqualTo(HexFormat.of().parseHex(sharedX));
        assertThat(ecc.sharedX(responderKey, ecc.publicPoint(initiatorKey)))
                .isEqualTo(HexFormat.of().parseHex(sharedX));
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void productsAgreeWithBouncyCastle(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        for (TpmEccCurve id : FAST_CURVES) {
            EccCurve curve = EccCurve.of(id);
            for (int i = 0; i < 10; i++) {
                EccPrivateKey one = ecc.generate(curve, AsymmetricProviders.random());
                EccPrivateKey other = ecc.generate(curve, AsymmetricProviders.random());
                EccPoint otherPublic = ecc.publicPoint(other);
                assertThat(otherPublic)
                        .isEqualTo(EccCurve.fromLibrary(
                                curve.libraryParameters().getG().multiply(other.scalar())));
                EccPoint expected =
                        EccCurve.fromLibrary(curve.toLibrary(otherPublic).multiply(one.scalar()));
                assertThat(ecc.sharedPoint(one, otherPublic)).isEqualTo(expected);
                assertThat(ecc.sharedX(one, otherPublic)).isEqualTo(expected.xBytes(curve));
            }
        }
    }

    /** Where the sum that finds y would be of equal or opposite points. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void smallestAndLargestKeys(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        for (TpmEccCurve id : FAST_CURVES) {
            EccCurve curve = EccCurve.of(id);
            EccPoint generator = curve.generator();
            EccPoint negative = new EccPoint(generator.x(), curve.prime().subtract(generator.y()));
            EccPrivateKey one = new EccPrivateKey(curve, BigInteger.ONE);
            EccPrivateKey last = new EccPrivateKey(curve, curve.order().subtract(BigInteger.ONE));
            assertThat(ecc.publicPoint(one)).isEqualTo(generator);
            assertThat(ecc.publicPoint(last)).isEqualTo(negative);
            for (int scalar = 2; scalar < 5; scalar++) {
                BigInteger d = BigInteger.valueOf(scalar);
                EccPoint multiple =
                        EccCurve.fromLibrary(curve.libraryParameters().getG().multiply(d));
                assertThat(ecc.publicPoint(new EccPrivateKey(curve, d))).isEqualTo(multiple);
                EccPoint beforeLast =
                        ecc.publicPoint(new EccPrivateKey(curve, curve.order().subtract(d)));
                assertThat(beforeLast)
                        .isEqualTo(new EccPoint(multiple.x(), curve.prime().subtract(multiple.y())));
            }
        }
    }

    /** RFC 6979, A.2.5, A.2.6 and A.2.7: signatures of "sample" with SHA-256, SHA-384 and SHA-512. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void publishedSignatures(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P256,
                TpmiAlgHash.SHA256,
                "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
                "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
                "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
        // The digest is longer than the order.
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P256,
                TpmiAlgHash.SHA512,
                "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
                "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00",
                "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE");
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P384,
                TpmiAlgHash.SHA384,
                "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
                "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
                "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8");
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P521,
                TpmiAlgHash.SHA512,
                "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
                "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA",
                "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A");
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void signaturesVerifyWithTheOtherProvider(AsymmetricProvider provider) {
        Ecc signer = new Ecc(provider, AsymmetricProviders.random());
        for (TpmEccCurve id : FAST_CURVES) {
            EccCurve curve = EccCurve.of(id);
            EccPrivateKey key = signer.generate(curve, AsymmetricProviders.random());
            EccPoint publicPoint = signer.publicPoint(key);
            for (TpmiAlgHash hash : List.of(TpmiAlgHash.SHA1, TpmiAlgHash.SHA256, TpmiAlgHash.SHA512)) {
                byte[] digest = new Digests().digest(hash, new byte[] {1, 2, 3});
                EccSignature signature = signer.sign(key, digest);
                assertThat(signature.r()).hasSize(curve.orderSize());
                assertThat(signature.s()).hasSize(curve.orderSize());
                for (AsymmetricProvider other :
                        List.of(new JdkAsymmetricProvider(), new CorrettoAsymmetricProvider())) {
                    assertThat(other.verifyEcdsa(curve, publicPoint, digest, signature))
                            .isTrue();
                    byte[] changed = digest.clone();
                    changed[0] ^= 1;
                    assertThat(other.verifyEcdsa(curve, publicPoint, changed, signature))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void signatureOutOfRangeIsNone(AsymmetricProvider provider) {
        Ecc ecc = new Ecc(provider, AsymmetricProviders.random());
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPrivateKey key = ecc.generate(curve, AsymmetricProviders.random());
        EccPoint publicPoint = ecc.publicPoint(key);
        byte[] digest = new byte[32];
        byte[] order = UnsignedIntegers.toBytes(curve.order(), 32);
        EccSignature good = ecc.sign(key, digest);
        byte[] huge = new byte[100];
        huge[0] = 1;
        for (byte[] bad : List.of(new byte[0], new byte[32], order, huge)) {
            assertThat(ecc.verify(curve, publicPoint, digest, new EccSignature(bad, good.s())))
                    .isFalse();
            assertThat(ecc.verify(curve, publicPoint, digest, new EccSignature(good.r(), bad)))
                    .isFalse();
        }
        byte[] padded = new byte[40];
        System.arraycopy(good.r(), 0, padded, 8, 32);
        assertThat(ecc.verify(curve, publicPoint, digest, new EccSignature(padded, good.s())))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NIST_P192", "NIST_P224", "NIST_P256", "NIST_P384", "NIST_P521", "SM2_P256", "BN_P256", "BN_P638"})
    void everyCurveSignsAndAgrees(TpmEccCurve id) {
        Ecc ecc = new Ecc(AsymmetricProvider.fastest(), AsymmetricProviders.random());
        EccCurve curve = EccCurve.of(id);
        assertThat(curve.contains(curve.generator())).isTrue();
        assertThat(curve.libraryParameters().getG().multiply(curve.order()).isInfinity())
                .isTrue();
        EccPrivateKey one = ecc.generate(curve, AsymmetricProviders.random());
        EccPrivateKey other = ecc.generate(curve, AsymmetricProviders.random());
        EccPoint shared = ecc.sharedPoint(one, ecc.publicPoint(other));
        assertThat(ecc.sharedPoint(other, ecc.publicPoint(one))).isEqualTo(shared);
        assertThat(curve.contains(shared)).isTrue();
        byte[] digest = new byte[32];
        EccSignature signature = ecc.sign(one, digest);
        assertThat(ecc.verify(curve, ecc.publicPoint(one), digest, signature)).isTrue();
        assertThat(ecc.verify(curve, ecc.publicPoint(other), digest, signature)).isFalse();
    }

    /** RFC 6979, A.2.3 and A.2.4: signatures of "sample" with SHA-256, on curves that no provider has. */
    @Test
    void publishedSignaturesOnSmallerCurves() {
        Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P192,
                TpmiAlgHash.SHA256,
                "6FAB034934E4C0FC9AE67F5B5659A9D7D1FEFD187EE09FD4",
                "4B0B8CE98A92866A2820E20AA6B75B56382E0F9BFD5ECB55",
                "CCDB006926EA9565CBADC840829D8C384E06DE1F1E381B85");
        assertVerifies(
                ecc,
                TpmEccCurve.NIST_P224,
                TpmiAlgHash.SHA256,
                "F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1",
                "61AA3DA010E8E8406C656BC477A7A7189895E7E840CDFE8FF42307BA",
                "BC814050DAB5D23770879494F9E0A680DC1AF7161991BDE692B10101");
    }

    @Test
    void pointsOffTheCurveAndScalarsOutOfRangeAreSeen() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPoint generator = curve.generator();
        assertThat(curve.contains(new EccPoint(generator.x(), generator.y().add(BigInteger.ONE))))
                .isFalse();
        assertThat(curve.contains(new EccPoint(generator.x().add(curve.prime()), generator.y())))
                .isFalse();
        assertThat(curve.contains(EccPoint.of(new byte[0], new byte[0]))).isFalse();
        assertThatThrownBy(() -> new EccPrivateKey(curve, BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EccPrivateKey(curve, curve.order())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingSecretInToString() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        assertThat(new EccPrivateKey(curve, BigInteger.valueOf(123456789)).toString())
                .isEqualTo("EccPrivateKey[NIST_P256]");
    }

    private static void assertVerifies(Ecc ecc, TpmEccCurve id, TpmiAlgHash hash, String key, String r, String s) {
        EccCurve curve = EccCurve.of(id);
        EccPoint publicPoint = ecc.publicPoint(new EccPrivateKey(curve, hex(key)));
        byte[] digest = new Digests().digest(hash, "sample".getBytes(StandardCharsets.US_ASCII));
        EccSignature signature =
                new EccSignature(HexFormat.of().parseHex(r), HexFormat.of().parseHex(s));
        assertThat(ecc.verify(curve, publicPoint, digest, signature)).isTrue();
        digest[0] ^= 1;
        assertThat(ecc.verify(curve, publicPoint, digest, signature)).isFalse();
    }

    private static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }
}
