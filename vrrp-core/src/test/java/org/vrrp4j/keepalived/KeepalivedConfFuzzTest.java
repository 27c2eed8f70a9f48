package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.Problem;

/** Any bytes in place of a keepalived.conf; {@link RobustnessTest} has the large and the deep ones. */
class KeepalivedConfFuzzTest {
    private static final int MAX_PROBLEMS = 202;
    private static final int MAX_MESSAGE = 2_000;

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(
                        SeedFilesTest.text("lb01.conf"),
                        Conf.instance("advert_int 0.1", "unicast_peer {", "192.0.2.11", "}", "garp_master_delay 5"),
                        Conf.instance("version 3", "nopreempt", "priority 255 # no", "track_interface {", "}"),
                        Conf.addresses("2001:db8::1/64 dev eth0 scope link", "192.0.2.9/24 label eth0:1"),
                        "global_defs {\n  router_id a b\n}\n@x include c\n$NAME=1\n~SEQ(v, 1, 2) \"quoted\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @DictionaryEntries({
        "vrrp_instance",
        "global_defs",
        "interface",
        "virtual_router_id",
        "virtual_ipaddress",
        "priority",
        "advert_int",
        "authentication",
        "auth_type",
        "auth_pass",
        "unicast_peer",
        "unicast_src_ip",
        "garp_master_delay",
        "garp_master_repeat",
        "vrrp_garp_interval",
        "preempt_delay",
        "nopreempt",
        "track_script",
        "include",
        "label"
    })
    @FuzzTest(maxDuration = "8s")
    @DisplayName("any text is a configuration or has errors, few and short enough to read")
    void anyTextIsAConfigurationOrHasErrors(byte[] data) {
        KeepalivedConf conf = KeepalivedConf.parse("k.conf", new String(data, StandardCharsets.UTF_8));

        List<Problem> problems = conf.problems();
        assertThat(problems.size()).isLessThanOrEqualTo(MAX_PROBLEMS);
        for (Problem problem : problems) {
            assertThat(problem.line()).isPositive();
            assertThat(problem.message().length()).isBetween(1, MAX_MESSAGE);
            assertThat(problem.message().chars().noneMatch(Character::isISOControl))
                    .as(problem.message())
                    .isTrue();
        }
        if (conf.hasErrors()) {
            assertThatThrownBy(conf::nodeConfig).isInstanceOf(ConfigException.class);
        } else {
            assertThat(conf.nodeConfig().routers()).isNotEmpty();
        }
    }
}
