package org.vrrp4j.management;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RouterStatus;

/**
 * The beans of one node in the JVM's own MBean server, until it is closed:
 *
 * <pre>{@code
 * NodeManagement management = NodeManagement.register(node::status);
 * }</pre>
 *
 * <p>The node is {@code org.vrrp4j:type=Node,node="NODE"}, see {@link NodeMXBean}; each virtual router is {@code
 * org.vrrp4j:type=Router,node="NODE",name="NAME"}, see {@link RouterMXBean}.
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> never. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class NodeManagement implements AutoCloseable {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Supplier<NodeStatus> status;
    private final Set<ObjectName> names = new HashSet<>();
    private boolean closed;

    private NodeManagement(Supplier<NodeStatus> status) {
        this.status = status;
    }

    /**
     * Registers a bean for the node, and one for each virtual router that it has now.
     *
     * @param status the status of the node, asked for with each attribute
     * @throws IllegalStateException if there is a node of the same name already
     */
    public static NodeManagement register(Supplier<NodeStatus> status) {
        NodeManagement management = new NodeManagement(status);
        try {
            management.refresh();
        } catch (IllegalStateException e) {
            management.close();
            throw e;
        }
        return management;
    }

    /**
     * After a reload: registers beans for the routers that are new, and takes away those of the ones that are gone.
     *
     * @throws IllegalStateException if there is another bean of the name of one
     */
    public synchronized void refresh() {
        if (closed) {
            return;
        }
        NodeStatus now = status.get();
        Set<ObjectName> wanted = new HashSet<>();
        wanted.add(name(now.name()));
        now.routers().forEach(router -> wanted.add(name(now.name(), router.name())));
        List.copyOf(names).stream().filter(name -> !wanted.contains(name)).forEach(this::unregister);
        try {
            if (!names.contains(name(now.name()))) {
                register(name(now.name()), new NodeBean(status));
            }
            for (RouterStatus router : now.routers()) {
                ObjectName name = name(now.name(), router.name());
                if (!names.contains(name)) {
                    register(name, new RouterBean(() -> status(router.name())));
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException("node " + now.name() + " cannot be registered for JMX: " + e, e);
        }
    }

    private RouterStatus status(String router) {
        return status.get().routers().stream()
                .filter(candidate -> candidate.name().equals(router))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no virtual router is named " + router));
    }

    /** What a node is registered as. */
    public static ObjectName name(String node) {
        return objectName("org.vrrp4j:type=Node,node=" + ObjectName.quote(node));
    }

    /** What a virtual router is registered as. */
    public static ObjectName name(String node, String router) {
        return objectName(
                "org.vrrp4j:type=Router,node=" + ObjectName.quote(node) + ",name=" + ObjectName.quote(router));
    }

    private static ObjectName objectName(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no name for JMX: " + text, e);
        }
    }

    private void register(ObjectName name, Object bean) throws JMException {
        server.registerMBean(bean, name);
        names.add(name);
    }

    private void unregister(ObjectName name) {
        names.remove(name);
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            return; // somebody else has taken it away
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be taken away", e);
        }
    }

    /** Takes the beans away. */
    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(names).forEach(this::unregister);
    }
}
