package dev.vtpmd.protocol.creation;

import dev.vtpmd.protocol.attribute.TpmaLocality;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.RoundTrip;
import dev.vtpmd.protocol.wire.TpmReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

final class TpmsCreationDataTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The TPM2B_CREATION_DATA that swtpm answers to tpm2_createek: a primary object of the endorsement hierarchy. */
    @Test
    void aPrimaryObjectHasAHierarchyAsItsParent() {
        byte[] recorded = HEX.parseHex("0037" + "00000000"
                + "0020e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                + "01" + "0010" + "00044000000b" + "00044000000b" + "0000");

        TpmsCreationData data = new TpmReader(recorded, AlgorithmProfile.DEFAULT).sized(TpmsCreationData::read);

        assertThat(data.pcrSelect().pcrSelections()).isEmpty();
        assertThat(data.pcrDigest().size()).isEqualTo(32);
        assertThat(data.locality()).isEqualTo(TpmaLocality.of(0));
        assertThat(data.parentNameAlg()).isEqualTo(TpmiAlgHash.NULL);
        assertThat(data.parentName().toByteArray()).isEqualTo(HEX.parseHex("4000000b"));
        assertThat(data.parentQualifiedName().toByteArray()).isEqualTo(HEX.parseHex("4000000b"));
        assertThat(data.outsideInfo().isEmpty()).isTrue();
    }

    /** The TPM2B_CREATION_DATA that swtpm answers to tpm2_createak: an object with the endorsement key as its parent. */
    @Test
    void anOrdinaryObjectHasAnObjectAsItsParent() {
        String name = "000b3a0ae2083e03538dea634f973a41bb97f1c98d4e4773b8753dbceb6ca1cbaad2";
        String qualifiedName = "000b46551b437ce5a522780e4106725ac95f2c0f4c3495a834e4b9ae9216102cb36e";
        byte[] recorded = HEX.parseHex("0073" + "00000000"
                + "0020e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                + "01" + "000b" + "0022" + name + "0022" + qualifiedName + "0000");

        TpmsCreationData data = new TpmReader(recorded, AlgorithmProfile.DEFAULT).sized(TpmsCreationData::read);

        assertThat(data.parentNameAlg()).isEqualTo(TpmiAlgHash.SHA256);
        assertThat(data.parentName().toByteArray()).isEqualTo(HEX.parseHex(name));
        assertThat(data.parentQualifiedName().toByteArray()).isEqualTo(HEX.parseHex(qualifiedName));
    }

    @Property(tries = 30)
    @Domain(CreationSamples.class)
    void roundTrip(@ForAll TpmsCreationData value) {
        RoundTrip.check(value, TpmsCreationData::read, TpmsCreationData::write);
    }
}
