package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MappingTest {
    /** From /proc/PID/smaps of a Java, shortened. */
    private static final String SMAPS = """
            800001000-8014fe000 rw-p 00001000 fe:00 2482218                          /opt/vtpmd/lib/vtpmd.aot
            Rss:               21364 kB
            Anonymous:         19864 kB
            VmFlags: rd wr mr mw me ac sd
            8014fe000-802e7e000 r--p 014fe000 fe:00 2482218                          /opt/vtpmd/lib/vtpmd.aot
            Rss:               26112 kB
            Anonymous:             0 kB
            VmFlags: rd mr mw me sd
            802e7e000-802e80000 r--p 02e7e000 fe:00 2482218                          /opt/vtpmd/lib/vtpmd.aot
            Anonymous:             8 kB
            7f9a68300000-7f9a68400000 r--p 00000000 fe:00 17                         /usr/lib/libjvm.so
            Anonymous:            16 kB
            7f9a68400000-7f9a69400000 r-xp 00100000 fe:00 17                         /usr/lib/libjvm.so
            Anonymous:             0 kB
            7f9a69400000-7f9a69480000 r-xp 00100000 fe:00 23                         /usr/lib/libc.so.6
            Anonymous:             0 kB
            7f9a69500000-7f9a69600000 r--p 00000000 fe:00 29                         /var/lib/vtpmd/register
            Anonymous:             0 kB
            7f9a69600000-7f9a69700000 r--s 00000000 fe:00 31                         /usr/share/java/libshared.so
            Anonymous:             0 kB
            7ffc0b5f0000-7ffc0b5f4000 r--p 00000000 00:00 0                          [vvar]
            Anonymous:             0 kB
            7ffc0b5f4000-7ffc0b5f6000 r-xp 00000000 00:00 0                          [vdso]
            Anonymous:             0 kB
            """;

    @Test
    void findsWhatIsInTheFileAsItIsInMemory() {
        assertThat(Mapping.ofPrograms(SMAPS.lines().toList()))
                .containsExactly(
                        new Mapping(0x8014fe000L, 0x802e7e000L),
                        new Mapping(0x7f9a68400000L, 0x7f9a69400000L),
                        new Mapping(0x7f9a69400000L, 0x7f9a69480000L));
        assertThat(Mapping.ofPrograms(List.of())).isEmpty();
    }
}
