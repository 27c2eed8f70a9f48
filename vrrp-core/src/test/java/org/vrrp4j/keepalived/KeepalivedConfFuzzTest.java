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
                        "global_defs {\n  router_id a b\n}\n@x include c\n$NAME=1\n~SEQ(v, 1, 2) \"quoted\n",
                        "$B=\\\ninterface eth0 \\\n$V\n$V=virtual_router_id ${_RANDOM 1 9}\n" + Conf.instance("$B"),
                        Conf.addresses("~SEQ(i,3) ~LST({j,k},{1,a},{2}) 192.0.2.${i}$j", "~SEQx(i,9,010,30) fe80::$i"),
                        "include a.conf\nincludea /etc/{a,b}*.conf\n@^web1 x\n@web1 ${_ENV SITE}${_PWD}$_INSTANCE\n",
                        "vrrp_script s {\nscript '/bin/x \\x41' a b\n}\n" + Conf.instance("track_script {", "s", "}"),
                        "vrrp_sync_group G {\ngroup { VI_1\n}\nnotify \"/bin/x\"\n}\n" + Conf.instance("smtp_alert"),
                        "virtual_server 192.0.2.1 80 {\nreal_server 192.0.2.2 80 {\nTCP_CHECK {\n}\n}\n}\n")
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
        "include a.conf",
        "includea *.conf",
        "$A=\\",
        "${A}",
        "~SEQ(i,9)",
        "~LST({i,j},{1,2})",
        "@web1",
        "vrrp_script",
        "vrrp_sync_group",
        "notify",
        "label"
    })
    @FuzzTest(maxDuration = "8s")
    @DisplayName(
            "any text, also one that includes itself, is a configuration or has errors, few and short enough to read")
    void anyTextIsAConfigurationOrHasErrors(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        ConfigHost host = MemoryFiles.host("/etc/a.conf", text, "/etc/b.conf", "priority 7");
        KeepalivedConf conf = KeepalivedConf.parse("/etc/k.conf", text, host);

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
