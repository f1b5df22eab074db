package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.TpmIdentity;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.swtpm.ControlReply;
import dev.vtpmd.protocol.swtpm.ControlReply.InfoPiece;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The JSON text with which GET_INFO describes a TPM, in swtpm's members and spelling, which tools take apart as text. */
public final class TpmDescription {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Its manufacturer as certificates have it (EK Credential Profile, 3.1.2): {@code id:} and TPM_PT_MANUFACTURER in hexadecimal. */
    public static final String MANUFACTURER =
            "id:" + HEX.formatHex(TpmIdentity.MANUFACTURER.getBytes(StandardCharsets.US_ASCII));
    /** Its model. */
    public static final String MODEL = "vtpmd";
    /** Its version: {@code id:} and TPM_PT_FIRMWARE_VERSION_1 in hexadecimal. */
    public static final String VERSION = "id:" + HEX.toHexDigits(TpmIdentity.FIRMWARE_VERSION_1);

    private static final int SPECIFICATION = 0x01;
    private static final int ATTRIBUTES = 0x02;
    private static final int FEATURES = 0x04;
    private static final int ACTIVE_PROFILE = 0x20;
    /** The flag for the profiles that this release has. */
    public static final int AVAILABLE_PROFILES = 0x40;

    private final AlgorithmProfile profile;

    /** The description of a TPM with this profile. */
    public TpmDescription(AlgorithmProfile profile) {
        this.profile = profile;
    }

    /** The members that the bits of {@code flags} choose; bits without a member are ignored. */
    public String text(long flags) {
        List<String> members = new ArrayList<>();
        if ((flags & SPECIFICATION) != 0) {
            members.add("\"TPMSpecification\":{\"family\":\"" + TpmIdentity.FAMILY + "\",\"level\":" + TpmIdentity.LEVEL
                    + ",\"revision\":" + TpmIdentity.REVISION + "}");
        }
        if ((flags & ATTRIBUTES) != 0) {
            members.add("\"TPMAttributes\":{\"manufacturer\":\"" + MANUFACTURER + "\",\"version\":\"" + VERSION
                    + "\",\"model\":\"" + MODEL + "\"}");
        }
        if ((flags & FEATURES) != 0) {
            members.add("\"TPMFeatures\":{\"RSAKeySizes\":" + sizes(profile.keyBits(TpmAlgId.RSA)) + camellia() + "}");
        }
        if ((flags & ACTIVE_PROFILE) != 0) {
            members.add("\"ActiveProfile\":{\"Name\":\"" + profile.name() + "\"}");
        }
        if ((flags & AVAILABLE_PROFILES) != 0) {
            members.add(AlgorithmProfile.names().stream()
                    .map(name -> "{\"Name\":\"" + name + "\"}")
                    .collect(Collectors.joining(",", "\"AvailableProfiles\":[", "]")));
        }
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private String camellia() {
        return profile.offers(TpmAlgId.CAMELLIA)
                ? ",\"CamelliaKeySizes\":" + sizes(profile.keyBits(TpmAlgId.CAMELLIA))
                : "";
    }

    private static String sizes(Collection<Integer> bits) {
        return bits.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** The reply with the piece of the text and its NUL that begins at {@code offset}, unsigned. */
    ControlReply piece(long flags, int offset) {
        byte[] text = (text(flags) + '\0').getBytes(StandardCharsets.UTF_8);
        if (Integer.compareUnsigned(offset, text.length - 1) >= 0) {
            return new ControlReply.Result(ControlResult.BAD_PARAMETER);
        }
        return new InfoPiece(
                text.length, Arrays.copyOfRange(text, offset, Math.min(text.length, offset + InfoPiece.LONGEST)));
    }
}
