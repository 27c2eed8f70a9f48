package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.LimitedCommand;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NodeDifference;
import org.vrrp4j.config.ProcessSettings;

/** What global_defs says of the process. */
class ProcessSettingsConfTest {

    private static ProcessSettings settings(String... lines) {
        String text = "global_defs {\n" + String.join("\n", lines) + "\n}\n" + Conf.instance();
        assertThat(Conf.problems(text)).isEmpty();
        return Conf.parse(text).nodeConfig().process();
    }

    @Test
    void nothingIsSaidByDefault() {
        assertThat(settings()).isEqualTo(ProcessSettings.NONE);
    }

    @Test
    void scriptsOfStartAndEndHaveTenSecondsUnlessSaidOtherwise() {
        ProcessSettings settings = settings(
                "startup_script \"/bin/up 'a b'\" root",
                "shutdown_script /bin/down",
                "shutdown_script_timeout 30",
                "script_user web www");
        assertThat(settings.startup())
                .contains(new LimitedCommand(
                        new Command(List.of("/bin/up", "a b"), Optional.of("root")), Duration.ofSeconds(10)));
        assertThat(settings.shutdown())
                .contains(new LimitedCommand(
                        new Command(List.of("/bin/down"), Optional.of("web:www")), Duration.ofSeconds(30)));
    }

    @Test
    void filesOfReloadsAreNamed() {
        ProcessSettings settings = settings("reload_time_file /run/when", "reload_repeat", "reload_file /run/busy");
        assertThat(settings.reloadTimeFile()).contains("/run/when");
        assertThat(settings.repeatsReload()).isTrue();
        assertThat(settings.reloadMarker()).contains("/run/busy");
        assertThat(settings("reload_file").reloadMarker()).contains("/run/keepalived.reload");
    }

    @Test
    void schedulingAndMemoryAreThoseOfTheVrrpProcess() {
        assertThat(settings("vrrp_priority -5", "vrrp_cpu_affinity 1 0").scheduling())
                .isEqualTo(LoopScheduling.URGENT.withNice(-5).onCpus(List.of(0, 1)));
        assertThat(settings("vrrp_rt_priority 50", "vrrp_no_swap"))
                .isEqualTo(new ProcessSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        LoopScheduling.URGENT.withRealTimePriority(50)));
    }

    @Test
    void aReloadTellsThatTheyDiffer() {
        KeepalivedConf before = Conf.parse(Conf.instance());
        KeepalivedConf after = Conf.parse("global_defs {\nvrrp_priority 5\n}", Conf.instance());
        assertThat(NodeDifference.between(before.nodeConfig(), after.nodeConfig())
                        .others())
                .containsExactly("process");
    }
}
