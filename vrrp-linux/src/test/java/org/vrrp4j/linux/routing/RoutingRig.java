package org.vrrp4j.linux.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeRouting;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingBackend;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/** Routes and rules on a fake kernel, behind addresses that are a list. */
abstract class RoutingRig {
    static final String A = "198.51.100.0/25";
    static final String B = "198.51.100.128/25";
    static final String WORDS = "these are its words";
    static final AddressClaim CLAIM = claim(
            List.of(A + " via 192.0.2.254", B + " dev eth0"),
            List.of("from 192.0.2.100 table 100 preference 500", "to 192.0.2.100 table 100 preference 501"));

    final List<String> journal = new ArrayList<>();
    final FakeRouting kernel = new FakeRouting(journal);
    final FakeCharges charges = new FakeCharges();
    final ManualLoop loop = new ManualLoop();
    final RecordingBackend addresses = new RecordingBackend(journal);
    final RecordingListener heard = new RecordingListener();
    int blue = 1000;
    final RoutingWatch watch = new RoutingWatch(loop, kernel::monitor);
    final RoutingAddressBackend backend = new RoutingAddressBackend(
            addresses,
            new RoutingKernel(kernel::requests, new Interfaces() {
                @Override
                public int index(String name) {
                    return name.equals("eth0") ? 2 : 0;
                }

                @Override
                public int vrfTable(String name) {
                    return name.equals("blue") ? blue : 0;
                }
            }),
            watch,
            charges);

    static AddressClaim claim(List<String> routes, List<String> rules) {
        return new AddressClaim(
                new RouterId("eth0", 51, IpFamily.IPV4),
                new RouterResources(
                        List.of(VirtualAddress.parse("192.0.2.100/24")),
                        routes.stream().map(VirtualRoute::parse).toList(),
                        rules.stream().map(VirtualRule::parse).toList(),
                        true),
                Duration.ofSeconds(2));
    }

    static AddressClaim routes(String... words) {
        return claim(List.of(words), List.of());
    }

    static void done(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
    }

    static AddressException failure(CompletionStage<Void> stage) {
        try {
            done(stage);
        } catch (CompletionException e) {
            return (AddressException) e.getCause();
        }
        throw new AssertionError("it worked");
    }

    void hold(AddressClaim claim) {
        done(backend.register(claim, heard));
        done(backend.acquire(claim));
        journal.clear();
    }

    AddressException acquireFails(AddressClaim claim) {
        done(backend.register(claim, heard));
        journal.clear();
        return failure(backend.acquire(claim));
    }
}
