package org.vrrp4j.model;

import java.util.Locale;

/** How something is that routers track. */
public enum TrackerState {
    /** Not looked at yet: it keeps no running router out and adds nothing; a router that is started waits for it. */
    UNKNOWN,
    /** It is well. A file is up if its number is 0. */
    UP,
    /** It is not. */
    DOWN;

    /** In lower case, for log lines. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
