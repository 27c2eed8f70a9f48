package org.vrrp4j.runtime;

import java.io.IOException;

/** A configured interface does not exist when the node starts. */
public final class MissingInterfaceException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingInterfaceException(String interfaceName, String routerName) {
        super("interface " + interfaceName + " of " + routerName + " does not exist (ip link shows those that do)");
    }
}
