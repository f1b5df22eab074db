package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Saving and restoring in the middle of the data changes no result. */
class ExportableStateTest {
    private static final byte[] KEY = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");

    @Property(tries = 300)
    void digestGoesOnFromAnyPoint(@ForAll TpmiAlgHash hash, @ForAll @Size(max = 400) byte[] data, @ForAll int cut) {
        Assume.that(hash != TpmiAlgHash.NULL);
        int at = Math.floorMod(cut, data.length + 1);
        ExportableDigest first = ExportableDigest.start(hash);
        first.update(data, 0, at);
        ExportableDigest second = ExportableDigest.restore(hash, first.export());
        second.update(data, at, data.length - at);
        assertThat(second.finish()).isEqualTo(new Digests().digest(hash, data));
    }

    @Property(tries = 200)
    void hmacGoesOnFromAnyPoint(
            @ForAll TpmiAlgHash hash,
            @ForAll @Size(max = 150) byte[] key,
            @ForAll @Size(max = 300) byte[] data,
            @ForAll int cut) {
        Assume.that(hash != TpmiAlgHash.NULL);
        int at = Math.floorMod(cut, data.length + 1);
        ExportableHmac first = ExportableHmac.start(hash, key);
        first.update(data, 0, at);
        ExportableHmac second = ExportableHmac.restore(hash, first.exportInner(), first.exportOuter());
        second.update(data, at, data.length - at);
        assertThat(second.finish()).isEqualTo(new Hmacs().hmac(hash, key, data));
    }

    @Property(tries = 200)
    void cmacGoesOnFromAnyPointAndAgreesWithBouncyCastle(
            @ForAll @Size(max = 100) byte[] data, @ForAll @IntRange(max = 100) int cut) {
        int at = Math.min(cut, data.length);
        ExportableCmac first = ExportableCmac.start(TpmAlgId.AES, KEY);
        first.update(data, 0, at);
        ExportableCmac second = ExportableCmac.restore(TpmAlgId.AES, KEY, first.export());
        second.update(data, at, data.length - at);
        CMac expected = new CMac(AESEngine.newInstance());
        expected.init(new KeyParameter(KEY));
        expected.update(data, 0, data.length);
        byte[] mac = new byte[16];
        expected.doFinal(mac, 0);
        assertThat(second.finish()).isEqualTo(mac);
    }

    /** A saved state outlives the release that wrote it, so the library's encoding must not change unnoticed. */
    @Test
    void savedSha256StateIsReadByEveryRelease() {
        ExportableDigest digest = ExportableDigest.restore(
                TpmiAlgHash.SHA256,
                HexFormat.of()
                        .parseHex("61626300" + "00000003" + "0000000000000003"
                                + "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19" + "00000000"
                                + "00"));
        assertThat(digest.finish())
                .isEqualTo(new Digests().digest(TpmiAlgHash.SHA256, "abc".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void refusesWhatIsNoState() {
        for (TpmiAlgHash hash : TpmiAlgHash.values()) {
            assertThatThrownBy(() -> ExportableDigest.restore(hash, new byte[5]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ExportableCmac.restore(TpmAlgId.AES, KEY, new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
