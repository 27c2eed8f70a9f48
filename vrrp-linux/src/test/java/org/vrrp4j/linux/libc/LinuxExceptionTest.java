package org.vrrp4j.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinuxExceptionTest {
    private static final Set<Capability> NONE = EnumSet.noneOf(Capability.class);
    private static final Set<Capability> BOTH = Capability.OF_EVERY_NODE;

    @Test
    void messageNamesOperationAndError() {
        LinuxException e = new LinuxException("RTM_NEWADDR 192.0.2.100/32 dev eth0", 17);
        assertThat(e).hasMessage("RTM_NEWADDR 192.0.2.100/32 dev eth0 failed with EEXIST (17): File exists");
        assertThat(e.is(Errno.EEXIST)).isTrue();
        assertThat(e.errno()).isEqualTo(17);
        assertThat(e.operation()).startsWith("RTM_NEWADDR");
    }

    @Test
    void unlistedErrorsKeepTheirNumber() {
        assertThat(new LinuxException("bind", 122)).hasMessage("bind failed with errno 122");
    }

    @Test
    void refusedRightComesWithARemedy() {
        assertThat(new LinuxException("socket", 1).getMessage()).contains("EPERM (1)", "CAP_NET_RAW", "CAP_NET_ADMIN");
        assertThat(new LinuxException("socket", 97).getMessage()).contains("RestrictAddressFamilies");
    }

    @Test
    void remedyNamesExactlyWhatIsMissing() {
        assertThat(Capability.remedy(NONE, BOTH))
                .startsWith("this process lacks CAP_NET_ADMIN and CAP_NET_RAW;")
                .contains("AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN", "setpriv", "cap_add: [NET_RAW, NET_ADMIN]");
        assertThat(Capability.remedy(EnumSet.of(Capability.CAP_NET_RAW), BOTH))
                .startsWith("this process lacks CAP_NET_ADMIN;");
        assertThat(Capability.remedy(BOTH, BOTH))
                .startsWith("CAP_NET_ADMIN and CAP_NET_RAW are in force, so something else refuses");
        assertThat(Capability.remedy(BOTH, EnumSet.of(Capability.CAP_SYS_ADMIN)))
                .startsWith("this process lacks CAP_SYS_ADMIN; it cannot open sockets in another network namespace;")
                .contains("AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN CAP_SYS_ADMIN;")
                .contains("--ambient-caps=+net_raw,+net_admin,+sys_admin ", "[NET_RAW, NET_ADMIN, SYS_ADMIN]");
        assertThat(Capability.missing(BOTH, BOTH)).isEmpty();
    }

    @Test
    void capabilitiesAreReadFromTheProcessStatus() throws Exception {
        assertThat(Capability.parse(List.of("Name:\tjava", "CapEff:\t0000000000003000")))
                .isEqualTo(BOTH);
        assertThat(Capability.parse(List.of("CapEff:\t000001ffffffdfff")))
                .containsExactly(
                        Capability.CAP_NET_ADMIN,
                        Capability.CAP_SYS_ADMIN,
                        Capability.CAP_SYS_NICE,
                        Capability.CAP_IPC_LOCK);
        assertThat(Capability.parse(List.of("CapPrm:\t0000000000003000", "CapEff:\t0000000000000000")))
                .isEmpty();
        assertThatThrownBy(() -> Capability.parse(List.of("Name:\tjava"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Capability.parse(List.of("CapEff:\tx"))).isInstanceOf(IOException.class);
    }

    @Test
    void hostWithoutNeedsIsAvailable() {
        assertThat(LinuxHost.unavailabilityCause(NONE)).isEmpty();
    }
}
