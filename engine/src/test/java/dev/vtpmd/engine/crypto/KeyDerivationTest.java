package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.agreement.kdf.ConcatenationKDFGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Bouncy Castle's generators, which know nothing of TPMs, give the same with the fields of Part 1 put together by hand. */
class KeyDerivationTest {
    private final KeyDerivation derivation = new KeyDerivation();

    @Property(tries = 100)
    void kdfaIsSp800Part108InCounterMode(
            @ForAll @Size(max = 100) byte[] key,
            @ForAll @Size(max = 40) byte[] contextU,
            @ForAll @Size(max = 40) byte[] contextV,
            @ForAll @IntRange(min = 1, max = 100) int size) {
        int bits = size * 8;
        byte[] fixed =
                Arrays.concatenate("STORAGE\0".getBytes(StandardCharsets.US_ASCII), contextU, contextV, bytesOf(bits));
        KDFCounterBytesGenerator generator = new KDFCounterBytesGenerator(new HMac(new SHA256Digest()));
        generator.init(new KDFCounterParameters(key, fixed, 32));
        byte[] expected = new byte[size];
        generator.generateBytes(expected, 0, size);
        assertThat(derivation.kdfa(TpmiAlgHash.SHA256, key, KdfLabel.STORAGE, contextU, contextV, bits))
                .isEqualTo(expected);
    }

    /**
     * NIST's CAVP for SP 800-108 in counter mode (KDFCTR_gen.rsp), with HMAC and a counter of 32 bits before the fixed data. Those data
     * are random there, and have not the fields of KDFa. But some have a zero byte, which can stand for the end of a label, and any last
     * word can stand for the number of bits where blocks are made one by one. That {@code kdfa} joins blocks is shown above.
     */
    @ParameterizedTest
    @CsvSource({
        // COUNT = 31
        "SHA1, "
                + "70ea0ffe1cd76df86b78150993abcf5f86e2deee, "
                + "af780b1f4c00b555761937fc569533710dc6c6b76c1b956c9b02acf8727677d3"
                + "6c396ed1f3aa6671105c8f16c8dc75c1f7262bfb3ddeb80b96b3df81, "
                + "780bb40a387abf54a92ab91d24f3151236e9afb8e826866f4433c32f0c6be4ea"
                + "347a78e2335f282d",
        // COUNT = 34
        "SHA256, "
                + "617f1b6810c551aa5c21878b00656351466069d41adc7fee1ced3f2f3432435c, "
                + "2113f7005c580b77060990c2a3f9e8c8825f0d7e93a3f69f208ebb5b97c488da"
                + "bd0de7c7f00e08b4515db2c02e1824f96e71c9a21a18079c4b649d81, "
                + "0325b1c85f3d25ad5ebc2e7b380cfede6b3c8ada1af0d0d5bcd9d2b34c290831"
                + "15168b8aef54c584",
        // COUNT = 4
        "SHA384, "
                + "fcf5db9ab3214fd36d9fb4247ab2a6f58862f1387917e585fa656fe0a19847b3"
                + "c111fbee5a868092f224c79658ebdb52, "
                + "c792fc8b32a86c94212b5c845fc78a9a66d94ef98378e4d800b369f543f0a077"
                + "fde0b6b109efb4c6bacfa1502249ddc1e39c7c56dfbe3b285d8e1970, "
                + "b75b0c95ae60eacf7ed7b6a216c0a395",
        // COUNT = 31
        "SHA512, "
                + "244356be9b327964732eb4a7c09b04b420712396eb57f72bc94924066c687e87"
                + "8e798e0a033a1ee1a4d8cdc2da0443ecd77401d0460cd906eaab02656c1edc98, "
                + "d806e2df8c85d3baf5d67e9c97b746ee6bbb1bc10dcdf6c7a6075c311cf34752"
                + "acbe60e68f23c7f890b5ea7300a1ad32178254885246f0493987a6e8, "
                + "f0b5bc749eb300ca217ca82fdffed89b1bf2c8afc2b36ee2b48695e5085b893a"
                + "6daad5474f74ef0f",
    })
    void publishedKdfa(TpmiAlgHash hash, String keyHex, String fixedHex, String expectedHex) {
        byte[] fixed = HexFormat.of().parseHex(fixedHex);
        int labelSize = new String(fixed, StandardCharsets.ISO_8859_1).indexOf(0) + 1;
        byte[] label = Arrays.copyOf(fixed, labelSize);
        byte[] context = Arrays.copyOfRange(fixed, labelSize, fixed.length - Integer.BYTES);
        int bits = ByteBuffer.wrap(fixed).getInt(fixed.length - Integer.BYTES);
        byte[] expected = HexFormat.of().parseHex(expectedHex);
        byte[] result = new byte[0];
        for (int counter = 1; result.length < expected.length; counter++) {
            byte[] block = new byte[hash.digestSize()];
            derivation.kdfaBlock(
                    hash, HexFormat.of().parseHex(keyHex), counter, label, context, new byte[0], bits, block);
            result = Arrays.concatenate(result, block);
        }
        assertThat(Arrays.copyOf(result, expected.length)).isEqualTo(expected);
    }

    @Test
    void kdfaEndsALabelWithOneZeroByte() {
        byte[] key = {1, 2, 3};
        byte[] none = {};
        byte[] expected = derivation.kdfa(TpmiAlgHash.SHA256, key, KdfLabel.ATH, none, none, 256);
        assertThat(derivation.kdfa(TpmiAlgHash.SHA256, key, new byte[] {'A', 'T', 'H'}, none, none, 256))
                .isEqualTo(expected);
        assertThat(derivation.kdfa(TpmiAlgHash.SHA256, key, new byte[] {'A', 'T', 'H', 0}, none, none, 256))
                .isEqualTo(expected);
    }

    @Property(tries = 100)
    void kdfeIsTheConcatenationFunction(
            @ForAll @Size(32) byte[] z,
            @ForAll @Size(32) byte[] partyU,
            @ForAll @Size(32) byte[] partyV,
            @ForAll @IntRange(min = 1, max = 100) int size) {
        byte[] info = Arrays.concatenate("DUPLICATE\0".getBytes(StandardCharsets.US_ASCII), partyU, partyV);
        ConcatenationKDFGenerator generator = new ConcatenationKDFGenerator(new SHA384Digest());
        generator.init(new KDFParameters(z, info));
        byte[] expected = new byte[size];
        generator.generateBytes(expected, 0, size);
        assertThat(derivation.kdfe(TpmiAlgHash.SHA384, z, KdfLabel.DUPLICATE, partyU, partyV, size * 8))
                .isEqualTo(expected);
    }

    /**
     * A sample of NIST's ACVP for SP 800-56C's one-step function (KDA-OneStep-Sp800-56Cr1, test 126), where the number of
     * bits follows both parties: the first of its zero bytes can stand for the end of a label.
     */
    @Test
    void publishedKdfe() {
        byte[] z = HexFormat.of().parseHex("28DAB9A0B02C938F4FF31BA068C696B88D384F8D745A6523386435F7F815BBBDFC6632C7");
        String parties = "2EC26A84EE4B42E464113D9B8BC5FFCC8A6997B4086468C6C7A15BFE6C31AF22";
        byte[] label = HexFormat.of().parseHex(parties + "00");
        byte[] restOfBits = {0, 4, 0};
        assertThat(derivation.kdfe(TpmiAlgHash.SHA512, z, label, restOfBits, new byte[0], 0x400))
                .asHexString()
                .isEqualTo("AD8ECD0E11D644B8916A4C51D94F88233931E3DB6BF1C9ABC0568AED79940060"
                        + "C55FF7CC7DC3EC8E9DA3997DDB4D0FB83AF9F258D58FC69CCA42F15B99049646"
                        + "FC8DB0DE35E034E2950DCC5965BD9544E88B258121BCC920065FF0EE72DADC75"
                        + "BE853F4FD684BB62653A7FCBFC7B98EEDC8A0497F158578149735C92EB6B578E");
    }

    @Test
    void bitsThatAreTooManyAreCleared() {
        byte[] x = new byte[66];
        byte[] whole = derivation.kdfe(TpmiAlgHash.SHA512, x, KdfLabel.SECRET, x, x, 528);
        byte[] cut = derivation.kdfe(TpmiAlgHash.SHA512, x, KdfLabel.SECRET, x, x, 521);
        assertThat(cut).hasSize(66);
        whole[0] &= 1;
        assertThat(cut).isEqualTo(whole);
        byte[] kdfa = derivation.kdfa(TpmiAlgHash.SHA256, x, KdfLabel.CFB, x, x, 4);
        assertThat(kdfa).hasSize(1);
        assertThat(kdfa[0] & 0xF0).isZero();
    }

    @Property(tries = 50)
    void maskAndKdf2(@ForAll @Size(max = 80) byte[] z, @ForAll @IntRange(min = 1, max = 100) int size) {
        MGF1BytesGenerator mask = new MGF1BytesGenerator(new SHA1Digest());
        mask.init(new MGFParameters(z));
        byte[] expected = new byte[size];
        mask.generateBytes(expected, 0, size);
        assertThat(derivation.mgf1(TpmiAlgHash.SHA1, z, size)).isEqualTo(expected);

        KDF2BytesGenerator kdf2 = new KDF2BytesGenerator(new SHA256Digest());
        kdf2.init(new KDFParameters(z, null));
        kdf2.generateBytes(expected, 0, size);
        assertThat(derivation.kdf2(TpmiAlgHash.SHA256, z, size)).isEqualTo(expected);
    }

    /** The test vectors of ISO/IEC 18033-2 for KDF2. */
    @Test
    void publishedKdf2() {
        byte[] z = HexFormat.of()
                .parseHex("032e45326fa859a72ec235acff929b15d1372e30b207255f0611b8f785d764374152e0ac009e509e"
                        + "7ba30cd2f1778e113b64e135cf4e2292c75efe5288edfda4");
        assertThat(derivation.kdf2(TpmiAlgHash.SHA1, z, 64))
                .asHexString()
                .isEqualToIgnoringCase("0e6a26eb7b956ccb8b3bdc1ca975bc57c3989e8fbad31a224655d800c4695484"
                        + "0ff32052cdf0d640562bdfadfa263cfccf3c52b29f2af4a1869959bc77f854cf");
        assertThat(derivation.kdf2(TpmiAlgHash.SHA256, z, 64))
                .asHexString()
                .isEqualToIgnoringCase("10a2403db42a8743cb989de86e668d168cbe6046e23ff26f741e87949a3bba13"
                        + "11ac179f819a3d18412e9eb45668f2923c087c1299005f8d5fd42ca257bc93e8");
    }

    /** The values that RFC 8017's mask generation function is commonly shown with. */
    @Test
    void publishedMasks() {
        byte[] bar = "bar".getBytes(StandardCharsets.US_ASCII);
        assertThat(derivation.mgf1(TpmiAlgHash.SHA1, bar, 50))
                .asHexString()
                .isEqualToIgnoringCase("bc0c655e016bc2931d85a2e675181adcef7f581f76df2739da74faac41627be2"
                        + "f7f415c89e983fd0ce80ced9878641cb4876");
        assertThat(derivation.mgf1(TpmiAlgHash.SHA256, bar, 50))
                .asHexString()
                .isEqualToIgnoringCase("382576a7841021cc28fc4c0948753fb8312090cea942ea4c4e735d10dc724b15"
                        + "5f9f6069f289d61daca0cb814502ef04eae1");
    }

    private static byte[] bytesOf(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
