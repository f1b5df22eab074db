package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.command.object.ObjectCommands;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HexFormat;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Saved contexts come back from software that may have changed, cut or padded them. TPMs were seen to take lengths inside a
 * context before its HMAC was checked; and libtpms refused the contexts of Windows, which sends every one back padded to
 * TPM_PT_MAX_OBJECT_CONTEXT bytes.
 */
class DamagedContextTest {
    private static final int INTEGRITY_OF_PARAMETER_1 = 0x1DF;
    private static final int SIZE = 0x095;
    /** TPM_RC_VALUE, INTEGRITY, INSUFFICIENT and SIZE, of parameter 1 or without location. */
    private static final Set<Integer> REFUSALS = Set.of(0x1C4, INTEGRITY_OF_PARAMETER_1, 0x1DA, 0x09A, 0x1D5, SIZE);

    private static final int LARGEST_OBJECT_CONTEXT = 2560;
    /** sequence, savedHandle, hierarchy, the size of the blob and that of the HMAC in it. */
    private static final int FIELDS_SIZE = 8 + 4 + 4 + 2 + 2;

    private final TestTpm tpm = TestTpm.started();

    /** What a context can be of. */
    enum Kind {
        KEY {
            @Override
            String start(TestTpm tpm) {
                return ObjectCommands.createStorageKey(tpm, "40000001");
            }
        },
        SEQUENCE {
            @Override
            String start(TestTpm tpm) {
                return ObjectCommands.handle(ObjectCommands.sendPlain(tpm, "00000186", "0000 000B"));
            }
        },
        SESSION {
            @Override
            String start(TestTpm tpm) {
                String body = "40000007 40000007 0010" + "5A".repeat(16) + "0000 00 0010 000B";
                return ObjectCommands.handle(ObjectCommands.sendPlain(tpm, "00000176", body));
            }
        };

        abstract String start(TestTpm tpm);
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedByteIsNoticed(Kind kind) {
        byte[] context = HexFormat.of().parseHex(saved(kind));
        for (int i = 0; i < context.length; i++) {
            for (int difference : new int[] {0x01, 0x80, 0xFF}) {
                context[i] ^= (byte) difference;
                int code = load(HexFormat.of().formatHex(context));
                if (i < FIELDS_SIZE) {
                    assertThat(REFUSALS).contains(code);
                } else {
                    assertThat(code).isEqualTo(INTEGRITY_OF_PARAMETER_1);
                }
                context[i] ^= (byte) difference;
            }
        }
        assertThat(load(HexFormat.of().formatHex(context))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyMissingEndIsNoticed(Kind kind) {
        String context = saved(kind);
        for (int digits = 0; digits < context.length(); digits += 2) {
            assertThat(load(context.substring(0, digits))).isEqualTo(0x1DA);
        }
        for (int digits = FIELDS_SIZE * 2; digits < context.length(); digits += 2) {
            String shorter = "%04X".formatted((digits - 36) / 2);
            String cut = context.substring(0, 32) + shorter + context.substring(36, digits);
            assertThat(REFUSALS).contains(load(cut));
        }
        assertThat(load(context)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void paddingIsTakenUpToTheSizeThatWindowsPadsTo(Kind kind) {
        String context = saved(kind);
        for (int size : new int[] {context.length() / 2 + 1, LARGEST_OBJECT_CONTEXT - 1, LARGEST_OBJECT_CONTEXT + 1}) {
            assertThat(load(padded(context, size))).isEqualTo(SIZE);
        }
        assertThat(load(padded(context, LARGEST_OBJECT_CONTEXT))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void paddingProtectsNoDamagedContext(Kind kind) {
        String context = saved(kind);
        String damaged = context.substring(0, context.length() - 2)
                + "%02X".formatted(Integer.parseInt(context.substring(context.length() - 2), 16) ^ 1);
        assertThat(load(padded(damaged, LARGEST_OBJECT_CONTEXT))).isEqualTo(INTEGRITY_OF_PARAMETER_1);
    }

    private String saved(Kind kind) {
        return ObjectCommands.sendPlain(tpm, "00000162", kind.start(tpm)).substring(20);
    }

    private int load(String context) {
        return tpm.code(ObjectCommands.command("8001", "00000161", context));
    }

    private static String padded(String context, int size) {
        return context + "00".repeat(size - context.length() / 2);
    }
}
