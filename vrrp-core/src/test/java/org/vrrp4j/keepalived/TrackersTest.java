package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.MailSettings;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NotifyFifo;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.NotifySettings.Occasion;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ProcessTracker.ParameterMatch;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;

/** Trackers, sync groups and notification become configuration. */
class TrackersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void scriptHasKeepalivedsDefaults() {
        assertThat(tracked("vrrp_script s {", "script /bin/true", "}", Conf.instance("track_script {", "s", "}")))
                .containsExactly(new Tracked(
                        new ScriptTracker("s", command("/bin/true"), SECOND, SECOND, 1, 1, false), TrackWeight.FAULT));
    }

    @Test
    void scriptHasAllItsValuesAndAWeightThatTheInstanceMayChange() {
        String[] script = {
            "vrrp_script s {",
            "script \"/bin/check 'a b' \\\"c\"",
            "interval 0.5",
            "timeout 2",
            "weight -10 reverse",
            "rise 2",
            "fall 3",
            "user web www",
            "init_fail",
            "}"
        };
        ScriptTracker tracker = new ScriptTracker(
                "s",
                new Command(List.of("/bin/check", "a b", "\"c"), Optional.of("web:www")),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                2,
                3,
                true);

        assertThat(tracked(String.join("\n", script), Conf.instance("track_script {", "s", "}")))
                .containsExactly(new Tracked(tracker, new TrackWeight(-10, true)));
        assertThat(tracked(String.join("\n", script), Conf.instance("track_script {", "s weight 5", "}")))
                .containsExactly(new Tracked(tracker, new TrackWeight(5, true)));
        assertThat(tracked(String.join("\n", script), Conf.instance("track_script {", "s weight 5 noreverse", "}")))
                .containsExactly(new Tracked(tracker, new TrackWeight(5, false)));
    }

    @Test
    void interfacesFilesAndProcessesAreTracked() {
        assertThat(tracked(
                        "track_file f {",
                        "file /run/switch",
                        "init_file 5 overwrite",
                        "}",
                        "vrrp_track_process p {",
                        "process java -jar x",
                        "param_match partial",
                        "quorum 2",
                        "delay 1.5",
                        "fork_delay 0.25",
                        "}",
                        Conf.instance(
                                "track_interface {",
                                "eth1",
                                "eth2 weight 20 reverse",
                                "}",
                                "track_file {",
                                "f",
                                "}",
                                "track_process {",
                                "p weight 254",
                                "}")))
                .containsExactly(
                        new Tracked(new InterfaceTracker("eth1"), TrackWeight.FAULT),
                        new Tracked(new InterfaceTracker("eth2"), new TrackWeight(20, true)),
                        new Tracked(
                                new FileTracker("f", "/run/switch", OptionalInt.of(5), true),
                                new TrackWeight(1, false)),
                        new Tracked(
                                new ProcessTracker(
                                        "p",
                                        "java",
                                        List.of("-jar", "x"),
                                        ParameterMatch.PARTIAL,
                                        true,
                                        2,
                                        ProcessTracker.UNLIMITED,
                                        Duration.ofMillis(1500),
                                        Duration.ofMillis(250)),
                                new TrackWeight(254, false)));
    }

    @Test
    void whatIsTrackedMustStandAboveAndOnceAndWithAWeightInRange() {
        assertThat(errors(Conf.instance("track_script {", "s", "}"), "vrrp_script s {", "script /bin/true", "}"))
                .containsExactly("k.conf:6: error: 's' is no vrrp_script that stands above");
        assertThat(errors(Conf.instance("track_interface {", "eth1", "eth1", "eth2 weight 254", "eth3 foo", "}")))
                .containsExactly(
                        "k.conf:7: error: 'eth1' is in track_interface already",
                        "k.conf:8: error: weight must be -253 to 253: '254'",
                        "k.conf:9: error: after 'eth3' only weight and its value may stand: 'foo'");
        assertThat(errors("vrrp_script s {", "}", Conf.instance()))
                .containsExactly("k.conf:1: error: vrrp_script 's' has no script");
    }

    @Test
    void syncGroupHasMembersTrackersAndScripts() {
        NodeConfig node = Conf.parse(
                        "vrrp_sync_group G {",
                        "group {",
                        "VI_1",
                        "}",
                        "track_interface {",
                        "eth1",
                        "}",
                        "sync_group_tracking_weight",
                        "notify_master /bin/up",
                        "}",
                        "global_defs {",
                        "script_user web",
                        "}",
                        Conf.instance())
                .nodeConfig();

        assertThat(node.groups())
                .containsExactly(new SyncGroupConfig(
                        "G",
                        List.of("VI_1"),
                        List.of(new Tracked(new InterfaceTracker("eth1"), TrackWeight.FAULT)),
                        true,
                        new NotifySettings(
                                Map.of(Occasion.MASTER, new Command(List.of("/bin/up"), Optional.of("web"))),
                                false,
                                false,
                                false)));
    }

    @Test
    void groupWithAnUnknownMemberOrOneOfAnotherGroupIsAnError() {
        assertThat(errors(
                        "vrrp_sync_group G {",
                        "group { VI_1 VI_9",
                        "}",
                        "}",
                        "vrrp_sync_group H {",
                        "group { VI_1",
                        "}",
                        "}",
                        Conf.instance()))
                .containsExactly(
                        "k.conf:2: error: there is no vrrp_instance 'VI_9'",
                        "k.conf:6: error: vrrp_instance 'VI_1' is in vrrp_sync_group 'G' already");
    }

    @Test
    void mailAndPipesAreThoseOfTheNode() {
        NodeConfig node = Conf.parse(
                        "global_defs {",
                        "notification_email {",
                        "a@example.org b@example.org",
                        "c@example.org",
                        "}",
                        "smtp_server 192.0.2.25 587",
                        "smtp_connect_timeout 7",
                        "no_email_faults",
                        "log_unknown_vrids",
                        "smtp_alert_vrrp",
                        "notify_fifo /run/fifo web",
                        "notify_fifo_script /bin/read",
                        "}",
                        Conf.instance("notify \"/bin/tell x\" root"))
                .nodeConfig();

        assertThat(node.notification().mail())
                .contains(new MailSettings(
                        List.of("a@example.org", "b@example.org", "c@example.org"),
                        Optional.empty(),
                        "192.0.2.25",
                        587,
                        Optional.empty(),
                        Duration.ofSeconds(7),
                        false));
        assertThat(node.logsUnknownRouters()).isTrue();
        assertThat(node.notification().fifos())
                .containsExactly(new NotifyFifo("/run/fifo", Optional.of("web"), Optional.of(command("/bin/read"))));
        NotifySettings router = node.routers().get(0).notification();
        assertThat(router.mail()).isTrue();
        assertThat(router.script(Occasion.ANY)).contains(new Command(List.of("/bin/tell", "x"), Optional.of("root")));
    }

    @Test
    void scriptsOfTrackersRunAsTheUserOfAllScriptsWithItsGroupsIfAskedFor() {
        NodeConfig node = Conf.parse(
                        "global_defs {",
                        "script_user web",
                        "set_supplementary_groups",
                        "}",
                        "vrrp_script own { script \"/bin/true\"",
                        "user www }",
                        "vrrp_script any { script /bin/true",
                        "}",
                        Conf.instance("notify /bin/tell", "track_script {", "own", "any", "}"))
                .nodeConfig();

        RouterConfig router = node.routers().get(0);
        assertThat(router.trackers())
                .extracting(tracked -> ((ScriptTracker) tracked.tracker()).command())
                .containsExactly(
                        new Command(List.of("/bin/true"), Optional.of("www"), true),
                        new Command(List.of("/bin/true"), Optional.of("web"), true));
        assertThat(router.notification().script(Occasion.ANY))
                .contains(new Command(List.of("/bin/tell"), Optional.of("web"), true));
    }

    @Test
    void whatIsToldOfReloadsAndPrioritiesIsHonouredWithoutAWord() {
        String text = """
                global_defs {
                  vrrp_notify_fifo /run/f
                  vrrp_notify_priority_changes
                  fifo_write_vrrp_states_on_reload
                  reload_check_config
                }
                """ + Conf.instance("notify_deleted /bin/gone root", "notify_priority_changes off");
        assertThat(Conf.problems(text)).isEmpty();
        NodeConfig node = Conf.parse(text).nodeConfig();
        assertThat(node.notification().statesAfterReload()).isTrue();
        NotifySettings router = node.routers().get(0).notification();
        assertThat(router.deletion()).isTrue();
        assertThat(router.priorityChanges()).isFalse();
        assertThat(router.script(Occasion.DELETED)).contains(new Command(List.of("/bin/gone"), Optional.of("root")));
        assertThat(Conf.parse(text.replace("notify_priority_changes off", ""))
                        .nodeConfig()
                        .routers()
                        .get(0)
                        .notification()
                        .priorityChanges())
                .as("as in global_defs")
                .isTrue();
    }

    @Test
    void whatAGroupSaysOfPrioritiesGoesForMembersThatSayNothing() {
        String group = """
                global_defs {
                  vrrp_notify_priority_changes %s
                }
                vrrp_sync_group G {
                  group {
                    VI_1
                  }
                  notify_priority_changes %s
                }
                """;
        assertThat(tellsPriorities(group.formatted("no", "yes"))).isTrue();
        assertThat(tellsPriorities(group.formatted("yes", "no"))).isFalse();
        assertThat(tellsPriorities(group.formatted("no", "yes"), "notify_priority_changes no"))
                .isFalse();
    }

    private static boolean tellsPriorities(String group, String... lines) {
        assertThat(Conf.problems(group, Conf.instance(lines))).isEmpty();
        return Conf.router(group, Conf.instance(lines)).notification().priorityChanges();
    }

    @Test
    void scriptThatIsGivenTwiceIsAnError() {
        assertThat(errors(Conf.instance("notify_master /bin/a", "notify_master /bin/b")))
                .containsExactly("k.conf:6: error: 'notify_master' was given in line 5 already; only one may be");
    }

    @Test
    void thousandInstancesAreReadInTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("vrrp_instance VI_")
                    .append(i)
                    .append(" {\n  interface eth")
                    .append(i / 200);
            text.append("\n  virtual_router_id ").append(i % 200 + 1);
            text.append("\n  priority 100\n  advert_int 1\n  nopreempt\n  virtual_ipaddress {\n");
            text.append("    192.0.")
                    .append(2 + i / 250)
                    .append('.')
                    .append(i % 250)
                    .append("/24\n  }\n}\n");
        }

        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20 && best > SECOND.toNanos(); i++) {
            long start = System.nanoTime();
            NodeConfig node = Conf.parse(text.toString()).nodeConfig();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println(
                "1000 instances are read in " + Duration.ofNanos(best).toMillis() + " ms");
        assertThat(Duration.ofNanos(best)).isLessThan(SECOND);
    }

    private static Command command(String program) {
        return new Command(List.of(program), Optional.empty());
    }

    private static List<Tracked> tracked(String... lines) {
        return Conf.router(lines).trackers();
    }

    private static List<String> errors(String... lines) {
        return Conf.problems(lines).stream()
                .filter(problem -> problem.contains(": error: "))
                .toList();
    }
}
