package org.vrrp4j.linux.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/** Routes and rules when all goes well, and when the kernel refuses, loses or cuts short what it says. */
class RoutingAddressBackendTest extends RoutingRig {
    @Test
    void addressesComeFirstThenRoutesThenRulesAndTheyGoInTheOppositeOrder() {
        done(backend.register(CLAIM, heard));
        done(backend.acquire(CLAIM));
        done(backend.release(CLAIM));
        backend.unregister(CLAIM);
        assertThat(journal)
                .containsExactly(
                        "register",
                        "acquire",
                        "add route " + A,
                        "add route " + B,
                        "add rule 500",
                        "add rule 501",
                        "del rule 501",
                        "del rule 500",
                        "del route " + B,
                        "del route " + A,
                        "release",
                        "unregister");
        assertThat(charges.ours()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "ENETUNREACH", "EINVAL", "ENOMEM", "ENODEV", "EOPNOTSUPP"})
    void refusedRouteIsAFaultInTheKernelsWordsAndEverythingBeforeItIsUndone(Errno errno) {
        kernel.refuse("add route " + B, errno, WORDS);
        AddressException failure = acquireFails(CLAIM);
        assertThat(failure.fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(failure)
                .hasMessageStartingWith("RTM_NEWROUTE " + B + " dev eth0 failed with " + Errno.describe(errno.number())
                        + " (" + WORDS + ")");
        assertThat(journal).containsExactly("acquire", "add route " + A, "del route " + A, "release");

        kernel.allow("add route " + B);
        done(backend.acquire(CLAIM));
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void refusedRuleTakesTheRoutesAlongTheLastFirst() {
        kernel.refuse("add rule 501", Errno.EAFNOSUPPORT, WORDS);
        assertThat(acquireFails(CLAIM)).hasMessageContainingAll("RTM_NEWRULE from all to 192.0.2.100/32", WORDS);
        assertThat(journal.subList(4, journal.size()))
                .containsExactly("del rule 500", "del route " + B, "del route " + A, "release");
    }

    @Test
    void whatStaysWhenARefusalIsUndoneIsTold() {
        kernel.refuse("add rule 500", Errno.EINVAL, "");
        kernel.refuse("del route " + B, Errno.EBUSY, WORDS);
        addresses.fail("release");
        AddressException failure = acquireFails(CLAIM);
        assertThat(failure).hasMessageStartingWith("RTM_NEWRULE");
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("RTM_DELROUTE " + B, WORDS),
                        second -> assertThat(second).contains("release does not work"));
        assertThat(journal).contains("del route " + A);
    }

    @Test
    void refusedAddressesBringNoRoutes() {
        addresses.fail("acquire");
        assertThat(acquireFails(CLAIM)).hasMessage("acquire does not work");
        assertThat(journal).containsExactly("acquire");
    }

    @Test
    void routeWhoseAnswerIsLostIsNotLeftBehind() {
        done(backend.register(CLAIM, heard));
        kernel.requests().loseMessages();
        assertThat(failure(backend.acquire(CLAIM)).fault()).isEqualTo(Fault.ADDRESS_FAILED);
        assertThat(kernel.entries()).isEmpty();
        done(backend.acquire(CLAIM));
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void routeOfSomebodyElseWhoseAnswerIsLostStays() {
        kernel.addRoute(A, 4);
        done(backend.register(CLAIM, heard));
        kernel.requests().loseMessages();
        failure(backend.acquire(CLAIM));
        assertThat(kernel.entries()).containsExactly("route " + A);
    }

    @Test
    void kernelThatDoesNotAnswerIsAnErrorAndNoWait() {
        done(backend.register(CLAIM, heard));
        kernel.setSilent(true);
        assertThat(failure(backend.acquire(CLAIM))).hasMessageContaining("ETIMEDOUT");
        kernel.setSilent(false);
        assertThat(kernel.entries()).isEmpty();
        done(backend.acquire(CLAIM));
    }

    @Test
    void routeOfSomebodyElseIsNamedAndLeftAlone() {
        kernel.addRoute(B, 4);
        assertThat(acquireFails(CLAIM))
                .hasMessage("cannot put route " + B + " dev eth0: a route to the same destination, with the same table,"
                        + " TOS and metric is there already, and not ours: remove it, or give ours another metric");
        assertThat(kernel.entries()).containsExactly("route " + B);
    }

    @Test
    void ruleOfSomebodyElseIsNamedAndLeftAlone() {
        kernel.addRule(500, 4);
        assertThat(acquireFails(CLAIM)).hasMessageContainingAll("the same rule is there already", "another preference");
        assertThat(kernel.entries()).containsExactly("rule 500");
    }

    @Test
    void whatIsHeldMayBeAcquiredAgain() {
        hold(CLAIM);
        done(backend.acquire(CLAIM));
        assertThat(journal).containsExactly("acquire");
        assertThat(kernel.entries()).hasSize(4);
    }

    @Test
    void missingInterfaceAndVrfAreNamed() {
        assertThat(acquireFails(routes(A + " dev eth9"))).hasMessageContaining("there is no interface eth9");
        backend.unregister(routes(A + " dev eth9"));
        AddressClaim inVrf = routes(A + " dev eth0 vrf green");
        assertThat(acquireFails(inVrf))
                .hasMessage("RTM_NEWROUTE " + A + " dev eth0 vrf green failed with ENODEV (19): No such device"
                        + " (there is no VRF green)");
        assertThat(kernel.entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"ESRCH", "ENOENT", "ENODEV", "ENETUNREACH"})
    void whatIsNotThereAnyMoreIsReleased(Errno errno) {
        hold(CLAIM);
        kernel.refuse("del route " + A, errno, "");
        kernel.refuse("del rule 500", errno, "");
        done(backend.release(CLAIM));
    }

    @Test
    void whatCannotBeDeletedIsToldAndTheRestGoes() {
        hold(CLAIM);
        kernel.refuse("del rule 501", Errno.EPERM, WORDS);
        kernel.refuse("del route " + A, Errno.EBUSY, "");
        addresses.fail("release");
        AddressException failure = failure(backend.release(CLAIM));
        assertThat(failure).hasMessageContainingAll("RTM_DELRULE", "EPERM", WORDS);
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("RTM_DELROUTE " + A, "EBUSY"),
                        second -> assertThat(second).contains("release does not work"));
        assertThat(journal).containsExactly("del rule 500", "del route " + B, "release");
    }

    @Test
    void changeRemovesWhatGoesFirstAndKeepsWhatIsInBoth() {
        hold(CLAIM);
        AddressClaim next = claim(
                List.of(B + " dev eth0", "203.0.113.0/24 dev eth0"),
                List.of("to 192.0.2.100 table 100 preference 501"));
        done(backend.change(CLAIM, next));
        assertThat(journal).containsExactly("del rule 500", "del route " + A, "change", "add route 203.0.113.0/24");
        assertThat(charges.ours()).hasSize(3);
        done(backend.release(next));
        assertThat(kernel.entries()).isEmpty();
    }

    @Test
    void changeThatFailsLeavesNothing() {
        hold(CLAIM);
        addresses.fail("change");
        failure(backend.change(CLAIM, routes(B + " dev eth0")));
        assertThat(kernel.entries()).isEmpty();
        addresses.fail("");
        hold(CLAIM);
        kernel.refuse("add route 203.0.113.0/24", Errno.ENETUNREACH, WORDS);
        assertThat(failure(backend.change(CLAIM, routes("203.0.113.0/24 dev eth0"))))
                .hasMessageContaining(WORDS);
        assertThat(journal).endsWith("change", "release");
        assertThat(kernel.entries()).isEmpty();
    }

    @Test
    void changeOfWhatIsNotHeldPutsNothing() {
        done(backend.register(CLAIM, heard));
        done(backend.change(CLAIM, routes(B + " dev eth0")));
        assertThat(kernel.entries()).isEmpty();
        assertThat(charges.ours()).hasSize(1);
    }

    @Test
    void routeBelongsToOneRouter() {
        hold(CLAIM);
        AddressClaim other =
                new AddressClaim(new RouterId("eth0", 52, IpFamily.IPV4), CLAIM.resources(), Duration.ofSeconds(2));
        assertThatThrownBy(() -> backend.register(other, heard))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to two virtual routers");
    }

    @Test
    void closeRemovesWhatIsHeldBeforeTheAddresses() {
        hold(CLAIM);
        backend.close();
        assertThat(journal)
                .containsExactly("del rule 501", "del rule 500", "del route " + B, "del route " + A, "close");
        assertThat(kernel.requests().isClosed()).isTrue();
        assertThat(kernel.monitor().isClosed()).isTrue();
        assertThat(loop.watches()).isZero();
    }
}
