package org.vrrp4j.linux.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.spi.AddressClaim;

/** What others do to routes and rules, and what dead nodes leave of them. */
class RoutingLossTest extends RoutingRig {
    @Test
    void routeOfAVrfIsInTheChargeOfItsTableEvenIfThatBecomesAnother() {
        AddressClaim claim = routes(A + " dev eth0 vrf blue");
        hold(claim);
        assertThat(charges.ours()).singleElement().asString().contains("table 1000");
        done(backend.release(claim));
        blue = 1001;
        done(backend.acquire(claim));
        assertThat(charges.ours()).singleElement().asString().contains("table 1001");
    }

    @Test
    void whatSomebodyDeletesIsToldAndPutBack() {
        hold(CLAIM);
        kernel.delete("route " + A);
        kernel.delete("rule 500");
        loop.turn();
        assertThat(heard.heard())
                .containsExactly(
                        "lost route " + A + " via 192.0.2.254",
                        "lost rule from 192.0.2.100/32 preference 500 table 100");
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void whatGoesSilentlyIsFoundWhenInterfacesChangeOrMessagesAreLost() {
        hold(CLAIM);
        kernel.deleteSilently("route " + A);
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        kernel.monitor().loseMessages();
        loop.turn();
        assertThat(heard.take()).containsExactly("lost route " + A + " via 192.0.2.254");
        kernel.deleteSilently("route " + B);
        watch.doubt();
        loop.runTasks();
        assertThat(heard.take()).containsExactly("lost route " + B + " dev eth0");
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void whatCannotBePutBackIsToldAsLost() {
        hold(CLAIM);
        kernel.refuse("add route " + B, Errno.ENETDOWN, "");
        kernel.delete("route " + B);
        loop.turn();
        assertThat(heard.heard()).containsExactly("lost route " + B + " dev eth0");
        kernel.allow("add route " + B);
        done(backend.acquire(CLAIM));
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void ownDeletionsAndThoseOfOthersAreNothing() {
        hold(CLAIM);
        kernel.addRoute("203.0.113.0/24", 4);
        kernel.delete("route 203.0.113.0/24");
        done(backend.release(CLAIM));
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        assertThat(kernel.entries()).isEmpty();
    }

    @Test
    void routeThatSomebodyReplacesIsLostAndHis() {
        hold(CLAIM);
        kernel.replace(A);
        loop.turn();
        assertThat(heard.heard()).containsExactly("lost route " + A + " via 192.0.2.254");
        done(backend.release(CLAIM));
        assertThat(kernel.entries()).containsExactly("route " + A);
    }

    @Test
    void untrackedRouteIsNotPutBack() {
        hold(routes(A + " via 192.0.2.254 no_track"));
        kernel.delete("route " + A);
        loop.turn();
        assertThat(heard.heard()).isEmpty();
        assertThat(kernel.entries()).isEmpty();
    }

    @Test
    void whatADeadNodeLeftGoesAndWhatALivingOneHasStays() {
        kernel.addRoute(A, 112);
        kernel.addRoute(B, 112);
        kernel.addRoute("203.0.113.0/24", 4);
        kernel.addRule(7, 112);
        charges.neighbourTakes("route " + B + " tos 0 table 254 metric 0");
        kernel.interruptDumps(3);
        done(backend.register(routes(), heard));
        assertThat(kernel.entries()).containsExactly("route " + B, "route 203.0.113.0/24");
        assertThat(journal).containsExactly("del rule 7", "del route " + A, "register");
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "EOPNOTSUPP"})
    void leftoversThatCannotBeReadDoNotKeepARouterFromStarting(Errno errno) {
        kernel.refuse("dump rules", errno, "");
        hold(CLAIM);
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void nobodyListensForRoutesWithoutAny() {
        hold(routes());
        assertThat(loop.watches()).isZero();
        assertThat(Stream.of(journal.toArray())).isEmpty();
    }
}
