package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.crypto.agreement.ECMQVBasicAgreement;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.MQVPrivateParameters;
import org.bouncycastle.crypto.params.MQVPublicParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TwoPhaseKeyExchangeTest {
    private static final EccCurve SM2_CURVE = EccCurve.of(TpmEccCurve.SM2_P256);

    private final Ecc ecc = new Ecc(AsymmetricProvider.jdk(), AsymmetricProviders.random());

    /** The example of GM/T 0003.5, annex B: both sides' keys, the digests Z of both, and the key of 128 bits they agree on. */
    @Test
    void publishedSm2KeyExchange() {
        EccPrivateKey staticA = sm2Key("81EB26E941BB5AF16DF116495F90695272AE2CD63D6C4AE1678418BE48230029");
        EccPrivateKey ephemeralA = sm2Key("D4DE15474DB74D06491C440D305E012400990F3E390C7E87153C12DB2EA60BB3");
        EccPrivateKey staticB = sm2Key("785129917D45A9EA5437A59356B82338EAADDA6CEB199088F14AE10DEFA229B5");
        EccPrivateKey ephemeralB = sm2Key("7E07124814B309489125EAED101113164EBF0F3458C5BD88335C1F9D596243D6");
        EccPoint publicA = sm2Point(
                "160E12897DF4EDB61DD812FEB96748FBD3CCF4FFE26AA6F6DB9540AF49C94232",
                "4A7DAD08BB9A459531694BEB20AA489D6649975E1BFCF8C4741B78B4B223007F");
        EccPoint ephemeralPublicA = sm2Point(
                "64CED1BDBC99D590049B434D0FD73428CF608A5DB8FE5CE07F15026940BAE40E",
                "376629C7AB21E7DB260922499DDB118F07CE8EAAE3E7720AFEF6A5CC062070C0");
        EccPoint publicB = sm2Point(
                "6AE848C57C53C7B1B5FA99EB2286AF078BA64C64591B8B566F7357D576F16DFB",
                "EE489D771621A27B36C5C7992062E9CD09A9264386F3FBEA54DFF69305621C4D");
        EccPoint ephemeralPublicB = sm2Point(
                "ACC27688A6F7B706098BC91FF3AD1BFF7DC2802CDB14CCCCDB0A90471F9BD707",
                "2FEDAC0494B2FFC4D6853876C79B8F301C6573AD0AA50F39FC87181E1A1B46FE");
        String digests = "3B85A57179E11E7E513AA622991F2CA74D1807A0BD4D4B38F90987A17AC245B1"
                + "79C988D63229D97EF19FE02CA1056E01E6A7411ED24694AA8F834F4A4AB022F7";

        EccPoint u = new TwoPhaseKeyExchange(ecc, staticA, ephemeralA).sm2(publicB, ephemeralPublicB);
        EccPoint v = new TwoPhaseKeyExchange(ecc, staticB, ephemeralB).sm2(publicA, ephemeralPublicA);

        assertThat(v).isEqualTo(u);
        String z =
                HexFormat.of().formatHex(u.xBytes(SM2_CURVE)) + HexFormat.of().formatHex(u.yBytes(SM2_CURVE)) + digests;
        // SM2's key derivation function is KDF2 with SM3.
        assertThat(new KeyDerivation().kdf2(TpmiAlgHash.SM3_256, hex(z), 16))
                .isEqualTo(hex("6C89347354DE2484C60B4AB1FDE4C6E5"));
    }

    /** NIST's "Examples with Intermediate Values" of SP 800-56A: FullMQV(P-256), from both sides. */
    @Test
    void publishedMqv() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPrivateKey staticU =
                EccPrivateKey.of(curve, hex("5DCDF2A33538D7CF93A3680D4CB4E86A6814DA67AC5D8323EDBAAA59FAAA2DE4"));
        EccPrivateKey staticV =
                EccPrivateKey.of(curve, hex("8FED78431D82558D9006C3DEB06AB58D9DCCC97106875C6725D5F166255BA90A"));
        EccPrivateKey ephemeralU =
                EccPrivateKey.of(curve, hex("814264145F2F56F2E96A8E337A1284993FAF432A5ABCE59E867B7291D507A3AF"));
        EccPrivateKey ephemeralV =
                EccPrivateKey.of(curve, hex("2CE1788EC197E096DB95A200CC0AB26A19CE6BCCAD562B8EEE1B593761CF7F41"));
        EccPoint publicU = EccPoint.of(
                hex("E960C4EA199B35D54CA122BBD85A61A30015FB9C1FA43BE5C04B46427D5206AB"),
                hex("4EF04F3877329ACF60A13454CC1692666497DD57B8705B0FC94596497E433532"));
        EccPoint publicV = EccPoint.of(
                hex("1B1631C5DC76D378A914C96729D0A594D54B4F58845B1D4A4B6BE739CA4A18EA"),
                hex("4F85E4C926EE532390AA7CD41494353725E6E804714AA69D67072F65DB625E07"));
        EccPoint ephemeralPublicU = EccPoint.of(
                hex("2AF502F3BE8952F2C9B5A8D4160D09E97165BE50BC42AE4A5E8D3B4BA83AEB15"),
                hex("EB0FAF4CA986C4D38681A0F9872D79D56795BD4BFF6E6DE3C0F5015ECE5EFD85"));
        EccPoint ephemeralPublicV = EccPoint.of(
                hex("B120DE4AA36492795346E8DE6C2C8646AE06AAEA279FA775B3AB0715F6CE51B0"),
                hex("9F1B7EECE20D7B5ED8EC685FA3F071D83727027092A8411385C34DDE5708B2B6"));
        byte[] z = hex("83050B731021FDBDB13FFE9FDE0373A8C917C6FA8106636C1E1F7D1564566219");

        EccPoint u = new TwoPhaseKeyExchange(ecc, staticU, ephemeralU).mqv(publicV, ephemeralPublicV);
        EccPoint v = new TwoPhaseKeyExchange(ecc, staticV, ephemeralV).mqv(publicU, ephemeralPublicU);

        assertThat(u.xBytes(curve)).isEqualTo(z);
        assertThat(v).isEqualTo(u);
    }

    @ParameterizedTest
    @EnumSource(
            value = TpmEccCurve.class,
            names = {"NIST_P192", "NIST_P224", "NIST_P256", "NIST_P384", "NIST_P521", "BN_P256", "BN_P638"})
    void mqvAgreesWithBouncyCastle(TpmEccCurve id) {
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey staticKey = ecc.generate(curve, AsymmetricProviders.random());
        EccPrivateKey ephemeral = ecc.generate(curve, AsymmetricProviders.random());
        EccPrivateKey theirStatic = ecc.generate(curve, AsymmetricProviders.random());
        EccPrivateKey theirEphemeral = ecc.generate(curve, AsymmetricProviders.random());

        EccPoint shared = new TwoPhaseKeyExchange(ecc, staticKey, ephemeral)
                .mqv(ecc.publicPoint(theirStatic), ecc.publicPoint(theirEphemeral));

        ECMQVBasicAgreement library = new ECMQVBasicAgreement();
        library.init(new MQVPrivateParameters(privateKey(theirStatic), privateKey(theirEphemeral)));
        BigInteger expected =
                library.calculateAgreement(new MQVPublicParameters(publicKey(staticKey), publicKey(ephemeral)));
        assertThat(shared.x()).isEqualTo(expected);
        assertThat(curve.contains(shared)).isTrue();
    }

    /** The other side's static key is chosen so that the multiple of it cancels the ephemeral one. */
    @Test
    void thereMayBeNoSharedPoint() {
        EccCurve curve = EccCurve.of(TpmEccCurve.NIST_P256);
        EccPrivateKey own = new EccPrivateKey(curve, BigInteger.TEN);
        EccPoint theirEphemeral = curve.generator();
        BigInteger limit = BigInteger.TWO.pow(128);
        BigInteger factor = theirEphemeral.x().mod(limit).add(limit);
        BigInteger cancelling = factor.modInverse(curve.order()).negate().mod(curve.order());
        EccPoint theirStatic = ecc.publicPoint(new EccPrivateKey(curve, cancelling));
        TwoPhaseKeyExchange exchange = new TwoPhaseKeyExchange(ecc, own, own);
        assertThatThrownBy(() -> exchange.mqv(theirStatic, theirEphemeral))
                .isInstanceOfSatisfying(
                        TpmException.class, e -> assertThat(e.code()).isEqualTo(TpmRc.NO_RESULT.value()));
    }

    private static ECPrivateKeyParameters privateKey(EccPrivateKey key) {
        return new ECPrivateKeyParameters(key.scalar(), domain(key));
    }

    private ECPublicKeyParameters publicKey(EccPrivateKey key) {
        return new ECPublicKeyParameters(key.curve().toLibrary(ecc.publicPoint(key)), domain(key));
    }

    private static ECDomainParameters domain(EccPrivateKey key) {
        return new ECDomainParameters(key.curve().libraryParameters());
    }

    private static EccPrivateKey sm2Key(String scalar) {
        return EccPrivateKey.of(SM2_CURVE, hex(scalar));
    }

    private static EccPoint sm2Point(String x, String y) {
        return EccPoint.of(hex(x), hex(y));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
