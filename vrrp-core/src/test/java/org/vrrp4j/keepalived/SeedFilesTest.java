package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpVersion;

/** The pair of files that an existing installation has. */
class SeedFilesTest {

    static String text(String name) throws IOException {
        try (InputStream input = SeedFilesTest.class.getResourceAsStream("/" + name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void firstFileGivesTwoRoutersWithTheFirstPreferred() throws IOException {
        KeepalivedConf conf = KeepalivedConf.parse("lb01.conf", text("lb01.conf"));

        assertThat(conf.nodeConfig().name()).isEqualTo("LVS_lb01");
        List<RouterConfig> routers = conf.nodeConfig().routers();
        assertThat(routers).hasSize(2);
        assertRouter(routers.get(0), "VI_1", 51, 150, "192.0.2.103/24", "eth0:1");
        assertRouter(routers.get(1), "VI_2", 52, 100, "192.0.2.104/24", "eth0:2");
    }

    @Test
    void secondFileGivesTwoRoutersWithTheSecondPreferred() throws IOException {
        KeepalivedConf conf = KeepalivedConf.parse("lb02.conf", text("lb02.conf"));

        assertThat(conf.nodeConfig().name()).isEqualTo("LVS_lb02");
        List<RouterConfig> routers = conf.nodeConfig().routers();
        assertThat(routers).hasSize(2);
        assertRouter(routers.get(0), "VI_1", 51, 100, "192.0.2.103/24", "eth0:1");
        assertRouter(routers.get(1), "VI_2", 52, 150, "192.0.2.104/24", "eth0:2");
    }

    @Test
    void nothingIsReported() throws IOException {
        for (String name : List.of("lb01.conf", "lb02.conf")) {
            KeepalivedConf conf = KeepalivedConf.parse(name, text(name));

            assertThat(conf.hasErrors()).isFalse();
            assertThat(conf.problems()).isEmpty();
        }
    }

    private static void assertRouter(
            RouterConfig router, String name, int vrid, int priority, String address, String label) {
        assertThat(router.name()).isEqualTo(name);
        assertThat(router.id()).isEqualTo(new RouterId("eth0", vrid, IpFamily.IPV4));
        assertThat(router.version()).isEqualTo(VrrpVersion.V2);
        assertThat(router.priority()).isEqualTo(priority);
        assertThat(router.preempt()).isTrue();
        assertThat(router.advertisementInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(router.downTimerAdverts()).isEqualTo(3);
        assertThat(router.authentication()).isEqualTo(Authentication.simplePassword("1111"));
        assertThat(router.checksumForm()).isEqualTo(ChecksumForm.PSEUDO_HEADER);
        assertThat(router.addresses())
                .containsExactly(VirtualAddress.parse(address).onDevice("eth0").withLabel(label));
        assertThat(router.announcements()).isEqualTo(AnnouncementSchedule.DEFAULT);
        assertThat(router.conflictAnnouncements())
                .isEqualTo(new AnnouncementSchedule(AnnouncementSchedule.DEFAULT.offsets(), Duration.ZERO));
    }
}
