package dev.vtpmd.engine.command.duplication;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.object.ObjectCommands;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Import, TPM2_Duplicate and TPM2_Rewrap (Part 1, 23.3; Part 3, 13); the codes are those of swtpm 0.7.1. */
class ImportTest {
    private static final String PASSWORD = "00000009 40000009 0000 01 0000";

    /** The generator of P-256, which is the public key of the scalar 1 (SEC 2, 2.4.2). */
    private static final String PUBLIC_POINT = "0020 6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
            + "0020 4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5";

    private static final String PUBLIC = "0056 0023 000B 00040040 0000 0010 0010 0003 0010" + PUBLIC_POINT;

    private final TestTpm tpm = TestTpm.started();
    private final String parent = ObjectCommands.createStorageKey(tpm, "40000001");

    @Test
    void importsAKeyThatIsNotWrapped() {
        String response = ObjectCommands.send(tpm, "00000156", plainImport(sensitive("01")));
        String outPrivate = ObjectCommands.sized(response, 28, 1).getFirst();
        String key = ObjectCommands.load(tpm, parent, List.of(outPrivate, PUBLIC));
        String publicArea = ObjectCommands.sendPlain(tpm, "00000173", key);
        assertThat(publicArea.substring(20)).startsWith(PUBLIC.replace(" ", ""));
    }

    @Test
    void refusesAScalarThatIsNotThePublicKeys() {
        assertThat(code(plainImport(sensitive("02")))).isEqualTo(0x0A5);
    }

    /** Which no command can use: loading it is refused. */
    @Test
    void importsAnRsaKeyWhosePrimeDoesNotDivideTheModulus() {
        String area = "0096 0001 000B 00020040 0000 0010 0010 0400 00000000 0080" + "C1".repeat(128);
        String duplicate = "004A 0048 0001 0000 0000 0040" + "FF".repeat(64);
        String body = parent + PASSWORD + "0000" + area + duplicate + "0000 0010";
        String outPrivate = ObjectCommands.sized(ObjectCommands.send(tpm, "00000156", body), 28, 1)
                .getFirst();
        assertThat(tpm.code(ObjectCommands.command("8002", "00000157", parent + PASSWORD + outPrivate + area)))
                .isEqualTo(0x0A5);
    }

    @Test
    void refusesAnInnerWrapperThatIsNone() {
        String key = "0010" + "AA".repeat(16);
        String body = parent + PASSWORD + key + PUBLIC + sensitive("01") + "0000" + "0006 0080 0043";
        assertThat(code(body)).isEqualTo(0x3D5);
    }

    @Test
    void refusesAKeyWithoutAnAlgorithmAndAnAlgorithmWithoutAKey() {
        assertThat(code(parent + PASSWORD + "0001 AA" + PUBLIC + sensitive("01") + "0000 0010"))
                .isEqualTo(0x1D5);
        assertThat(code(parent + PASSWORD + "0000" + PUBLIC + sensitive("01") + "0000 0006 0080 0043"))
                .isEqualTo(0x1D5);
    }

    @Test
    void importsWhatRewrapHasWrappedForTheParent() {
        String key = ObjectCommands.load(tpm, parent, List.of(imported(), PUBLIC));
        String name = ObjectCommands.sized(ObjectCommands.sendPlain(tpm, "00000173", key), 20, 2)
                .get(1);
        String rewrap = "40000007" + parent + PASSWORD + sensitive("01") + name + "0000";
        List<String> wrapped = ObjectCommands.sized(ObjectCommands.send(tpm, "00000152", rewrap), 28, 2);
        String body = parent + PASSWORD + "0000" + PUBLIC + wrapped.get(0) + wrapped.get(1) + "0010";
        assertThat(code(body)).isZero();
        String otherName = body.replace("00040040", "00040060");
        assertThat(code(otherName)).isEqualTo(0x3DF);
    }

    @Test
    void duplicationNeedsAPolicy() {
        String key = ObjectCommands.load(tpm, parent, List.of(imported(), PUBLIC));
        assertThat(tpm.code(ObjectCommands.command("8002", "0000014B", key + "40000007" + PASSWORD + "0000 0010")))
                .isEqualTo(0x124);
    }

    private String imported() {
        String response = ObjectCommands.send(tpm, "00000156", plainImport(sensitive("01")));
        return ObjectCommands.sized(response, 28, 1).getFirst();
    }

    private String plainImport(String duplicate) {
        return parent + PASSWORD + "0000" + PUBLIC + duplicate + "0000 0010";
    }

    /** TPM2B_PRIVATE with a TPM2B_SENSITIVE: ECC, no authValue, no seedValue, a scalar that ends in this byte. */
    private static String sensitive(String lastByte) {
        return "002A 0028 0023 0000 0000 0020" + "00".repeat(31) + lastByte;
    }

    private int code(String body) {
        return tpm.code(ObjectCommands.command("8002", "00000156", body));
    }
}
