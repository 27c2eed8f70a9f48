package org.vrrp4j.linux.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

class AddressGuardTest {
    private static final AddressClaim FIRST = claim(51, "192.0.2.100/24", "192.0.2.101/32");
    private static final AddressClaim SECOND = claim(52, "192.0.2.200/24");

    private final Map<String, Integer> interfaces = new java.util.HashMap<>(Map.of("eth0", 2));
    private final AddressGuard guard = new AddressGuard(name -> interfaces.getOrDefault(name, 0));
    private final FakeConnection first = new FakeConnection(1000);

    private static final class FakeConnection implements GuardConnection {
        private final List<String> told = new ArrayList<>();
        private final long pid;
        private boolean deaf;
        private boolean killed;

        FakeConnection(long pid) {
            this.pid = pid;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public void send(String line) throws LinuxException {
            if (deaf) {
                throw new LinuxException("write to guard", Errno.EAGAIN.number());
            }
            told.add(line);
        }

        @Override
        public void kill() {
            killed = true;
        }
    }

    private static AddressClaim claim(int vrid, String... addresses) {
        return new AddressClaim(
                new RouterId("eth0", vrid, IpFamily.IPV4),
                Stream.of(addresses).map(VirtualAddress::parse).toList(),
                Duration.ofSeconds(2));
    }

    @Test
    void whatIsHeldIsToldOnceItListens() {
        guard.protect(FIRST);
        guard.protect(SECOND);
        guard.onReady(first);
        assertThat(first.told)
                .containsExactly(
                        "0 address del 192.0.2.100/24 dev if2;address del 192.0.2.101/32 dev if2\n",
                        "1 address del 192.0.2.200/24 dev if2\n");
    }

    @Test
    void eachChangeIsToldAndNothingElse() {
        guard.onReady(first);
        guard.protect(FIRST);
        guard.protect(FIRST);
        guard.release(SECOND.router());
        guard.release(FIRST.router());
        guard.release(FIRST.router());
        guard.protect(SECOND);
        assertThat(first.told)
                .containsExactly(
                        "0 address del 192.0.2.100/24 dev if2;address del 192.0.2.101/32 dev if2\n",
                        "0 \n",
                        "1 address del 192.0.2.200/24 dev if2\n");
        assertThat(guard.protects(FIRST.router())).isFalse();
        assertThat(guard.protects(SECOND.router())).isTrue();
    }

    @Test
    void addressThatIsPutBackOnARecreatedInterfaceIsToldWithItsNewNumber() {
        guard.onReady(first);
        guard.protect(SECOND);
        interfaces.put("eth0", 9);
        guard.protect(SECOND);
        interfaces.clear();
        guard.protect(SECOND);
        assertThat(first.told)
                .containsExactly(
                        "0 address del 192.0.2.200/24 dev if2\n", "0 address del 192.0.2.200/24 dev if9\n", "0 \n");
    }

    @Test
    void successorOfADeadGuardIsToldEverything() {
        guard.onReady(first);
        guard.protect(FIRST);
        guard.onEnded(first, 137);
        guard.protect(SECOND);
        FakeConnection second = new FakeConnection(1001);
        guard.onReady(second);
        assertThat(first.told).hasSize(1);
        assertThat(second.told).hasSize(2);
    }

    @Test
    void guardThatDoesNotListenIsReplaced() {
        guard.onReady(first);
        first.deaf = true;
        guard.protect(FIRST);
        assertThat(first.killed).isTrue();
        guard.protect(SECOND);
        FakeConnection second = new FakeConnection(1001);
        guard.onReady(second);
        guard.onEnded(first, 137);
        guard.release(FIRST.router());
        assertThat(second.told).hasSize(3).endsWith("0 \n");
    }

    @Test
    void closingEndsTheProcessAndOneThatComesTooLate() {
        guard.onReady(first);
        guard.close();
        guard.close();
        assertThat(first.killed).isTrue();
        FakeConnection late = new FakeConnection(1001);
        guard.onReady(late);
        assertThat(late.killed).isTrue();
        guard.protect(FIRST);
        assertThat(first.told).isEmpty();
    }
}
