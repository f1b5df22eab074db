import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The bytes of TPM commands (Part 3), in hexadecimal digits as in the specification's tables. */
final class Commands {
    static final int RH_OWNER = 0x40000001;
    static final int RH_NULL = 0x40000007;

    private static final int ST_NO_SESSIONS = 0x8001;
    private static final int ST_SESSIONS = 0x8002;
    private static final int RS_PW = 0x40000009;
    private static final String NO_PCRS = "00000000";
    private static final String SHA256_PCRS_0_TO_7 = "00000001" + "000b" + "03" + "ff0000";

    private Commands() {}

    static byte[] startup() {
        return command(0x144, "0000");
    }

    static byte[] flushContext(int handle) {
        return command(0x165, handle(handle));
    }

    static byte[] getRandom(int size) {
        return command(0x17b, word(size));
    }

    /** Extends PCR 16 in the SHA-256 bank. */
    static byte[] pcrExtend() {
        return authorized(0x182, "00000001" + "000b" + "ab".repeat(32), 16);
    }

    static byte[] pcrRead() {
        return command(0x17e, SHA256_PCRS_0_TO_7);
    }

    /** SHA-256, without a ticket. */
    static byte[] hash(int size) {
        return command(0x17d, sized("cd".repeat(size)) + "000b" + handle(RH_NULL));
    }

    static byte[] hmac(int key, int size) {
        return authorized(0x155, sized("cd".repeat(size)) + "0010", key);
    }

    static byte[] startHmacSession() {
        return startAuthSession("00");
    }

    static byte[] startPolicySession() {
        return startAuthSession("01");
    }

    private static byte[] startAuthSession(String type) {
        return command(
                0x176, handle(RH_NULL) + handle(RH_NULL) + sized("5a".repeat(32)) + "0000" + type + "0010" + "000b");
    }

    static byte[] policyPcr(int session) {
        return command(0x17f, handle(session) + "0000" + SHA256_PCRS_0_TO_7);
    }

    static byte[] createPrimary(String template) {
        return authorized(0x131, creation("", template), RH_OWNER);
    }

    /** The {@code data} is what to seal, or empty. */
    static byte[] create(int parent, String data, String template) {
        return authorized(0x153, creation(data, template), parent);
    }

    /** No auth value, outside information or PCRs. */
    private static String creation(String data, String template) {
        return sized("0000" + sized(data)) + sized(template) + "0000" + NO_PCRS;
    }

    /** TPM2_Load of what TPM2_Create has answered. */
    static byte[] load(int parent, ByteBuffer created) {
        created.getInt();
        return authorized(0x157, takeSized(created) + takeSized(created), parent);
    }

    static byte[] unseal(int object) {
        return authorized(0x15e, "", object);
    }

    /** Signs a digest of SHA-256 with the key's own scheme. */
    static byte[] sign(int key, int turn) {
        String digest = "%08x".formatted(turn) + "00".repeat(28);
        return authorized(0x15d, sized(digest) + "0010" + "8024" + handle(RH_NULL) + "0000", key);
    }

    static byte[] quote(int key, int turn) {
        return authorized(0x158, sized("%08x".formatted(turn)) + "0010" + SHA256_PCRS_0_TO_7, key);
    }

    /** OAEP with SHA-256. */
    static byte[] rsaEncrypt(int key) {
        return command(0x174, handle(key) + sized("5e".repeat(32)) + "0017" + "000b" + "0000");
    }

    /** TPM2_RSA_Decrypt of what TPM2_RSA_Encrypt has answered. */
    static byte[] rsaDecrypt(int key, ByteBuffer encrypted) {
        return authorized(0x159, takeSized(encrypted) + "0017" + "000b" + "0000", key);
    }

    static byte[] ecdhKeyGen(int key) {
        return command(0x163, handle(key));
    }

    /** TPM2_ECDH_ZGen with the ephemeral point that TPM2_ECDH_KeyGen has answered. */
    static byte[] ecdhZGen(int key, ByteBuffer generated) {
        takeSized(generated);
        return authorized(0x154, takeSized(generated), key);
    }

    /** Encrypts in CFB mode. */
    static byte[] encryptDecrypt2(int key, int size) {
        return authorized(0x193, sized("cd".repeat(size)) + "00" + "0043" + sized("00".repeat(16)), key);
    }

    static byte[] contextSave(int handle) {
        return command(0x162, handle(handle));
    }

    /** TPM2_ContextLoad of what TPM2_ContextSave has answered. */
    static byte[] contextLoad(ByteBuffer saved) {
        byte[] context = new byte[saved.remaining()];
        saved.get(context);
        return command(ST_NO_SESSIONS, 0x161, context);
    }

    /** An ordinary index that the owner may read and write. */
    static byte[] nvDefineSpace(int index, int size) {
        String definition = handle(index) + "000b" + "00020002" + "0000" + word(size);
        return authorized(0x12a, "0000" + sized(definition), RH_OWNER);
    }

    static byte[] nvUndefineSpace(int index) {
        return authorized(0x122, "", RH_OWNER, index);
    }

    static byte[] nvWrite(int index, int size, int turn) {
        return authorized(0x137, sized("%08x".formatted(turn) + "cd".repeat(size - 4)) + "0000", RH_OWNER, index);
    }

    static byte[] nvRead(int index, int size) {
        return authorized(0x14e, word(size) + "0000", RH_OWNER, index);
    }

    /** A command without sessions. */
    private static byte[] command(int code, String rest) {
        return command(ST_NO_SESSIONS, code, rest);
    }

    /** A command whose first handle is authorized by an empty password. */
    private static byte[] authorized(int code, String parameters, int... handles) {
        StringBuilder rest = new StringBuilder();
        for (int handle : handles) {
            rest.append(handle(handle));
        }
        return command(ST_SESSIONS, code, rest + "00000009" + handle(RS_PW) + "0000" + "00" + "0000" + parameters);
    }

    private static byte[] command(int tag, int code, String rest) {
        return command(tag, code, HexFormat.of().parseHex(rest));
    }

    private static byte[] command(int tag, int code, byte[] body) {
        return ByteBuffer.allocate(10 + body.length)
                .putShort((short) tag)
                .putInt(10 + body.length)
                .putInt(code)
                .put(body)
                .array();
    }

    private static String handle(int value) {
        return "%08x".formatted(value);
    }

    private static String word(int value) {
        return "%04x".formatted(value);
    }

    /** A TPM2B with these digits. */
    private static String sized(String digits) {
        return word(digits.length() / 2) + digits;
    }

    /** The next TPM2B of a response, size and all. */
    private static String takeSized(ByteBuffer response) {
        byte[] bytes = new byte[2 + (response.getShort(response.position()) & 0xffff)];
        response.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
