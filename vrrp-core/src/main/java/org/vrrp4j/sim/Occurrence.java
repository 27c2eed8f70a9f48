package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpEvent;

/** Something that happened on a host, as traces show it and invariants see it. */
public sealed interface Occurrence {

    /** Where. */
    SimulatedHost host();

    /** What, as a clause in lower case. */
    String text();

    /**
     * A listener was told a role.
     *
     * @param host where
     * @param change what it was told
     */
    record RoleTold(SimulatedHost host, RoleChange change) implements Occurrence {
        @Override
        public String text() {
            return change.router() + ": " + change.from() + " -> " + change.to() + ": "
                    + change.cause().text();
        }
    }

    /**
     * A listener was told an event.
     *
     * @param host where
     * @param event what it was told
     */
    record EventTold(SimulatedHost host, VrrpEvent event) implements Occurrence {
        @Override
        public String text() {
            return event.router() + ": " + event.text();
        }
    }

    /**
     * An advertisement was sent, or the kernel refused to.
     *
     * @param host where
     * @param router whose it is
     * @param priority its priority
     * @param sent whether it went out
     * @param asMaster whether its router was MASTER just then; true where a node sent it that was not started here
     */
    record Advertised(SimulatedHost host, RouterId router, int priority, boolean sent, boolean asMaster)
            implements Occurrence {
        @Override
        public String text() {
            return (sent ? "advertises" : "cannot advertise") + " for " + router + " with priority " + priority;
        }
    }

    /**
     * An address was announced to the neighbours.
     *
     * @param host where
     * @param address which
     * @param held whether it was on the host, as far as the process could know: a stalled one has not read the news
     */
    record Announced(SimulatedHost host, InetAddress address, boolean held) implements Occurrence {
        @Override
        public String text() {
            return "announces " + IpAddresses.text(address);
        }
    }

    /**
     * An address came to a host or went from it.
     *
     * @param host where
     * @param address which
     * @param present whether it is there now
     * @param why who did it
     */
    record AddressChanged(SimulatedHost host, InetAddress address, boolean present, String why) implements Occurrence {
        @Override
        public String text() {
            return IpAddresses.text(address) + (present ? " added: " : " removed: ") + why;
        }
    }

    /** What a backend does for a router. */
    enum Operation {
        /** Puts addresses in place. */
        ACQUIRE,
        /** Exchanges held ones for others. */
        CHANGE,
        /** Takes them away. */
        RELEASE
    }

    /** How far an operation is. */
    enum Stage {
        /** It was asked for. */
        BEGUN,
        /** It has been done. */
        DONE,
        /** It could not be done. */
        FAILED
    }

    /**
     * An operation of an address backend.
     *
     * @param host where
     * @param router for which router
     * @param operation what
     * @param stage how far it is
     */
    record BackendOperation(SimulatedHost host, RouterId router, Operation operation, Stage stage)
            implements Occurrence {
        @Override
        public String text() {
            return router + ": " + operation + " " + stage;
        }
    }

    /**
     * A router as it was around a packet.
     *
     * @param router which
     * @param role its role
     * @param rejected how many packets it has rejected
     * @param deadline when it would act by itself
     */
    record RouterState(RouterId router, Role role, long rejected, OptionalLong deadline) {}

    /**
     * A damaged or forged packet came to a node.
     *
     * @param host where
     * @param before the node's routers before
     * @param after the same ones after
     */
    record SuspiciousPacket(SimulatedHost host, List<RouterState> before, List<RouterState> after)
            implements Occurrence {
        @Override
        public String text() {
            return "a damaged or forged packet arrives";
        }
    }

    /** What became of a node. */
    enum NodeFate {
        /** It was started. */
        STARTED,
        /** It has left gracefully. */
        STOPPED,
        /** Its process died. */
        CRASHED
    }

    /**
     * A node came or went.
     *
     * @param host where
     * @param fate what became of it
     */
    record NodeChanged(SimulatedHost host, NodeFate fate) implements Occurrence {
        @Override
        public String text() {
            return "node " + fate;
        }
    }

    /**
     * A host or its place in the network was changed from outside.
     *
     * @param host which host
     * @param text what was done
     */
    record Interference(SimulatedHost host, String text) implements Occurrence {}
}
