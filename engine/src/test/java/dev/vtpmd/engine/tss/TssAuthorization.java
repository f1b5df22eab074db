package dev.vtpmd.engine.tss;

/** One entry of an authorization area. */
public final class TssAuthorization {
    private static final byte[] NONE = {};

    private final TssSession session;
    private final int attributes;
    private final byte[] hmacAuthValue;
    private final byte[] encryptionAuthValue;
    private final byte[] answerAuthValue;
    private final byte[] given;

    /**
     * An entry.
     *
     * @param session null for a password
     * @param attributes TPMA_SESSION
     * @param hmacAuthValue authValue in the key of the command's HMAC
     * @param encryptionAuthValue authValue in the key of parameter encryption
     * @param answerAuthValue authValue in the key of the response's HMAC, or null if the response has none
     * @param given what is sent as HMAC whatever would be right, such as a password, or null
     */
    private TssAuthorization(
            TssSession session,
            int attributes,
            byte[] hmacAuthValue,
            byte[] encryptionAuthValue,
            byte[] answerAuthValue,
            byte[] given) {
        this.session = session;
        this.attributes = attributes;
        this.hmacAuthValue = hmacAuthValue;
        this.encryptionAuthValue = encryptionAuthValue;
        this.answerAuthValue = answerAuthValue;
        this.given = given;
    }

    /** A password. */
    public static TssAuthorization password(byte[] password) {
        return new TssAuthorization(null, TssSession.CONTINUE, NONE, NONE, NONE, password);
    }

    /** A session that authorizes an entity with its authValue. */
    public static TssAuthorization hmac(TssSession session, int attributes, byte[] authValue) {
        return new TssAuthorization(session, attributes, authValue, authValue, authValue, null);
    }

    /** A session that authorizes the entity it is bound to. */
    public static TssAuthorization bound(TssSession session, int attributes, byte[] authValue) {
        return new TssAuthorization(session, attributes, NONE, authValue, NONE, null);
    }

    /** A session without an entity: for audit or encryption. */
    public static TssAuthorization extra(TssSession session, int attributes) {
        return new TssAuthorization(session, attributes, NONE, NONE, NONE, null);
    }

    /** A policy session whose policy does not ask for the entity's authValue. */
    public static TssAuthorization policy(TssSession session, int attributes) {
        return new TssAuthorization(session, attributes, NONE, NONE, null, NONE);
    }

    /** A policy session whose policy asks for the entity's authValue in clear. */
    public static TssAuthorization policyPassword(TssSession session, int attributes, byte[] password) {
        return new TssAuthorization(session, attributes, NONE, password, null, password);
    }

    /** This entry with {@code hmac} in place of the right one. */
    public TssAuthorization sending(byte[] hmac) {
        return new TssAuthorization(session, attributes, hmacAuthValue, encryptionAuthValue, answerAuthValue, hmac);
    }

    /** This entry where the answer has no HMAC, although the command has. */
    public TssAuthorization answeredWithoutHmac() {
        return new TssAuthorization(session, attributes, hmacAuthValue, encryptionAuthValue, null, given);
    }

    /** This entry for a command that changes the entity's authValue. */
    public TssAuthorization answeredUnder(byte[] newAuthValue) {
        return new TssAuthorization(session, attributes, hmacAuthValue, encryptionAuthValue, newAuthValue, given);
    }

    boolean has(int attribute) {
        return (attributes & attribute) != 0;
    }

    TssSession session() {
        return session;
    }

    int attributes() {
        return attributes;
    }

    byte[] hmacAuthValue() {
        return hmacAuthValue;
    }

    byte[] encryptionAuthValue() {
        return encryptionAuthValue;
    }

    byte[] answerAuthValue() {
        return answerAuthValue;
    }

    byte[] given() {
        return given;
    }
}
