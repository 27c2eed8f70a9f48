package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabLiveTest {
    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        lab = LiveTests.openLab();
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void hostsOnOneSwitchAnswerEachOther() throws IOException {
        LabHost a = lab.addHost("a", "192.0.2.1/24", "2001:db8::1/64");
        LabHost b = lab.addHost("b", "192.0.2.2/24", "2001:db8::2/64");

        assertThat(b.resolve("192.0.2.1")).contains("02:00:00:00:00:01");
        assertThat(a.resolve("2001:db8::2")).contains("02:00:00:00:00:02");
        assertThat(a.resolve("192.0.2.77")).isEmpty();
        assertThat(a.addresses("eth0"))
                .containsExactlyInAnyOrder("192.0.2.1/24", "2001:db8::1/64", "fe80::ff:fe00:1/64");
        assertThat(a.holds("192.0.2.1")).isTrue();
        assertThat(a.holds("192.0.2.2")).isFalse();
        assertThat(lab.hosts()).containsExactly(a, b);
    }

    @Test
    void threeHostsAreMadeInLessThanASecond() throws IOException {
        long start = System.nanoTime();
        try (Lab other = Lab.open()) {
            other.addHost("a", "192.0.2.1/24");
            other.addHost("b", "192.0.2.2/24");
            other.addHost("c", "192.0.2.3/24");
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("a lab of three hosts, opened and closed: " + taken.toMillis() + " ms");
        assertThat(taken).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void partitionedHostKeepsItsCarrierAndReachesNobody() throws IOException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        LabHost b = lab.addHost("b", "192.0.2.2/24");
        a.partition();
        assertThat(a.resolve("192.0.2.2")).isEmpty();
        assertThat(b.resolve("192.0.2.1")).isEmpty();
        assertThat(a.run("cat", "/sys/class/net/eth0/carrier")).isEqualTo("1\n");
        a.heal();
        assertThat(a.resolve("192.0.2.2")).isPresent();
    }

    @Test
    void hostsCutOffTogetherReachEachOtherOnly() throws IOException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        LabHost b = lab.addHost("b", "192.0.2.2/24");
        lab.addHost("c", "192.0.2.3/24");
        lab.partition(a, b);
        assertThat(a.resolve("192.0.2.2")).isPresent();
        assertThat(a.resolve("192.0.2.3")).isEmpty();
        lab.heal();
        assertThat(a.resolve("192.0.2.3")).isPresent();
    }

    @Test
    void unpluggedHostLosesItsCarrier() throws IOException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        lab.addHost("b", "192.0.2.2/24");
        a.unplug();
        assertThat(a.run("cat", "/sys/class/net/eth0/carrier")).isEqualTo("0\n");
        a.plug();
        assertThat(a.run("cat", "/sys/class/net/eth0/carrier")).isEqualTo("1\n");
        assertThat(a.resolve("192.0.2.2")).isPresent();
    }

    @Test
    void switchesAreApart() throws IOException {
        LabSwitch back = lab.addSwitch("back");
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        LabHost b = lab.addHost("b", back, "192.0.2.2/24");
        assertThat(a.resolve("192.0.2.2")).isEmpty();

        assertThat(b.addInterface(lab.switches().get(0), "192.0.2.22/24")).isEqualTo("eth1");
        assertThat(a.resolve("192.0.2.22")).isPresent();
        b.unplug("eth1");
        assertThat(a.resolve("192.0.2.22")).isEmpty();
    }

    @Test
    void labsAreApart() throws IOException {
        LabHost a = lab.addHost("a", "192.0.2.1/24");
        try (Lab other = Lab.open()) {
            LabHost b = other.addHost("a", "192.0.2.2/24");
            assertThat(b.resolve("192.0.2.1")).isEmpty();
            assertThatThrownBy(() -> other.addHost("c", lab.switches().get(0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(a.holds("192.0.2.1")).isTrue();
    }

    @Test
    void wrongNamesAndAddressesAreRefused() throws IOException {
        lab.addHost("a");
        assertThatThrownBy(() -> lab.addHost("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lab.addHost("A;reboot")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lab.addHost("b", "192.0.2.1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lab.addSwitch("port1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lab.addHost("b", "192.0.2.300/24")).isInstanceOf(IOException.class);
    }

    @Test
    void rootCanEnterANetworkNamespaceByItsFile() throws IOException {
        LabHost a = lab.addHost("a");
        if (!lab.isUserNamespace()) {
            assertThat(Files.exists(a.networkNamespace())).isTrue();
        }
    }
}
