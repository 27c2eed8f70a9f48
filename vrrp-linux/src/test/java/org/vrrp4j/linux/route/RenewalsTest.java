package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.spi.AddressClaim;

/** What the kernel is asked for when leases are renewed. */
class RenewalsTest {
    private static final AddressClaim CLAIM =
            BackendRig.claim(51, "192.0.2.100/24", "192.0.2.101/24", "192.0.2.102/24");
    private static final AddressClaim OTHER = BackendRig.claim(52, "198.51.100.9/24");

    private BackendRig rig;

    @BeforeEach
    void hold() throws IOException {
        rig = new BackendRig();
        rig.hold(CLAIM);
        rig.hold(OTHER);
    }

    private List<NetlinkMessage> requests() {
        return rig.kernel.requests().requests();
    }

    private void renew(AddressClaim... claims) {
        for (AddressClaim claim : claims) {
            rig.backend.renew(claim);
        }
        rig.loop.runTasks();
    }

    @Test
    void theLeaseOfAllAddressesIsExtendedAtOnceAndNoAnswerIsAskedFor() {
        int before = requests().size();
        assertThat(rig.kernel.requests().batches()).isZero();
        renew(CLAIM);
        assertThat(rig.kernel.requests().batches()).isEqualTo(1);
        assertThat(requests().subList(before, requests().size()))
                .hasSize(3)
                .allMatch(request -> request.type() == AddressMessage.RTM_NEWADDR)
                .extracting(NetlinkMessage::flags)
                .containsOnly(0x101);
        rig.loop.turn();
        assertThat(rig.heard.heard()).isEmpty();
    }

    @Test
    void renewalsOfOneTurnGoToTheKernelTogetherAndEachOnce() {
        int before = requests().size();
        renew(CLAIM, OTHER, CLAIM);
        assertThat(requests()).hasSize(before + 4);
        assertThat(rig.kernel.requests().batches()).isEqualTo(1);
        renew(OTHER);
        assertThat(requests()).hasSize(before + 5);
    }

    @Test
    void whatIsReleasedWithinTheTurnIsNotRenewed() {
        rig.backend.renew(OTHER);
        rig.backend.release(OTHER).toCompletableFuture().join();
        int released = requests().size();
        rig.loop.runTasks();
        assertThat(requests()).hasSize(released);
        assertThat(rig.addresses()).doesNotContain("2 198.51.100.9/24");
    }

    @Test
    void aRenewalIsTheSameMessageUntilSomethingChanges() {
        renew(CLAIM);
        NetlinkMessage first = requests().get(requests().size() - 1);
        renew(CLAIM);
        assertThat(requests().get(requests().size() - 1).payload()).isEqualTo(first.payload());
        rig.kernel.remove(2, "192.0.2.102/24");
        rig.loop.turn();
        renew(CLAIM);
        assertThat(requests().get(requests().size() - 1).payload()).isNotEqualTo(first.payload());
    }

    @Test
    void leasesOfManyIpv6AddressesAreLongerAndRenewedLessOften() {
        AddressClaim few = claim6(1, 99);
        rig.hold(few);
        assertThat(rig.kernel.address(2, "2001:db8:1::1/64").validSeconds()).isEqualTo(2);
        AddressClaim many = claim6(128, 401);
        rig.hold(many);
        assertThat(rig.kernel.address(2, "2001:db8:128::1/64").validSeconds()).isEqualTo(10);
        assertThat(rig.kernel.address(2, "192.0.2.100/24").validSeconds()).isEqualTo(2);

        int before = requests().size();
        renew(few);
        assertThat(requests()).as("a lease of two seconds is renewed").hasSize(before + 99);
        assertThat(rig.kernel.address(2, "2001:db8:1::1/64").validSeconds()).isEqualTo(10);
        rig.loop.advance(Duration.ofMillis(3700).toNanos());
        renew(few, many, CLAIM);
        assertThat(requests()).hasSize(before + 2 * 99 + 3);
        rig.loop.advance(Duration.ofMillis(100).toNanos());
        renew(few, many, CLAIM);
        assertThat(requests()).hasSize(before + 2 * 99 + 401 + 2 * 3);
    }

    private static AddressClaim claim6(int vrid, int count) {
        return BackendRig.claim(
                vrid,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "2001:db8:" + vrid + "::" + Integer.toHexString(i) + "/64")
                        .toArray(String[]::new));
    }

    @Test
    void aFailureIsLoggedOnceAndTheOthersAreExtended() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RouteAddressBackend.class);
        logger.addAppender(log);
        try {
            rig.kernel.refuse("192.0.2.101/24", Errno.ENOMEM);
            renew(OTHER, CLAIM);
            renew(OTHER, CLAIM);
            assertThat(log.list).hasSize(1);
            assertThat(log.list.get(0).getFormattedMessage())
                    .contains("eth0/51", "RTM_NEWADDR 192.0.2.101/24 dev eth0", "ENOMEM");
            rig.kernel.refuse("192.0.2.101/24", null);
            renew(CLAIM);
            rig.kernel.refuse("192.0.2.100/24", Errno.ENOMEM);
            renew(CLAIM);
            assertThat(log.list).hasSize(2);
        } finally {
            logger.detachAppender(log);
        }
    }
}
