package dev.vtpmd.daemon.certificate;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The record was written by the script beside it after {@code docs/state-format.md}, not by vtpmd; it never changes. */
class AuthorityRecordTest {
    private static byte[] golden() throws IOException {
        try (InputStream in = AuthorityRecordTest.class.getResourceAsStream("authority-record-1")) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsVersion1() throws IOException {
        Authority authority = AuthorityRecord.decode(golden());

        assertThat(((ECPrivateKey) authority.key()).getS()).isEqualTo(BigInteger.valueOf(42));
        assertThat(authority.location()).contains("http://ca.example.com/ca.cer");
        assertThat(authority.chain())
                .extracting(each -> each.getSubject().toString())
                .containsExactly("CN=host1", "CN=root");
        assertThat(authority.former())
                .extracting(each -> each.getSubject().toString())
                .containsExactly("CN=vtpmd CA 1");
    }

    @Test
    void whatItWritesItReads() throws IOException {
        Authority authority = AuthorityRecord.decode(golden());
        Authority again = AuthorityRecord.decode(AuthorityRecord.encode(authority));
        assertThat(again.chain()).isEqualTo(authority.chain());
        assertThat(again.former()).isEqualTo(authority.former());
        assertThat(again.location()).isEqualTo(authority.location());
        assertThat(again.key().getEncoded()).isEqualTo(authority.key().getEncoded());
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] record = golden();
        for (int size : new int[] {0, 1, 2, 10, 200, record.length - 1}) {
            assertThatThrownBy(() -> AuthorityRecord.decode(Arrays.copyOf(record, size)))
                    .isInstanceOf(IOException.class);
        }
    }
}
