package dev.vtpmd.engine.tss;

import dev.vtpmd.engine.TestTpm;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;

import static org.assertj.core.api.Assertions.assertThat;

/** A client's end of an HMAC or policy session (Part 1, 19.6). */
public final class TssSession {
    /** Bits of TPMA_SESSION (Part 2, 8.4). */
    public static final int CONTINUE = 0x01;

    public static final int AUDIT_EXCLUSIVE = 0x02;
    public static final int AUDIT_RESET = 0x04;
    public static final int DECRYPT = 0x20;
    public static final int ENCRYPT = 0x40;
    public static final int AUDIT = 0x80;

    /** TPMT_SYM_DEF of sessions without parameter encryption, with AES-128-CFB, AES-256-CFB, and XOR with SHA-256. */
    public static final String NO_SYMMETRIC = "0010";

    public static final String AES_128_CFB = "000600800043";
    public static final String AES_256_CFB = "000601000043";
    public static final String XOR_SHA256 = "000A000B";

    private static final int TPM_RH_NULL = 0x40000007;
    private static final int HMAC_TYPE = 0;
    private static final int POLICY_TYPE = 1;
    private static final int TRIAL_TYPE = 3;

    private final TssCrypto crypto;
    private final String symmetric;
    private final int handle;
    private final byte[] sessionKey;
    private byte[] nonceTpm;
    private byte[] nonceCaller;
    private int nonces;

    private TssSession(TssCrypto crypto, String symmetric, int handle, byte[] sessionKey, byte[] nonceTpm) {
        this.crypto = crypto;
        this.symmetric = symmetric;
        this.handle = handle;
        this.sessionKey = sessionKey;
        this.nonceTpm = nonceTpm;
        rollNonceCaller();
    }

    /** Starts an HMAC session that is neither bound nor salted. */
    public static TssSession hmac(TestTpm tpm, TssCrypto crypto, String symmetric) {
        return start(tpm, crypto, HMAC_TYPE, symmetric, TPM_RH_NULL, new byte[0]);
    }

    /** Starts an HMAC session bound to the entity {@code bind} with authValue {@code authValue}. */
    public static TssSession bound(TestTpm tpm, TssCrypto crypto, String symmetric, int bind, byte[] authValue) {
        return start(tpm, crypto, HMAC_TYPE, symmetric, bind, authValue);
    }

    /** Starts a policy session. */
    public static TssSession policy(TestTpm tpm, TssCrypto crypto, String symmetric) {
        return start(tpm, crypto, POLICY_TYPE, symmetric, TPM_RH_NULL, new byte[0]);
    }

    /** Starts a trial policy session. */
    public static TssSession trial(TestTpm tpm, TssCrypto crypto) {
        return start(tpm, crypto, TRIAL_TYPE, NO_SYMMETRIC, TPM_RH_NULL, new byte[0]);
    }

    /** Starts a session with a salt that is encrypted to {@code key}. */
    public static TssSession salted(
            TestTpm tpm, TssCrypto crypto, String symmetric, int key, byte[] salt, byte[] encryptedSalt) {
        return start(tpm, crypto, HMAC_TYPE, symmetric, key, TPM_RH_NULL, salt, encryptedSalt);
    }

    /** Starts a policy session with a salt that is encrypted to {@code key}. */
    public static TssSession saltedPolicy(
            TestTpm tpm, TssCrypto crypto, String symmetric, int key, byte[] salt, byte[] encryptedSalt) {
        return start(tpm, crypto, POLICY_TYPE, symmetric, key, TPM_RH_NULL, salt, encryptedSalt);
    }

    private static TssSession start(
            TestTpm tpm, TssCrypto crypto, int type, String symmetric, int bind, byte[] authValue) {
        return start(tpm, crypto, type, symmetric, TPM_RH_NULL, bind, authValue, new byte[0]);
    }

    private static TssSession start(
            TestTpm tpm,
            TssCrypto crypto,
            int type,
            String symmetric,
            int key,
            int bind,
            byte[] secret,
            byte[] encryptedSalt) {
        byte[] nonceCaller = new byte[crypto.digestSize()];
        Arrays.fill(nonceCaller, (byte) 0xA5);
        HexFormat hex = HexFormat.of();
        TssResponse response = TssCommand.of(0x176)
                .handle(key)
                .handle(bind)
                .parameters("%04X".formatted(nonceCaller.length) + hex.formatHex(nonceCaller))
                .parameters("%04X".formatted(encryptedSalt.length) + hex.formatHex(encryptedSalt))
                .parameters("%02X%s%04X".formatted(type, symmetric, crypto.algorithm()))
                .sendTo(tpm);
        assertThat(response.code()).as("TPM2_StartAuthSession").isZero();
        byte[] nonceTpm = Arrays.copyOfRange(response.parameterBytes(), 2, response.parameterBytes().length);
        boolean keyed = key != TPM_RH_NULL || bind != TPM_RH_NULL;
        byte[] sessionKey = keyed
                ? crypto.kdfa(
                        withoutTrailingZeros(secret), "ATH", nonceTpm, nonceCaller, crypto.digestSize() * Byte.SIZE)
                : new byte[0];
        return new TssSession(crypto, symmetric, response.handle(), sessionKey, nonceTpm);
    }

    /** The session's handle. */
    public int handle() {
        return handle;
    }

    /** The handle in hexadecimal digits. */
    public String handleHex() {
        return "%08X".formatted(handle);
    }

    /** The nonce that the TPM gave last. */
    public byte[] nonceTpm() {
        return nonceTpm;
    }

    /** The nonce of the next command. */
    byte[] nonceCaller() {
        return nonceCaller;
    }

    TssCrypto crypto() {
        return crypto;
    }

    byte[] hmac(byte[] authValue, byte[]... parts) {
        return crypto.hmac(TssCrypto.concatenate(sessionKey, withoutTrailingZeros(authValue)), parts);
    }

    /** Encrypts a command parameter's contents. */
    byte[] encrypt(byte[] contents, byte[] authValue) {
        return transform(Cipher.ENCRYPT_MODE, contents, authValue, nonceCaller, nonceTpm);
    }

    /** Decrypts a response parameter's contents; the TPM's new nonce is there already. */
    byte[] decrypt(byte[] contents, byte[] authValue) {
        return transform(Cipher.DECRYPT_MODE, contents, authValue, nonceTpm, nonceCaller);
    }

    void answered(byte[] newNonceTpm) {
        nonceTpm = newNonceTpm;
    }

    /** Chooses another nonce for the next command. */
    void rollNonceCaller() {
        nonceCaller = Arrays.copyOf(crypto.digest(new byte[] {(byte) nonces++}), 16);
    }

    private byte[] transform(int mode, byte[] contents, byte[] authValue, byte[] newer, byte[] older) {
        byte[] key = TssCrypto.concatenate(sessionKey, withoutTrailingZeros(authValue));
        if (symmetric.equals(XOR_SHA256)) {
            return crypto.xor(contents, key, newer, older);
        }
        int algorithm = Integer.parseInt(symmetric.substring(0, 4), 16);
        int keyBits = Integer.parseInt(symmetric.substring(4, 8), 16);
        return crypto.cfb(algorithm, mode, keyBits, contents, key, newer, older);
    }

    private static byte[] withoutTrailingZeros(byte[] value) {
        int length = value.length;
        while (length > 0 && value[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(value, length);
    }
}
