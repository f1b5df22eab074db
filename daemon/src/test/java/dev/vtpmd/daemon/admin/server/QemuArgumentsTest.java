package dev.vtpmd.daemon.admin.server;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class QemuArgumentsTest {
    @Test
    void commasInTheSocketsPathAreDoubledForQemu() {
        assertThat(QemuArguments.forSocket("/run/a,b/c.sock")).contains("socket,id=chrtpm,path=/run/a,,b/c.sock");
    }
}
