package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthTest {
    private static final long MEBIBYTE = 1 << 20;

    private final Growth growth = new Growth(8 * MEBIBYTE);

    @Test
    void beginsAtNothing() {
        assertThat(growth.to(9 * MEBIBYTE)).isTrue();
    }

    @Test
    void countsFromWhatIsNeeded() {
        growth.begin(60 * MEBIBYTE);
        assertThat(growth.to(62 * MEBIBYTE)).isFalse();
        assertThat(growth.to(68 * MEBIBYTE)).isFalse();
        assertThat(growth.to(69 * MEBIBYTE)).isTrue();
        growth.begin(69 * MEBIBYTE);
        assertThat(growth.to(69 * MEBIBYTE)).isFalse();
    }

    @Test
    void noticesWhatIsTakenAfterSomethingHasGone() {
        growth.begin(100 * MEBIBYTE);
        assertThat(growth.to(60 * MEBIBYTE)).isFalse();
        assertThat(growth.to(80 * MEBIBYTE)).isTrue();
    }
}
