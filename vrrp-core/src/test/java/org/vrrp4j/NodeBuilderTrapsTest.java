package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.keepalived.KeepalivedConf;

/** Traps of trackers are warned of by whoever reads a file, or by the node: by one of them. */
class NodeBuilderTrapsTest {
    private static final String TRAP = """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 100
                nopreempt
                track_interface {
                    eth1 weight -20
                }
                virtual_ipaddress {
                    192.0.2.100/24
                }
            }
            """;

    private final KeepalivedConf conf = KeepalivedConf.parse("k.conf", TRAP);

    @Test
    void whatTheReaderHasWarnedOfIsNotToldAgain() {
        NodeConfig config = conf.nodeConfig();
        assertThat(conf.problems()).singleElement().asString().contains("does not take over from a lower one");
        assertThat(VrrpNode.builder().keepalivedConf(conf).newTraps(config)).isEmpty();
    }

    @Test
    void whatNobodyHasWarnedOfIsTold() {
        NodeConfig config = conf.nodeConfig();
        assertThat(VrrpNode.builder().config(config).newTraps(config)).hasSize(1);
    }
}
