package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.Occurrence.Operation;
import org.vrrp4j.sim.Occurrence.RouterState;
import org.vrrp4j.sim.Occurrence.Stage;

/** The invariants of every network, whatever fails in it. That there is one master is none of them: VRRP allows two. */
public final class Invariants {

    private Invariants() {}

    /** New ones, for one simulation. */
    public static List<Invariant> standard() {
        return List.of(
                new AddressesFollowRole(),
                new EveryAcquireHasItsRelease(),
                new OnlyAMasterAdvertises(),
                new OnlyAHolderAnnounces(),
                new ToldRolesAreAChain(),
                new RejectedPacketsChangeNothing());
    }

    /** What was seen of each router of each host; forgotten when its node ends or starts. */
    private static final class PerRouter<T> {
        private record Key(SimulatedHost host, RouterId router) {}

        private final Map<Key, T> values = new HashMap<>();

        T get(SimulatedHost host, RouterId router, T otherwise) {
            return values.getOrDefault(new Key(host, router), otherwise);
        }

        void put(SimulatedHost host, RouterId router, T value) {
            values.put(new Key(host, router), value);
        }

        void forget(SimulatedHost host) {
            values.keySet().removeIf(key -> key.host == host);
        }

        Optional<String> complain(SimulatedHost host, Function<T, Optional<String>> complaint) {
            return values.entrySet().stream()
                    .filter(entry -> entry.getKey().host == host)
                    .map(entry -> complaint.apply(entry.getValue()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    /** A process that is dead or stalled cannot give its addresses up: their lease ends instead. */
    private static final class AddressesFollowRole implements Invariant {
        @Override
        public String sentence() {
            return "a router that was told MASTER has its addresses, and no other holds any but while it acquires or"
                    + " releases them";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                boolean relevant = !(occurrence instanceof Occurrence.Advertised)
                        && !(occurrence instanceof Occurrence.Announced)
                        && !(occurrence instanceof Occurrence.SuspiciousPacket);
                Optional<String> violation = relevant ? violation(occurrence.host()) : Optional.empty();
                if (violation.isPresent()) {
                    return violation;
                }
            }
            return Optional.empty();
        }

        private Optional<String> violation(SimulatedHost host) {
            SimulatedNode node = host.node();
            if (node == null || node.isStalled()) {
                return Optional.empty();
            }
            for (RouterConfig router : node.config().routers()) {
                boolean master = node.toldRole(router) == Role.MASTER;
                for (VirtualAddress address : router.addresses()) {
                    boolean held = host.kernel().isLeasedTo(address.address(), node.process());
                    if (held != master && !node.backend().isUnsettled(router.id())) {
                        return Optional.of(host + " was told " + node.toldRole(router) + " for " + router.id()
                                + (held ? " and holds " : " and does not hold ") + address);
                    }
                }
            }
            return unconfigured(node, host);
        }

        private static Optional<String> unconfigured(SimulatedNode node, SimulatedHost host) {
            boolean settled = true;
            Set<InetAddress> left = new HashSet<>(host.kernel().leasedTo(node.process()));
            for (RouterConfig router : node.config().routers()) {
                settled &= !node.backend().isUnsettled(router.id());
                left.removeAll(router.advertisedAddresses());
            }
            return settled && !left.isEmpty()
                    ? Optional.of(host + " holds " + left + ", which is not configured")
                    : Optional.empty();
        }
    }

    private static final class EveryAcquireHasItsRelease implements Invariant {
        private final PerRouter<Occurrence.BackendOperation> last = new PerRouter<>();

        @Override
        public String sentence() {
            return "one operation is under way at a time, none is changed or released without an acquire, and a node"
                    + " that stops asks for a release";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                SimulatedHost host = occurrence.host();
                if (occurrence instanceof Occurrence.BackendOperation operation) {
                    Occurrence.BackendOperation before = last.get(host, operation.router(), null);
                    last.put(host, operation.router(), operation);
                    Optional<String> violation = violation(before, operation);
                    if (violation.isPresent()) {
                        return violation;
                    }
                } else if (occurrence instanceof Occurrence.NodeChanged change) {
                    Optional<String> held = change.fate() == Occurrence.NodeFate.STOPPED
                            ? last.complain(host, EveryAcquireHasItsRelease::stillHeld)
                            : Optional.empty();
                    last.forget(host);
                    if (held.isPresent()) {
                        return held;
                    }
                }
            }
            return Optional.empty();
        }

        private static Optional<String> violation(
                Occurrence.BackendOperation before, Occurrence.BackendOperation operation) {
            if (operation.stage() != Stage.BEGUN) {
                return Optional.empty();
            }
            if (before != null && before.stage() == Stage.BEGUN) {
                return Optional.of(operation.host() + " " + operation.text() + " during " + before.text());
            }
            boolean held = before != null && before.operation() != Operation.RELEASE && before.stage() == Stage.DONE;
            return operation.operation() != Operation.ACQUIRE && !held
                    ? Optional.of(operation.host() + " " + operation.text() + " of what it has not acquired")
                    : Optional.empty();
        }

        private static Optional<String> stillHeld(Occurrence.BackendOperation operation) {
            // a node that stops waits 2 s for a slow backend, then leaves the rest to the backend's close
            boolean givenUp = operation.stage() == Stage.BEGUN || operation.stage() == Stage.FAILED;
            return givenUp || operation.operation() == Operation.RELEASE
                    ? Optional.empty()
                    : Optional.of(operation.host() + " has stopped after " + operation.text());
        }
    }

    /** A master that yields advertises once more in the event in which it yields. */
    private static final class OnlyAMasterAdvertises implements Invariant {
        private final PerRouter<Boolean> wasMaster = new PerRouter<>();

        @Override
        public String sentence() {
            return "only a master advertises, but for the priority 0 with which it leaves";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                if (occurrence instanceof Occurrence.Advertised sent && sent.sent()) {
                    Optional<String> violation = violation(sent, occurrences);
                    if (violation.isPresent()) {
                        return violation;
                    }
                }
            }
            occurrences.forEach(this::remember);
            return Optional.empty();
        }

        private Optional<String> violation(Occurrence.Advertised sent, List<Occurrence> occurrences) {
            SimulatedHost host = sent.host();
            if (sent.priority() == Priority.RELEASE || host.node() == null) {
                return Optional.empty();
            }
            for (RouterStatus router : routers(sent)) {
                boolean legal = router.role() == Role.MASTER
                        || wasMaster.get(host, router.router(), false)
                        || occurrences.stream().anyMatch(other -> triesToAcquire(other, host, router))
                        || occurrences.stream().anyMatch(other -> takesBack(other, host, router));
                if (!legal) {
                    return Optional.of(host + " is " + router.role() + " and " + sent.text());
                }
            }
            return Optional.empty();
        }

        private void remember(Occurrence occurrence) {
            SimulatedHost host = occurrence.host();
            if (occurrence instanceof Occurrence.Advertised sent && host.node() != null) {
                routers(sent).forEach(router -> wasMaster.put(host, router.router(), router.role() == Role.MASTER));
            } else if (occurrence instanceof Occurrence.RoleTold told) {
                wasMaster.put(host, told.change().router(), told.change().to() == Role.MASTER);
            } else if (occurrence instanceof Occurrence.NodeChanged) {
                wasMaster.forget(host);
            }
        }

        private static List<RouterStatus> routers(Occurrence.Advertised sent) {
            return sent.host().node().status().routers().stream()
                    .filter(router -> router.router().equals(sent.router()))
                    .collect(Collectors.toList());
        }

        /** A router that takes its role back after a hand-over may be stopped within the same event. */
        private static boolean takesBack(Occurrence occurrence, SimulatedHost host, RouterStatus router) {
            return occurrence instanceof Occurrence.EventTold told
                    && told.host() == host
                    && told.event().router().equals(router.router())
                    && told.event() instanceof VrrpEvent.HandOverUnanswered;
        }

        /** A router whose backend fails at once is master only within the event. */
        private static boolean triesToAcquire(Occurrence occurrence, SimulatedHost host, RouterStatus router) {
            return occurrence instanceof Occurrence.BackendOperation operation
                    && operation.host() == host
                    && operation.router().equals(router.router())
                    && operation.operation() == Operation.ACQUIRE;
        }
    }

    /** The lease of a stalled master ends behind its back: it announces, hears of that, and puts the address back. */
    private static final class OnlyAHolderAnnounces implements Invariant {
        @Override
        public String sentence() {
            return "a host announces only addresses that it has or is putting back";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                if (occurrence instanceof Occurrence.Announced announced
                        && !announced.held()
                        && !isPuttingBack(announced.host(), announced.address())) {
                    return Optional.of(announced.host() + " " + announced.text() + " without having it");
                }
            }
            return Optional.empty();
        }

        private static boolean isPuttingBack(SimulatedHost host, InetAddress address) {
            return host.node() != null
                    && host.node().config().routers().stream()
                            .filter(router -> router.advertisedAddresses().contains(address))
                            .anyMatch(router -> host.node().backend().isUnsettled(router.id()));
        }
    }

    private static final class ToldRolesAreAChain implements Invariant {
        private final PerRouter<RoleChange> last = new PerRouter<>();

        @Override
        public String sentence() {
            return "what listeners are told is a chain from INIT to INIT, so that MASTER is gained and lost in turn";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                SimulatedHost host = occurrence.host();
                if (occurrence instanceof Occurrence.RoleTold told) {
                    RoleChange change = told.change();
                    RoleChange before = last.get(host, change.router(), null);
                    last.put(host, change.router(), change);
                    Role expected = before == null ? Role.INIT : before.to();
                    boolean grows = before == null || before.epoch() < change.epoch();
                    if (change.from() != expected || change.to() == expected || !grows) {
                        return Optional.of(host + " was told " + told.text() + " after " + expected);
                    }
                } else if (occurrence instanceof Occurrence.NodeChanged change) {
                    Optional<String> open = change.fate() == Occurrence.NodeFate.STOPPED
                            ? last.complain(host, ToldRolesAreAChain::notEnded)
                            : Optional.empty();
                    last.forget(host);
                    if (open.isPresent()) {
                        return open;
                    }
                }
            }
            return Optional.empty();
        }

        private static Optional<String> notEnded(RoleChange change) {
            return change.to() == Role.INIT
                    ? Optional.empty()
                    : Optional.of(change.router() + " was told nothing after " + change.to());
        }
    }

    private static final class RejectedPacketsChangeNothing implements Invariant {
        @Override
        public String sentence() {
            return "a rejected packet changes neither role nor deadline";
        }

        @Override
        public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
            for (Occurrence occurrence : occurrences) {
                if (occurrence instanceof Occurrence.SuspiciousPacket packet) {
                    for (int i = 0; i < packet.before().size(); i++) {
                        RouterState before = packet.before().get(i);
                        RouterState after = packet.after().get(i);
                        boolean changed = before.role() != after.role()
                                || !before.deadline().equals(after.deadline());
                        if (after.rejected() > before.rejected() && changed) {
                            return Optional.of(packet.host() + ": before " + before + ", after " + after);
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }
}
