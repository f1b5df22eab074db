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

    @Test
    void xorObfuscationIsTheMaskOfItsNoncesAndUndoesItself() {
        byte[] key = {9, 8, 7};
        byte[] newer = {1};
        byte[] older = {2};
        byte[] data = {0, 0, 10, 20, 30, 0};
        byte[] mask = derivation.kdfa(TpmiAlgHash.SHA1, key, KdfLabel.XOR, newer, older, 24);
        new XorObfuscation().apply(TpmiAlgHash.SHA1, key, newer, older, data, 2, 3);
        assertThat(data).containsExactly(0, 0, 10 ^ mask[0], 20 ^ mask[1], 30 ^ mask[2], 0);
        new XorObfuscation().apply(TpmiAlgHash.SHA1, key, newer, older, data, 2, 3);
        assertThat(data).containsExactly(0, 0, 10, 20, 30, 0);
    }

    private static byte[] bytesOf(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
