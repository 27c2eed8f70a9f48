package org.vrrp4j.examples.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdSessions;
import org.vrrp4j.model.BfdState;
import org.vrrp4j.model.BfdStatus;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.SendingAhead;

class BfdStatusTest {
    private static final RouterConfig CONFIG = RouterConfig.builder("eth0", 51)
            .address(VirtualAddress.parse("192.0.2.100"))
            .build();

    private static BfdStatus session(BfdState state, BfdDiagnostic diagnostic) {
        InetAddress neighbor = IpAddresses.parse("2001:db8::7").orElseThrow();
        return new BfdStatus(
                "gw",
                neighbor,
                state,
                Instant.EPOCH,
                diagnostic,
                state,
                BfdDiagnostic.NONE,
                -2,
                7,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                100,
                99,
                1,
                2,
                Map.of(BfdRejectionReason.TTL, 3L, BfdRejectionReason.VERSION, 4L));
    }

    private static NodeStatus node(BfdSessions sessions) {
        RouterStatus router = new RouterStatus(
                CONFIG.id(),
                "VI_1",
                Role.BACKUP,
                Cause.MASTER_DOWN,
                Instant.EPOCH,
                7,
                150,
                150,
                Duration.ofSeconds(1),
                List.of(),
                false,
                Optional.empty(),
                0,
                Set.of(),
                new RouterStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, Map.of(), Map.of()));
        return new NodeStatus(
                "n", List.of(router), List.of(), List.of(), Map.of(), Optional.empty(), SendingAhead.OFF, sessions);
    }

    @Test
    void tableHasALineForEachSession() {
        NodeStatus up = node(new BfdSessions(List.of(session(BfdState.UP, BfdDiagnostic.NONE)), Map.of()));
        assertThat(StatusTable.text(up, Optional.empty(), Instant.ofEpochSecond(5))
                        .lines())
                .contains(
                        "bfd gw 2001:db8::7 is Up (neighbour Up, detection time 50.0 ms), for 5 s; sent 100, heard 99,"
                                + " rejected 7");
        NodeStatus down =
                node(new BfdSessions(List.of(session(BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED)), Map.of()));
        assertThat(StatusTable.text(down, Optional.empty(), Instant.ofEpochSecond(5)))
                .contains("bfd gw 2001:db8::7 is Down (no packet within the detection time), for 5 s;");
        assertThat(StatusTable.text(node(BfdSessions.NONE), Optional.empty(), Instant.EPOCH))
                .doesNotContain("bfd");
    }

    @Test
    void jsonHasTheSessionsOfTheNodeAtEachRouter() {
        NodeStatus up = node(new BfdSessions(List.of(session(BfdState.UP, BfdDiagnostic.NONE)), Map.of()));
        assertThat(KeepalivedJson.text(up, name -> CONFIG, Optional.empty()))
                .contains("\"bfd\":[{\"name\":\"gw\",\"neighbor\":\"2001:db8::7\",\"state\":\"Up\","
                        + "\"since\":\"1970-01-01T00:00:00Z\",\"diagnostic\":\"NONE\",\"remote_state\":\"Up\","
                        + "\"remote_diagnostic\":\"NONE\",\"local_discriminator\":4294967294,"
                        + "\"remote_discriminator\":7,\"transmit_interval_us\":10000,\"detection_time_us\":50000,"
                        + "\"sent\":100,\"received\":99,\"send_failures\":1,\"times_up\":2,"
                        + "\"rejections\":{\"VERSION\":4,\"TTL\":3}}]");
        assertThat(KeepalivedJson.text(node(BfdSessions.NONE), name -> CONFIG, Optional.empty()))
                .doesNotContain("bfd");
    }
}
