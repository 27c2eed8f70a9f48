package org.vrrp4j.config;

import java.util.Objects;

/**
 * The network namespace that a node lives in.
 *
 * @param name a name that {@code ip netns list} shows, or an absolute path such as {@code /proc/PID/ns/net}; whether
 *     there is one is found out when the node starts
 * @param source what messages about it begin with, such as {@code keepalived.conf:3: net_namespace blue}
 */
public record NamespaceName(String name, String source) {

    /**
     * Checks that it can be one.
     *
     * @throws IllegalArgumentException if it is neither a name nor an absolute path
     */
    public NamespaceName {
        Objects.requireNonNull(source, "source");
        boolean isName = name.indexOf('/') < 0
                && name.indexOf(0) < 0
                && !name.isBlank()
                && !name.equals(".")
                && !name.equals("..");
        if (!isName && !name.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a network namespace must be a name without / or an absolute path: \"" + name + "\"");
        }
    }
}
