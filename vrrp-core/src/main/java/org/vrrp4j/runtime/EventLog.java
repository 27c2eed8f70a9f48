package org.vrrp4j.runtime;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.bfd.BfdEffect;
import org.vrrp4j.bfd.ControlRejection;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.BfdState;
import org.vrrp4j.model.BfdStatus;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.SendingAhead;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;

/** Every line that a node logs. One line for each transition, with its cause. */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.vrrp4j");

    private EventLog() {}

    /** Writes what an observer is told, and tells it. */
    static RouterObserver before(String firstName, RouterObserver observer) {
        return new RouterObserver() {
            private String name = firstName;

            @Override
            public void onConfigured(RouterConfig config) {
                name = config.name();
                observer.onConfigured(config);
            }

            @Override
            public void onRemoved() {
                observer.onRemoved();
            }

            @Override
            public void onRoleChange(RoleChange change) {
                roleChange(change);
                observer.onRoleChange(change);
            }

            @Override
            public void onGroupChange(GroupChange change) {
                groupChange(change);
                observer.onGroupChange(change);
            }

            @Override
            public void onEvent(VrrpEvent event) {
                EventLog.event(name, event);
                observer.onEvent(event);
            }
        };
    }

    private static void roleChange(RoleChange change) {
        StringBuilder line = new StringBuilder();
        line.append(label(change.name(), change.router())).append(": ");
        line.append(change.from()).append(" -> ").append(change.to()).append(": ");
        line.append(change.cause().text());
        if (!change.detail().isEmpty()) {
            line.append(": ").append(change.detail());
        }
        change.master()
                .ifPresent(master ->
                        line.append(" (master ").append(master.getHostAddress()).append(')'));
        LOG.info("{}", line);
    }

    private static void event(String name, VrrpEvent event) {
        LOG.warn("{}: {}", label(name, event.router()), event.text());
    }

    private static void groupChange(GroupChange change) {
        LOG.info("group {}: {} -> {}", change.group(), change.from(), change.to());
    }

    static void waitsForInterface(RouterConfig router) {
        LOG.warn(
                "{}: waits for interface {}, which does not exist (ip link shows those that do)",
                label(router.name(), router.id()),
                router.id().interfaceName());
    }

    /** Said where a router has so short an interval that it matters. */
    static void sendsAhead(NodeConfig config, SendingAhead sendingAhead) {
        if (config.routers().stream().anyMatch(config.pauseGrace()::covers)) {
            LOG.info("{}: advertisements while the process is paused: {}", config.name(), sendingAhead.text());
        }
    }

    static void waitsForTrackers(RouterConfig router) {
        LOG.info("{}: waits for the first results of {}", label(router.name(), router.id()), router.trackers());
    }

    static void answeredTooLate(Tracker tracker) {
        LOG.debug("{} answered after the node had been closed", tracker);
    }

    static void bfdState(BfdStatus session, BfdEffect.TellState change) {
        LOG.info(
                "bfd {} {}: {} -> {}: {}",
                session.name(),
                IpAddresses.text(session.neighbor()),
                change.from().text(),
                change.to().text(),
                change.to() == BfdState.UP
                        ? "both hear each other"
                        : change.diagnostic().text());
    }

    static void bfdSendFailed(BfdStatus session, String error) {
        LOG.warn("bfd {} {}: cannot send: {}", session.name(), IpAddresses.text(session.neighbor()), error);
    }

    static void bfdRejected(InetAddress source, ControlRejection rejection) {
        LOG.debug(
                "a BFD packet of {} is rejected: {} {}",
                source.getHostAddress(),
                rejection.reason().text(),
                rejection.detail());
    }

    static void unknownRouter(String interfaceName, InetAddress source, Advertisement advertisement) {
        LOG.info(
                "{}: {} advertises VRID {} with priority {}, which no router of this node has",
                interfaceName,
                source.getHostAddress(),
                advertisement.vrid(),
                advertisement.priority());
    }

    static void retryChannel(String interfaceName, String error) {
        LOG.warn("{}: cannot open the transport, will try again: {}", interfaceName, error);
    }

    static void listenerFailed(String name, Throwable failure) {
        LOG.error("{}: a listener threw; the next change will be told all the same", name, failure);
    }

    static void executorRefused(String name, Throwable failure) {
        LOG.error("{}: the listener executor refused a task; told on a thread of its own", name, failure);
    }

    static void effectFailed(String name, Object effect, Throwable failure) {
        LOG.error("{}: {} failed unexpectedly; going on", name, effect, failure);
    }

    /** A router without a name of its own is called by its id, which then stands there once. */
    private static String label(String name, RouterId router) {
        String id = router.toString();
        return name.equals(id) ? id : name + " " + id;
    }
}
