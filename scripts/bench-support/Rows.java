import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What is measured: one entry for each row of the output. */
final class Rows {
    private static final int NV_INDEX = 0x01500100;
    private static final int NV_SIZE = 64;
    private static final int KIBIBYTE = 1024;

    static final List<Row> ALL = List.of(
            new Row("PCR_Extend", tpm -> turn -> tpm.timed(Commands.pcrExtend())),
            new Row("PCR_Read (8 PCRs)", tpm -> turn -> tpm.timed(Commands.pcrRead())),
            new Row("GetRandom (32 bytes)", tpm -> turn -> tpm.timed(Commands.getRandom(32))),
            new Row("Hash (1 KiB)", tpm -> turn -> tpm.timed(Commands.hash(KIBIBYTE))),
            new Row("HMAC (1 KiB)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.HMAC_KEY));
                return turn -> tpm.timed(Commands.hmac(key, KIBIBYTE));
            }),
            new Row("EncryptDecrypt2 (1 KiB)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.AES_KEY));
                return turn -> tpm.timed(Commands.encryptDecrypt2(key, KIBIBYTE));
            }),
            new Row("StartAuthSession + Flush", tpm -> turn -> {
                int session = tpm.timed(Commands.startHmacSession()).getInt();
                tpm.timed(Commands.flushContext(session));
            }),
            new Row("PolicyPCR (8 PCRs)", tpm -> {
                int session = tpm.made(Commands.startPolicySession());
                return turn -> tpm.timed(Commands.policyPcr(session));
            }),
            new Row("ContextSave + ContextLoad", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.ECC_SIGNING_KEY));
                return turn -> {
                    ByteBuffer saved = tpm.timed(Commands.contextSave(key));
                    tpm.flush(tpm.timed(Commands.contextLoad(saved)).getInt());
                };
            }),
            new Row("Unseal", tpm -> {
                int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
                ByteBuffer created = tpm.execute(Commands.create(parent, "5e".repeat(32), Templates.SEALED_DATA));
                int sealed = tpm.made(Commands.load(parent, created));
                return turn -> tpm.timed(Commands.unseal(sealed));
            }),
            new Row("NV_Read (64 bytes)", tpm -> {
                defineIndex(tpm);
                tpm.execute(Commands.nvWrite(NV_INDEX, NV_SIZE, 0));
                return turn -> tpm.timed(Commands.nvRead(NV_INDEX, NV_SIZE));
            }),
            new Row("NV_Write (64 bytes)", tpm -> {
                defineIndex(tpm);
                return turn -> tpm.timed(Commands.nvWrite(NV_INDEX, NV_SIZE, turn));
            }),
            new Row("CreatePrimary (ECC P-256)", tpm -> turn -> createPrimary(tpm, Templates.eccStorageKey(turn))),
            new Row("Create (ECC P-256)", tpm -> create(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Load (ECC P-256)", tpm -> load(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Sign (ECDSA P-256)", tpm -> sign(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Quote (ECC P-256)", tpm -> quote(tpm, Templates.ECC_ATTESTATION_KEY)),
            new Row("ECDH_ZGen (P-256)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.ECDH_KEY));
                byte[] command = Commands.ecdhZGen(key, tpm.execute(Commands.ecdhKeyGen(key)));
                return turn -> tpm.timed(command);
            }),
            new Row("Load (RSA-2048)", tpm -> load(tpm, Templates.RSA_SIGNING_KEY)),
            new Row("Sign (RSASSA-2048)", tpm -> sign(tpm, Templates.RSA_SIGNING_KEY)),
            new Row("Quote (RSA-2048)", tpm -> quote(tpm, Templates.RSA_ATTESTATION_KEY)),
            new Row("RSA_Decrypt (OAEP, 2048)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.RSA_DECRYPTION_KEY));
                byte[] command = Commands.rsaDecrypt(key, tpm.execute(Commands.rsaEncrypt(key)));
                return turn -> tpm.timed(command);
            }),
            new Row(
                    "CreatePrimary (RSA-2048)",
                    tpm -> turn -> createPrimary(tpm, Templates.rsaStorageKey(2048, turn))),
            new Row("Create (RSA-2048)", tpm -> create(tpm, Templates.RSA_SIGNING_KEY)),
            new Row(
                    "CreatePrimary (RSA-3072)",
                    tpm -> turn -> createPrimary(tpm, Templates.rsaStorageKey(3072, turn))));

    private Rows() {}

    private static void createPrimary(Endpoint tpm, String template) throws IOException {
        tpm.flush(tpm.timed(Commands.createPrimary(template)).getInt());
    }

    private static Row.Operation create(Endpoint tpm, String template) throws IOException {
        int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
        return turn -> tpm.timed(Commands.create(parent, "", template));
    }

    private static Row.Operation load(Endpoint tpm, String template) throws IOException {
        int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
        byte[] command = Commands.load(parent, tpm.execute(Commands.create(parent, "", template)));
        return turn -> tpm.flush(tpm.timed(command).getInt());
    }

    private static Row.Operation sign(Endpoint tpm, String template) throws IOException {
        int key = tpm.made(Commands.createPrimary(template));
        return turn -> tpm.timed(Commands.sign(key, turn));
    }

    private static Row.Operation quote(Endpoint tpm, String template) throws IOException {
        int key = tpm.made(Commands.createPrimary(template));
        return turn -> tpm.timed(Commands.quote(key, turn));
    }

    /** Defines the index anew. TPM2_NV_UndefineSpace is refused where no earlier row or run has left it. */
    private static void defineIndex(Endpoint tpm) throws IOException {
        tpm.transmit(Commands.nvUndefineSpace(NV_INDEX));
        tpm.execute(Commands.nvDefineSpace(NV_INDEX, NV_SIZE));
    }
}
