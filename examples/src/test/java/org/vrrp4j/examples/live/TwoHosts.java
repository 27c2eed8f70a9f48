package org.vrrp4j.examples.live;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.linux.lab.AddressWatch;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;

/** Two hosts and a client on one wire, and a watch on who holds which address. Without a lab the test is skipped. */
final class TwoHosts implements AutoCloseable {
    final Lab lab;
    final LabHost a;
    final LabHost b;
    final LabHost client;
    final AddressWatch watch;
    private final List<RouterProcess> routers = new ArrayList<>();

    private TwoHosts() throws IOException {
        require("a network lab", Lab.unavailabilityCause());
        lab = Lab.open();
        a = lab.addHost("a", "192.0.2.1/24", "2001:db8::1/64");
        b = lab.addHost("b", "192.0.2.2/24", "2001:db8::2/64");
        client = lab.addHost("client", "192.0.2.9/24", "2001:db8::9/64");
        watch = lab.watchAddresses();
    }

    static TwoHosts open() throws IOException {
        return new TwoHosts();
    }

    /** Skips the test with a printed reason; where CI=true that is a failure. */
    static void require(String what, Optional<String> missing) {
        if (missing.isPresent()) {
            String reason = "this test needs " + what + ": " + missing.get();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            System.out.println("SKIPPED: " + reason);
            abort(reason);
        }
    }

    /** Why tcpdump cannot run here; empty if it can. */
    Optional<String> captureUnavailabilityCause() throws IOException {
        if (lab.isUserNamespace()) {
            return Optional.of("tcpdump changes to another user, which a user namespace has not; run as root");
        }
        boolean installed =
                !client.run("sh", "-c", "command -v tcpdump || true").isBlank();
        return installed ? Optional.empty() : Optional.of("no 'tcpdump' command: install tcpdump");
    }

    RouterProcess start(RouterProcess.Kind kind, LabHost host, String configuration, String... options)
            throws IOException {
        if (kind == RouterProcess.Kind.KEEPALIVED) {
            require("keepalived", KeepalivedPeer.unavailabilityCause());
        }
        RouterProcess router = RouterProcess.start(kind, host, configuration, options);
        routers.add(router);
        return router;
    }

    RouterProcess ours(LabHost host, Configuration configuration, String... options) throws IOException {
        return start(RouterProcess.Kind.OURS, host, configuration.text(), options);
    }

    void awaitHolder(LabHost host, String address) throws IOException, InterruptedException {
        watch.awaitHolder(host, address, RouterProcess.PATIENCE);
    }

    /** Waits until this host alone holds an address. */
    void awaitOnlyHolder(LabHost host, String address) throws IOException, InterruptedException {
        awaitHolder(host, address);
        for (LabHost other : List.of(a, b)) {
            if (other != host) {
                awaitGone(other, address);
            }
        }
        awaitHolder(host, address);
    }

    void awaitGone(LabHost host, String address) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (true) {
            watch.sync();
            if (!watch.holders(address).contains(host.name())) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException(address + " is still on " + host + ": " + watch.events());
            }
        }
    }

    /** Ends what runs, kindly; then nothing of ours may be left on any host. */
    @Override
    public void close() throws IOException {
        try {
            for (RouterProcess router : routers) {
                if (router.process().isAlive()) {
                    router.process().signal("CONT");
                    router.stop();
                }
            }
            for (LabHost host : List.of(a, b)) {
                String left = host.run("ip", "-o", "address", "show", "dynamic");
                if (!left.isBlank()
                        && routers.stream()
                                .allMatch(router -> router.process().exitCode().orElse(1) == 0)) {
                    throw new AssertionError("left on " + host + ": " + left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lab.close();
        }
    }
}
