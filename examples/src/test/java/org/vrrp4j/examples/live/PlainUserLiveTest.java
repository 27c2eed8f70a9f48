package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.libc.Capability;

/** An ordinary user with ambient CAP_NET_ADMIN and CAP_NET_RAW, and with less than that. */
class PlainUserLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final Set<Capability> BOTH = Capability.OF_EVERY_NODE;

    @ParameterizedTest
    @ValueSource(strings = {PlainUser.NOBODY, PlainUser.ROOT})
    @DisplayName("a user with the two capabilities and no others holds an address and gives it back")
    void twoCapabilitiesAreEnough(String number) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            PlainUser user = PlainUser.on(hosts, hosts.a, number);
            String file = hosts.a.write(
                    "user.conf", Configuration.of(Protocol.V3_100_MS, 150).text());
            LabProcess process = hosts.a.start(user.command(BOTH, "run", file));
            RouterProcess router = RouterProcess.ours(process);
            router.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(hosts.a, VIP);
            assertThat(hosts.client.resolve(VIP)).isPresent();

            String status = hosts.a.run("sh", "-c", "cat $(grep -l '^Name:.java' /proc/[0-9]*/status | tail -n 1)");
            assertThat(status)
                    .contains("Uid:\t" + number + "\t", "CapEff:\t0000000000003000", "CapBnd:\t0000000000003000")
                    .contains("CapAmb:\t000000000000" + (number.equals(PlainUser.ROOT) ? "0000" : "3000"));

            hosts.a.run("ip", "address", "delete", VIP + "/24", "dev", "eth0");
            router.awaitLine("the address " + VIP + " had been removed; put back and announced");
            hosts.awaitHolder(hosts.a, VIP);

            assertThat(router.stop()).isZero();
            assertThat(hosts.a.holds(VIP)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Capability.class,
            names = {"CAP_NET_ADMIN", "CAP_NET_RAW"})
    @DisplayName("each missing right has one message with operation, capability and remedy, and exit code 3")
    void eachMissingRight(Capability missing) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            PlainUser user = PlainUser.on(hosts, hosts.a);
            String file = hosts.a.write(
                    "user.conf", Configuration.of(Protocol.V3_100_MS, 150).text());
            Set<Capability> others = EnumSet.copyOf(BOTH);
            others.remove(missing);

            LabProcess run = hosts.a.start(user.command(others, "run", file));
            assertThat(run.awaitExit(RouterProcess.PATIENCE)).as(run.errors()).isEqualTo(3);
            assertThat(run.errors().lines().filter(line -> line.contains("lacks")))
                    .singleElement()
                    .asString()
                    .contains("lacks " + missing + ";", "it cannot " + missing.operation(), "AmbientCapabilities=")
                    .contains("setpriv --reuid=", "cap_add: [NET_RAW, NET_ADMIN]");
            assertThat(run.errors()).doesNotContain("\tat ");

            LabProcess doctor = hosts.a.start(user.command(others, "doctor", file));
            assertThat(doctor.awaitExit(RouterProcess.PATIENCE))
                    .as(doctor.errors())
                    .isEqualTo(3);
            assertThat(doctor.output())
                    .containsPattern("problem +rights +" + missing + ": this process lacks " + missing)
                    .contains("--cap-add=" + missing.name().substring("CAP_".length()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("the doctor finds nothing wrong with the two capabilities, and says what it cannot check without them")
    void doctor() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            PlainUser user = PlainUser.on(hosts, hosts.a);
            String file = hosts.a.write(
                    "user.conf", Configuration.of(Protocol.V3_100_MS, 150).text());
            LabProcess able = hosts.a.start(user.command(BOTH, "doctor", file));
            assertThat(able.awaitExit(RouterProcess.PATIENCE))
                    .as(able.output() + able.errors())
                    .isZero();
            assertThat(able.output()).contains("CAP_NET_RAW: in force (ambient)", "self-test", "passes");

            LabProcess unable = hosts.a.start(user.command(EnumSet.noneOf(Capability.class), "doctor", file));
            assertThat(unable.awaitExit(RouterProcess.PATIENCE)).isEqualTo(3);
            assertThat(unable.output())
                    .containsPattern("unchecked +firewall +nft: the rules cannot be read")
                    .containsPattern("unchecked +wire +without CAP_NET_RAW")
                    .containsPattern("ok +interface +eth0");
        }
    }
}
