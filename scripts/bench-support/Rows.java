import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;

/** What is measured: one entry for each row of the output. */
final class Rows {
    private static final int NV_INDEX = 0x01500100;
    private static final int NV_SIZE = 64;
    private static final int KIBIBYTE = 1024;

    static final List<Row> ALL = List.of(
            new Row("PCR_Extend", tpm -> same(tpm, Commands.pcrExtend())),
            new Row("PCR_Read (8 PCRs)", tpm -> same(tpm, Commands.pcrRead())),
            new Row("GetRandom (32 bytes)", tpm -> same(tpm, Commands.getRandom(32))),
            new Row("Hash (1 KiB)", tpm -> same(tpm, Commands.hash(KIBIBYTE))),
            new Row("HMAC (1 KiB)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.HMAC_KEY));
                return same(tpm, Commands.hmac(key, KIBIBYTE));
            }),
            new Row("EncryptDecrypt2 (1 KiB)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.AES_KEY));
                return same(tpm, Commands.encryptDecrypt2(key, KIBIBYTE));
            }),
            new Row("StartAuthSession + Flush", tpm -> {
                byte[] start = Commands.startHmacSession();
                Numbered flush = new Numbered(Commands::flushContext);
                return turn -> tpm.timed(flush.with(tpm.timed(start).getInt()));
            }),
            new Row("PolicyPCR (8 PCRs)", tpm -> {
                int session = tpm.made(Commands.startPolicySession());
                return same(tpm, Commands.policyPcr(session));
            }),
            new Row("ContextSave + ContextLoad", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.ECC_SIGNING_KEY));
                byte[] save = Commands.contextSave(key);
                return turn -> {
                    ByteBuffer saved = tpm.timed(save);
                    tpm.flush(tpm.timed(Commands.contextLoad(saved)).getInt());
                };
            }),
            new Row("Unseal", tpm -> {
                int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
                ByteBuffer created = tpm.execute(Commands.create(parent, "5e".repeat(32), Templates.SEALED_DATA));
                int sealed = tpm.made(Commands.load(parent, created));
                return same(tpm, Commands.unseal(sealed));
            }),
            new Row("NV_Read (64 bytes)", tpm -> {
                defineIndex(tpm);
                tpm.execute(Commands.nvWrite(NV_INDEX, NV_SIZE, 0));
                return same(tpm, Commands.nvRead(NV_INDEX, NV_SIZE));
            }),
            new Row("NV_Write (64 bytes)", tpm -> {
                defineIndex(tpm);
                Numbered command = new Numbered(turn -> Commands.nvWrite(NV_INDEX, NV_SIZE, turn));
                return turn -> tpm.timed(command.with(turn));
            }),
            new Row("CreatePrimary (ECC P-256)", tpm -> createPrimary(tpm, Templates::eccStorageKey)),
            new Row("Create (ECC P-256)", tpm -> create(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Load (ECC P-256)", tpm -> load(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Sign (ECDSA P-256)", tpm -> sign(tpm, Templates.ECC_SIGNING_KEY)),
            new Row("Quote (ECC P-256)", tpm -> quote(tpm, Templates.ECC_ATTESTATION_KEY)),
            new Row("ECDH_ZGen (P-256)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.ECDH_KEY));
                return same(tpm, Commands.ecdhZGen(key, tpm.execute(Commands.ecdhKeyGen(key))));
            }),
            new Row("Load (RSA-2048)", tpm -> load(tpm, Templates.RSA_SIGNING_KEY)),
            new Row("Sign (RSASSA-2048)", tpm -> sign(tpm, Templates.RSA_SIGNING_KEY)),
            new Row("Quote (RSA-2048)", tpm -> quote(tpm, Templates.RSA_ATTESTATION_KEY)),
            new Row("RSA_Decrypt (OAEP, 2048)", tpm -> {
                int key = tpm.made(Commands.createPrimary(Templates.RSA_DECRYPTION_KEY));
                return same(tpm, Commands.rsaDecrypt(key, tpm.execute(Commands.rsaEncrypt(key))));
            }),
            new Row(
                    "CreatePrimary (RSA-2048)",
                    tpm -> createPrimary(tpm, turn -> Templates.rsaStorageKey(2048, turn))),
            new Row("Create (RSA-2048)", tpm -> create(tpm, Templates.RSA_SIGNING_KEY)),
            new Row(
                    "CreatePrimary (RSA-3072)",
                    tpm -> createPrimary(tpm, turn -> Templates.rsaStorageKey(3072, turn))));

    private Rows() {}

    private static Row.Operation same(Endpoint tpm, byte[] command) {
        return turn -> tpm.timed(command);
    }

    private static Row.Operation createPrimary(Endpoint tpm, IntFunction<String> template) {
        Numbered command = new Numbered(turn -> Commands.createPrimary(template.apply(turn)));
        return turn -> tpm.flush(tpm.timed(command.with(turn)).getInt());
    }

    private static Row.Operation create(Endpoint tpm, String template) throws IOException {
        int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
        return same(tpm, Commands.create(parent, "", template));
    }

    private static Row.Operation load(Endpoint tpm, String template) throws IOException {
        int parent = tpm.made(Commands.createPrimary(Templates.eccStorageKey(0)));
        byte[] command = Commands.load(parent, tpm.execute(Commands.create(parent, "", template)));
        return turn -> tpm.flush(tpm.timed(command).getInt());
    }

    private static Row.Operation sign(Endpoint tpm, String template) throws IOException {
        int key = tpm.made(Commands.createPrimary(template));
        Numbered command = new Numbered(turn -> Commands.sign(key, turn));
        return turn -> tpm.timed(command.with(turn));
    }

    private static Row.Operation quote(Endpoint tpm, String template) throws IOException {
        int key = tpm.made(Commands.createPrimary(template));
        Numbered command = new Numbered(turn -> Commands.quote(key, turn));
        return turn -> tpm.timed(command.with(turn));
    }

    /** Defines the index anew. TPM2_NV_UndefineSpace is refused where no earlier row or run has left it. */
    private static void defineIndex(Endpoint tpm) throws IOException {
        tpm.transmit(Commands.nvUndefineSpace(NV_INDEX));
        tpm.execute(Commands.nvDefineSpace(NV_INDEX, NV_SIZE));
    }
}
