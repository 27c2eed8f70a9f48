package org.vrrp4j.spi.contract;

import static org.vrrp4j.spi.contract.BackendTrial.demand;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.model.Fault;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.AddressClaim;

/** The checks of {@link AddressBackend}. */
public final class AddressBackendContract {

    private AddressBackendContract() {}

    /**
     * All checks; those about what others do to the addresses only for worlds that have others.
     *
     * @param worlds makes a new world for each check
     * @throws IOException if a world cannot be closed
     */
    public static Stream<ContractCheck> checks(Supplier<BackendWorld> worlds) throws IOException {
        boolean others;
        boolean routing;
        try (BackendWorld world = worlds.get()) {
            others = world.hasOthers();
            routing = !world.routes().isEmpty();
        }
        Stream<ContractCheck> own = Stream.of(
                check("a claim that is registered holds nothing yet", worlds, AddressBackendContract::registered),
                check(
                        "acquire puts all addresses in place, release takes all away",
                        worlds,
                        AddressBackendContract::acquired),
                check(
                        "acquiring what is held and releasing what is not succeed",
                        worlds,
                        AddressBackendContract::again),
                check("acquire and release can alternate at once", worlds, AddressBackendContract::alternating),
                check(
                        "renewing leaves what is held in place, and puts nothing else there",
                        worlds,
                        AddressBackendContract::renewed),
                check(
                        "a held claim that changes holds the new addresses and no others",
                        worlds,
                        AddressBackendContract::changed),
                check(
                        "a claim that changes while it is not held holds nothing",
                        worlds,
                        AddressBackendContract::changedUnheld),
                check("claims of two routers do not touch each other", worlds, AddressBackendContract::twoClaims),
                check("close takes everything away, and may be called twice", worlds, AddressBackendContract::closed),
                check(
                        "what an acquire under way at close puts in place goes as well",
                        worlds,
                        AddressBackendContract::closedWhileAcquiring),
                check("a released claim can be registered anew", worlds, AddressBackendContract::registeredAnew));
        Stream<ContractCheck> withOthers = Stream.of(
                check(
                        "an address that others remove is told as lost, and acquire puts it back",
                        worlds,
                        AddressBackendContract::lost),
                check(
                        "a foreign address is told within register, and left alone",
                        worlds,
                        AddressBackendContract::foreignBefore),
                check(
                        "acquire fails while a foreign address is there, holds none, and succeeds afterwards",
                        worlds,
                        AddressBackendContract::foreignLater),
                check(
                        "a claim that was unregistered hears nothing any more",
                        worlds,
                        AddressBackendContract::unregistered));
        Stream<ContractCheck> always = Stream.concat(own, Stream.of(aboutRoutes(worlds, routing)));
        return others ? Stream.concat(always, withOthers) : always;
    }

    private static ContractCheck aboutRoutes(Supplier<BackendWorld> worlds, boolean routing) {
        return routing
                ? check(
                        "routes are in place while the addresses are, and follow a change",
                        worlds,
                        AddressBackendContract::routed)
                : check(
                        "a claim with more than addresses is refused in words, and holds nothing",
                        worlds,
                        AddressBackendContract::refused);
    }

    private static ContractCheck check(String sentence, Supplier<BackendWorld> worlds, ContractCheck.Body body) {
        return new ContractCheck(sentence, worlds, body);
    }

    private static void registered(BackendTrial trial) throws IOException {
        trial.register(trial.claim(0, 1));
        trial.rest();
        trial.holds();
        quiet(trial);
    }

    private static void acquired(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1, 2);
        trial.register(claim);
        trial.acquire(claim);
        trial.holds(claim);
        trial.rest();
        trial.holds(claim);
        trial.release(claim);
        trial.holds();
        quiet(trial);
    }

    private static void again(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.register(claim);
        trial.release(claim);
        trial.holds();
        trial.acquire(claim);
        trial.acquire(claim);
        trial.holds(claim);
        trial.release(claim);
        trial.release(claim);
        trial.holds();
        quiet(trial);
    }

    private static void alternating(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.register(claim);
        for (int i = 0; i < 20; i++) {
            trial.acquire(claim);
            trial.holds(claim);
            trial.release(claim);
            trial.holds();
        }
        quiet(trial);
    }

    private static void renewed(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.register(claim);
        trial.run(backend -> backend.renew(claim));
        trial.rest();
        trial.holds();
        trial.acquire(claim);
        for (int i = 0; i < 5; i++) {
            trial.run(backend -> backend.renew(claim));
            trial.rest();
            trial.holds(claim);
        }
        quiet(trial);
    }

    private static void changed(BackendTrial trial) throws IOException {
        AddressClaim before = trial.claim(0, 1);
        AddressClaim after = trial.claim(1, 2, 3);
        trial.register(before);
        trial.acquire(before);
        trial.change(before, after);
        trial.holds(after);
        trial.release(after);
        trial.holds();
        quiet(trial);
    }

    private static void changedUnheld(BackendTrial trial) throws IOException {
        AddressClaim before = trial.claim(0, 1);
        AddressClaim after = trial.claim(2);
        trial.register(before);
        trial.change(before, after);
        trial.rest();
        trial.holds();
        trial.acquire(after);
        trial.holds(after);
    }

    private static void routed(BackendTrial trial) throws IOException {
        List<VirtualRoute> routes = trial.world().routes();
        AddressClaim one = trial.claimWith(routes.subList(0, 1));
        AddressClaim other = trial.claimWith(routes.subList(1, 2));
        trial.register(one);
        trial.holdsRoutes(one, List.of());
        trial.acquire(one);
        trial.acquire(one);
        trial.holdsRoutes(one, one.resources().routes());
        trial.change(one, other);
        trial.holdsRoutes(other, other.resources().routes());
        trial.release(other);
        trial.holds();
        trial.holdsRoutes(other, List.of());
        quiet(trial);
    }

    private static void refused(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claimWith(List.of(VirtualRoute.parse("blackhole 198.51.100.0/24")));
        trial.fails("register", Fault.ADDRESS_FAILED, backend -> backend.register(claim, trial));
        trial.fails("acquire", Fault.ADDRESS_FAILED, backend -> backend.acquire(claim));
        trial.holds();
    }

    private static void twoClaims(BackendTrial trial) throws IOException {
        AddressClaim one = trial.claimOf(51, 0, 1);
        AddressClaim other = trial.claimOf(52, 2, 3);
        trial.register(one);
        trial.register(other);
        trial.acquire(one);
        trial.acquire(other);
        trial.holds(one, other);
        trial.release(one);
        trial.holds(other);
        trial.run(backend -> backend.unregister(one));
        trial.rest();
        trial.holds(other);
        quiet(trial);
    }

    private static void closed(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1, 2);
        trial.register(claim);
        trial.acquire(claim);
        trial.closeBackend();
        trial.until("close takes the addresses away", () -> trial.world().held().isEmpty());
        trial.run(AddressBackend::close);
    }

    private static void closedWhileAcquiring(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1, 2);
        trial.register(claim);
        trial.run(backend -> {
            backend.acquire(claim);
            backend.close();
        });
        trial.until("close takes the addresses away", () -> {
            trial.rest();
            return trial.world().held().isEmpty();
        });
        trial.rest();
        trial.holds();
    }

    private static void registeredAnew(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0);
        trial.register(claim);
        trial.acquire(claim);
        trial.release(claim);
        trial.run(backend -> backend.unregister(claim));
        trial.register(claim);
        trial.acquire(claim);
        trial.holds(claim);
        quiet(trial);
    }

    private static void lost(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.register(claim);
        trial.acquire(claim);
        trial.world().removeByOthers(trial.address(1));
        String expected = "LOST " + trial.address(1).address().getHostAddress();
        trial.until("the loss of an address is told", () -> trial.told().contains(expected));
        trial.rest();
        demand(trial.told().equals(List.of(expected)), "told must be the loss alone: " + trial.told());
        trial.acquire(claim);
        trial.holds(claim);
    }

    private static void foreignBefore(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.world().addByOthers(trial.address(0));
        trial.rest();
        trial.register(claim);
        String expected = "FOREIGN " + trial.address(0).address().getHostAddress();
        demand(trial.told().equals(List.of(expected)), "register must tell " + expected + ": " + trial.told());
        trial.rest();
        trial.holds(trial.claim(0));
    }

    private static void foreignLater(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1, 2);
        trial.register(claim);
        trial.world().addByOthers(trial.address(2));
        trial.until("a foreign address is told", () -> !trial.told().isEmpty());
        trial.fails("acquire", Fault.FOREIGN_ADDRESS, backend -> backend.acquire(claim));
        trial.holds(trial.claim(2));
        trial.release(claim);
        trial.holds(trial.claim(2));
        trial.world().removeByOthers(trial.address(2));
        trial.until("the end of a foreign address is told", () -> trial.told().contains("GONE"));
        trial.acquire(claim);
        trial.holds(claim);
    }

    private static void unregistered(BackendTrial trial) throws IOException {
        AddressClaim claim = trial.claim(0, 1);
        trial.register(claim);
        trial.run(backend -> backend.unregister(claim));
        trial.world().addByOthers(trial.address(0));
        trial.rest();
        quiet(trial);
    }

    private static void quiet(BackendTrial trial) {
        demand(trial.told().isEmpty(), "nothing was to be told, but told was " + trial.told());
    }
}
