package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.engine.crypto.ExportableDigest;
import dev.vtpmd.engine.crypto.ExportableHmac;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static dev.vtpmd.engine.crypto.selftest.KnownAnswers.hex;

/** Answers of hash functions to "abc" (FIPS 180-4, FIPS 202, GB/T 32905), and of HMAC (RFC 4231, 4.2). */
final class HashAnswers {
    private static final byte[] MESSAGE = {'a', 'b', 'c'};
    private static final String HMAC = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";

    private final Digests digests = new Digests();
    private final Hmacs hmacs = new Hmacs();

    /** Both implementations: of digests in one piece, and of those whose state can be saved. */
    boolean digest(TpmiAlgHash hash) {
        byte[] known = hex(known(hash));
        ExportableDigest exportable = ExportableDigest.start(hash);
        exportable.update(MESSAGE);
        return Arrays.equals(digests.digest(hash, MESSAGE), known) && Arrays.equals(exportable.finish(), known);
    }

    boolean hmac() {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0B);
        byte[] message = "Hi There".getBytes(StandardCharsets.US_ASCII);
        ExportableHmac exportable = ExportableHmac.start(TpmiAlgHash.SHA256, key);
        exportable.update(message);
        return Arrays.equals(hmacs.hmac(TpmiAlgHash.SHA256, key, message), hex(HMAC))
                && Arrays.equals(exportable.finish(), hex(HMAC));
    }

    private static String known(TpmiAlgHash hash) {
        return switch (hash) {
            case SHA1 -> "a9993e364706816aba3e25717850c26c9cd0d89d";
            case SHA256 -> "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            case SHA384 ->
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed" + "8086072ba1e7cc2358baeca134c825a7";
            case SHA512 ->
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
            case SM3_256 -> "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
            case SHA3_256 -> "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532";
            case SHA3_384 ->
                "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2" + "98d88cea927ac7f539f1edf228376d25";
            case SHA3_512 ->
                "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
                        + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0";
            case NULL -> throw new IllegalArgumentException("no hash algorithm");
        };
    }
}
