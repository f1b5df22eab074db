package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Digests of "abc" from FIPS 180-4's and FIPS 202's example values and GB/T 32905-2016, A.1. */
class DigestsTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    private final Digests digests = new Digests();

    @ParameterizedTest
    @CsvSource({
        "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "SHA512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "SM3_256, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "SHA3_256, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "SHA3_384, ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
        "SHA3_512, b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
                + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
    })
    void digestsOfAbc(TpmiAlgHash hash, String expected) {
        byte[] digest = HexFormat.of().parseHex(expected);
        assertThat(digests.digest(hash, ABC)).isEqualTo(digest);
        assertThat(digests.digest(hash, new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}))
                .isEqualTo(digest);
        assertThat(digests.digest(hash, "xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3))
                .isEqualTo(digest);
        ExportableDigest exportable = ExportableDigest.start(hash);
        exportable.update(ABC);
        assertThat(exportable.finish()).isEqualTo(digest);
    }

    /** The PCR value after one event of zeros, which every measured boot shows that ends in a separator-less PCR. */
    @Test
    void extendReplacesTheValueByTheDigestOfBoth() {
        byte[] pcr = new byte[32];
        digests.extend(TpmiAlgHash.SHA256, pcr, new byte[32]);
        assertThat(pcr)
                .asHexString()
                .isEqualToIgnoringCase("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
    }
}
