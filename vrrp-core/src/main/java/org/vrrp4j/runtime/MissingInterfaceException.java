package org.vrrp4j.runtime;

import java.io.IOException;
import org.vrrp4j.config.RouterConfig;

/** A configured interface does not exist when the node starts. */
public final class MissingInterfaceException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingInterfaceException(RouterConfig router) {
        super("interface " + router.id().interfaceName() + " of " + router.name()
                + " does not exist (ip link shows those that do); a node that is to wait for it needs"
                + " waitForInterfaces(), in keepalived.conf dynamic_interfaces");
    }
}
