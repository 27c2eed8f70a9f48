package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.spi.AddressClaim;

/** Leases are renewed on another thread than the loop's, which does not wait for the kernel. */
class RenewalsElsewhereTest {
    private static final AddressClaim CLAIM = BackendRig.claim(51, "192.0.2.100/24");
    private static final AddressClaim OTHER = BackendRig.claim(52, "198.51.100.9/24");

    private final List<Runnable> elsewhere = new ArrayList<>();
    private final CountDownLatch lock = new CountDownLatch(1);

    /** A channel of a kernel that has something else to do until the latch is open. */
    private NetlinkChannel waiting(NetlinkChannel kernel) {
        return new NetlinkChannel() {
            @Override
            public int fd() {
                return kernel.fd();
            }

            @Override
            public void send(NetlinkMessage request) throws LinuxException {
                kernel.send(request);
            }

            @Override
            public void sendAll(List<NetlinkMessage> requests) throws LinuxException {
                kernel.sendAll(requests);
            }

            @Override
            public void sendNumbered(int sequence, List<NetlinkMessage> requests, int from, int to)
                    throws LinuxException {
                try {
                    lock.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                kernel.sendNumbered(sequence, requests, from, to);
            }

            @Override
            public List<NetlinkMessage> receive() throws LinuxException {
                return kernel.receive();
            }

            @Override
            public void close() {
                kernel.close();
            }
        };
    }

    private BackendRig rig() throws IOException {
        BackendRig rig = new BackendRig(elsewhere::add, this::waiting);
        rig.hold(CLAIM);
        rig.hold(OTHER);
        return rig;
    }

    private void runElsewhere() {
        List<Runnable> now = List.copyOf(elsewhere);
        elsewhere.clear();
        now.forEach(Runnable::run);
    }

    private static void renew(BackendRig rig, AddressClaim... claims) {
        for (AddressClaim claim : claims) {
            rig.backend.renew(claim);
        }
        rig.loop.runTasks();
    }

    @Test
    @DisplayName("the loop hands renewals over; further ones are sent when these are done, and no claim twice")
    void handedOver() throws IOException {
        lock.countDown();
        BackendRig rig = rig();
        int before = rig.kernel.requests().requests().size();
        renew(rig, CLAIM);
        renew(rig, CLAIM, OTHER);
        renew(rig, OTHER);
        assertThat(rig.kernel.requests().requests()).hasSize(before);
        assertThat(elsewhere).hasSize(1);
        runElsewhere();
        assertThat(rig.kernel.requests().requests()).hasSize(before + 1);
        rig.loop.runTasks();
        runElsewhere();
        assertThat(rig.kernel.requests().requests()).hasSize(before + 2);
        renew(rig, CLAIM);
        runElsewhere();
        assertThat(rig.kernel.requests().requests()).hasSize(before + 3);
    }

    @Test
    @DisplayName("a claim alone is renewed again and again")
    void again() throws IOException {
        lock.countDown();
        BackendRig rig = rig();
        int before = rig.kernel.requests().requests().size();
        for (int i = 1; i <= 3; i++) {
            renew(rig, CLAIM);
            runElsewhere();
            assertThat(rig.kernel.requests().requests()).hasSize(before + i);
        }
    }

    @Test
    @DisplayName("what was handed over and has not begun does not bring back a released address; others follow later")
    void withdrawn() throws IOException {
        lock.countDown();
        BackendRig rig = rig();
        renew(rig, CLAIM, OTHER);
        rig.release(CLAIM);
        int before = rig.kernel.requests().requests().size();
        runElsewhere();
        assertThat(rig.addresses()).containsExactly("2 198.51.100.9/24");
        assertThat(rig.kernel.requests().requests()).hasSize(before + 1);
    }

    @Test
    @DisplayName("a release waits for a renewal that the kernel has begun with, and comes after it")
    void waits() throws Exception {
        BackendRig rig = rig();
        renew(rig, CLAIM);
        Thread renewing = new Thread(this::runElsewhere);
        renewing.start();
        await().until(() -> renewing.getState() == Thread.State.WAITING);
        Thread releasing = new Thread(() -> rig.backend.release(CLAIM));
        releasing.start();
        await().until(() -> releasing.getState() == Thread.State.WAITING);
        lock.countDown();
        renewing.join();
        releasing.join();
        assertThat(rig.addresses()).containsExactly("2 198.51.100.9/24");
        List<NetlinkMessage> requests = rig.kernel.requests().requests();
        assertThat(requests.subList(requests.size() - 2, requests.size()))
                .extracting(NetlinkMessage::type)
                .containsExactly(AddressMessage.RTM_NEWADDR, AddressMessage.RTM_DELADDR);
    }

    @Test
    @DisplayName("a refusal is told on the loop, and does not keep the next renewal from being tried")
    void refused() throws IOException {
        lock.countDown();
        BackendRig rig = rig();
        rig.kernel.refuse("192.0.2.100/24", Errno.ENOMEM);
        renew(rig, CLAIM);
        runElsewhere();
        int before = rig.kernel.requests().requests().size();
        rig.loop.runTasks();
        renew(rig, CLAIM);
        runElsewhere();
        assertThat(rig.kernel.requests().requests()).hasSize(before + 1);
    }
}
