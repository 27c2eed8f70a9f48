package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.keepalived.KeepalivedConf;

class RouterSetTest {
    @TempDir
    private Path directory;

    private List<RouterConfig> read(RouterSet routers) throws IOException {
        Path file = Files.writeString(directory.resolve("vrrp.conf"), routers.configuration());
        KeepalivedConf conf = KeepalivedConf.read(file);
        assertThat(conf.hasErrors()).isFalse();
        return conf.nodeConfig().routers();
    }

    @Test
    void theConfigurationSaysTheSameToAll() throws IOException {
        RouterSet routers = new RouterSet(1, 250, 100, Duration.ofMillis(10), List.of("eth0"));
        assertThat(read(routers)).hasSize(250).allSatisfy(router -> {
            assertThat(router.priority()).isEqualTo(100);
            assertThat(router.advertisementInterval()).isEqualTo(Duration.ofMillis(10));
        });
    }

    @Test
    void noTwoRoutersOfManyLinksHaveAnAddressInCommon() throws IOException {
        RouterSet routers = new RouterSet(1, 250, 150, Duration.ofSeconds(1), List.of("eth0", "eth1", "eth2"));
        assertThat(read(routers).stream().map(router -> router.addresses().get(0)))
                .hasSize(routers.count())
                .doesNotHaveDuplicates();
    }

    @Test
    void theLimitIsThatOfTheStandard() {
        RouterSet routers = RouterSet.one(51, 100, Duration.ofMillis(100));
        assertThat(routers.skew()).isEqualTo(Duration.ofNanos(60_937_500));
        assertThat(routers.masterDown()).isEqualTo(Duration.ofNanos(360_937_500));
    }
}
