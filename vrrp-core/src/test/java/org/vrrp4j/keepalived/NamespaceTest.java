package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NamespaceName;

/** The keyword net_namespace. */
class NamespaceTest {

    @Test
    @DisplayName("net_namespace is a name or an absolute path, and messages about it say where it stands")
    void nameAndPath() {
        assertThat(Conf.problems("", "net_namespace blue", Conf.instance())).isEmpty();
        assertThat(Conf.parse("", "net_namespace blue", Conf.instance())
                        .nodeConfig()
                        .namespace())
                .contains(new NamespaceName("blue", "k.conf:2: net_namespace blue"));
        assertThat(Conf.parse("net_namespace /proc/7/ns/net", Conf.instance())
                        .nodeConfig()
                        .namespace())
                .contains(new NamespaceName("/proc/7/ns/net", "k.conf:1: net_namespace /proc/7/ns/net"));
        assertThat(Conf.parse(Conf.instance()).nodeConfig().namespace()).isEmpty();
    }

    @Test
    @DisplayName("anything else is an error with what is allowed")
    void wrong() {
        assertThat(Conf.problems("net_namespace ../blue", Conf.instance()))
                .containsExactly("k.conf:1: error: net_namespace must be a name as 'ip netns list' shows it, or an"
                        + " absolute path: '../blue'");
        assertThat(Conf.problems("net_namespace", Conf.instance()))
                .containsExactly("k.conf:1: error: net_namespace needs a value: the name of a network namespace");
    }
}
