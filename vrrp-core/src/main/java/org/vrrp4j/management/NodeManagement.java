package org.vrrp4j.management;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.SendingAhead;

/**
 * The beans of one node in the JVM's own MBean server, until it is closed:
 *
 * <pre>{@code
 * NodeManagement management = NodeManagement.register(node::status);
 * }</pre>
 *
 * <p>Each virtual router is {@code org.vrrp4j:type=Router,node="NODE",name="NAME"}, see {@link RouterMXBean}.
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> never. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class NodeManagement implements AutoCloseable {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<ObjectName> names = new ArrayList<>();

    private NodeManagement() {}

    /**
     * Registers a bean for each virtual router that the node has now.
     *
     * @param status the status of the node, asked for with each attribute
     * @throws IllegalStateException if there is a node of the same name already, with a router of the same name
     */
    public static NodeManagement register(Supplier<NodeStatus> status) {
        NodeManagement management = new NodeManagement();
        NodeStatus now = status.get();
        try {
            for (int i = 0; i < now.routers().size(); i++) {
                int index = i;
                management.register(
                        name(now.name(), now.routers().get(i).name()),
                        () -> status.get().routers().get(index),
                        () -> status.get().sendingAhead());
            }
        } catch (JMException e) {
            management.close();
            throw new IllegalStateException("node " + now.name() + " cannot be registered for JMX: " + e, e);
        }
        return management;
    }

    /** What a virtual router is registered as. */
    public static ObjectName name(String node, String router) {
        try {
            return new ObjectName(
                    "org.vrrp4j:type=Router,node=" + ObjectName.quote(node) + ",name=" + ObjectName.quote(router));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no name for JMX: " + node + ", " + router, e);
        }
    }

    private void register(ObjectName name, Supplier<RouterStatus> status, Supplier<SendingAhead> sendingAhead)
            throws JMException {
        server.registerMBean(new RouterBean(status, sendingAhead), name);
        names.add(name);
    }

    /** Takes the beans away. */
    @Override
    public synchronized void close() {
        for (ObjectName name : names) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                continue; // somebody else has taken it away
            } catch (JMException e) {
                throw new IllegalStateException(name + " cannot be taken away", e);
            }
        }
        names.clear();
    }
}
