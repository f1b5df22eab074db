package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Digests from FIPS 180-4's examples, MACs from RFC 4231 and SP 800-38B. */
class SequenceCommandsTest {
    private static final int SEQUENCE_COMPLETE = 0x13E;
    private static final int MAC_START = 0x15B;
    private static final int SEQUENCE_UPDATE = 0x15C;
    private static final int PCR_READ = 0x17E;
    private static final int EVENT_SEQUENCE_COMPLETE = 0x185;
    private static final int HASH_SEQUENCE_START = 0x186;
    private static final int CONTEXT_SAVE = 0x162;
    private static final int CONTEXT_LOAD = 0x161;

    private static final String SHA256 = "000B";
    private static final String NULL_ALGORITHM = "0010";
    private static final String NO_AUTH = "0000";
    private static final String OWNER = "40000001";
    private static final String NULL = "40000007";
    private static final String NULL_TICKET = "8024" + "40000007" + "0000";
    private static final String SHA256_OF_ABC = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    private static final int MODE_OF_HANDLE_1 = 0x189;
    private static final int MODE_OF_HANDLE_2 = 0x289;

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void hashesInPieces() {
        String sequence = start(SHA256);
        tpm.run(SEQUENCE_UPDATE, 1, sequence, "0001 61");
        tpm.run(SEQUENCE_UPDATE, 1, sequence, "0001 62");
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, sequence, "0001 63" + NULL))
                .isEqualTo("0020" + SHA256_OF_ABC + NULL_TICKET);
        assertThat(tpm.code(SEQUENCE_UPDATE, 1, sequence, "0001 61")).isEqualTo(0x910);
    }

    @Test
    void givesATicketByTheFirstPiece() {
        assertThat(complete("61626364", "")).contains("8024" + OWNER + "0040");
        assertThat(complete("61626364", "FF544347")).contains("8024" + OWNER + "0040");
        assertThat(complete("FF544347", "61626364")).endsWith(NULL_TICKET);
        assertThat(complete("FF5443", "47")).endsWith(NULL_TICKET);
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, start(SHA256), "0003 616263" + OWNER))
                .endsWith(NULL_TICKET);
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, start(SHA256), "0004 61626364" + OWNER))
                .contains("8024" + OWNER + "0040");
    }

    @Test
    void extendsAPcrWithAnEvent() {
        String sequence = start(NULL_ALGORITHM);
        tpm.run(SEQUENCE_UPDATE, 1, sequence, "0002 6162");
        String digests = tpm.run(EVENT_SEQUENCE_COMPLETE, 2, "00000010" + sequence, "0001 63");
        assertThat(digests)
                .startsWith("00000004" + "0004" + "A9993E364706816ABA3E25717850C26C9CD0D89D" + SHA256 + SHA256_OF_ABC)
                .hasSize(2 * (4 + 4 * 2 + 20 + 32 + 48 + 64));
        // SHA-256 of 32 zero bytes and the digest above.
        assertThat(tpm.run(PCR_READ, "", "00000001 000B 03 000001"))
                .endsWith("0020" + "589F9FFED4C477966BFB8D41F37895B08C69047DF8F911D6F3B57FBE08FAEE8D");
        assertThat(tpm.state().objects().freeSlots()).isEqualTo(3);
    }

    @Test
    void returnsTheDigestsOfAnEventWithoutAPcr() {
        assertThat(tpm.run(EVENT_SEQUENCE_COMPLETE, 2, NULL + start(NULL_ALGORITHM), "0003 616263"))
                .contains(SHA256 + SHA256_OF_ABC);
    }

    @Test
    void computesMacsAlsoWhenTheKeyHasGone() {
        String hmacKey = tpm.load(
                TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256), "0b".repeat(20)));
        String aesKey = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CMAC, "2b7e151628aed2a6abf7158809cf4f3c"));
        String hmac = tpm.start(MAC_START, 1, hmacKey, NO_AUTH + NULL_ALGORITHM);
        tpm.state().objects().flush(Integer.parseUnsignedInt(hmacKey, 16));
        String cmac = tpm.start(MAC_START, 1, aesKey, NO_AUTH + NULL_ALGORITHM);
        tpm.state().objects().flush(Integer.parseUnsignedInt(aesKey, 16));
        tpm.run(SEQUENCE_UPDATE, 1, hmac, "0003 486920");
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, hmac, "0005 5468657265" + OWNER))
                .isEqualTo("0020" + "B0344C61D8DB38535CA8AFCEAF0BF12B881DC200C9833DA726E9376C2E32CFF7" + NULL_TICKET);
        tpm.run(SEQUENCE_UPDATE, 1, cmac, "0006 6BC1BEE22E40");
        String loaded = tpm.run(CONTEXT_LOAD, "", tpm.run(CONTEXT_SAVE, cmac, ""));
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, loaded, "000A 9F96E93D7E117393172A" + OWNER))
                .isEqualTo("0010" + "070A16B46B4D4144F79BDD9DD04A287C" + NULL_TICKET);
    }

    @Test
    void refusesObjectsAndSequencesOfAnotherKind() {
        String key = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.CMAC, "00".repeat(16)));
        String event = start(NULL_ALGORITHM);
        String hash = start(SHA256);
        assertThat(tpm.code(SEQUENCE_UPDATE, 1, key, "0000")).isEqualTo(MODE_OF_HANDLE_1);
        assertThat(tpm.code(SEQUENCE_COMPLETE, 1, key, "0000" + NULL)).isEqualTo(MODE_OF_HANDLE_1);
        assertThat(tpm.code(SEQUENCE_COMPLETE, 1, event, "0000" + NULL)).isEqualTo(MODE_OF_HANDLE_1);
        assertThat(tpm.code(EVENT_SEQUENCE_COMPLETE, 2, NULL + hash, "0000")).isEqualTo(MODE_OF_HANDLE_2);
        assertThat(tpm.code(EVENT_SEQUENCE_COMPLETE, 2, NULL + key, "0000")).isEqualTo(MODE_OF_HANDLE_2);
        assertThat(tpm.code(HASH_SEQUENCE_START, "", NO_AUTH + SHA256)).isEqualTo(0x902);
    }

    @Test
    void keepsTheSequenceWhenThePcrMayNotBeExtended() {
        String sequence = start(NULL_ALGORITHM);
        assertThat(tpm.code(EVENT_SEQUENCE_COMPLETE, 2, "00000011" + sequence, "0003 616263"))
                .isEqualTo(0x907);
        assertThat(tpm.run(EVENT_SEQUENCE_COMPLETE, 2, NULL + sequence, "0003 616263"))
                .contains(SHA256 + SHA256_OF_ABC);
    }

    private String complete(String first, String last) {
        String sequence = start(SHA256);
        tpm.run(SEQUENCE_UPDATE, 1, sequence, "%04X".formatted(first.length() / 2) + first);
        return tpm.run(SEQUENCE_COMPLETE, 1, sequence, "%04X".formatted(last.length() / 2) + last + OWNER);
    }

    private String start(String hash) {
        return tpm.run(HASH_SEQUENCE_START, "", NO_AUTH + hash);
    }
}
