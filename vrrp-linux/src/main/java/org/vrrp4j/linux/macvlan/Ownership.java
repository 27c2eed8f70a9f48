package org.vrrp4j.linux.macvlan;

import org.vrrp4j.model.RouterId;

/** Hears which interfaces this process has made, so that they can go with it. On the loop's thread. */
public interface Ownership {
    /** Nobody does. */
    Ownership UNOBSERVED = new Ownership() {
        @Override
        public void onOurs(RouterId router, String interfaceName) {
            // nobody wants to know
        }

        @Override
        public void onNotOurs(RouterId router) {
            // nobody wants to know
        }
    };

    /** The interface is there, and ours; may be told again. */
    void onOurs(RouterId router, String interfaceName);

    /** There is none of this router any more. */
    void onNotOurs(RouterId router);
}
