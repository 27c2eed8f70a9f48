package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.LinkTracking;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;

/** The values of a vrrp_instance and their defaults, as keepalived reads them. */
class InstanceValuesTest {

    @Test
    void missingInterfacesAreWaitedForIfTheFileSaysSo() {
        assertThat(Conf.parse(Conf.instance()).nodeConfig().waitsForInterfaces())
                .isFalse();
        assertThat(Conf.parse("global_defs {\ndynamic_interfaces allow_if_changes\n}", Conf.instance())
                        .nodeConfig()
                        .waitsForInterfaces())
                .isTrue();
        assertThat(Conf.problems("global_defs {\ndynamic_interfaces allow_if_changes\n}", Conf.instance()))
                .isEmpty();
        assertThat(Conf.problems("global_defs {\ndynamic_interfaces eth1\n}", Conf.instance()))
                .singleElement()
                .asString()
                .contains("2: ", "dynamic_interfaces takes nothing or allow_if_changes");
    }

    @Test
    void defaultsAreThoseOfKeepalived() {
        RouterConfig router = Conf.router(Conf.instance());

        assertThat(Conf.problems(Conf.instance())).isEmpty();
        assertThat(router.version()).isEqualTo(VrrpVersion.V2);
        assertThat(router.priority()).isEqualTo(100);
        assertThat(router.advertisementInterval()).hasSeconds(1);
        assertThat(router.downTimerAdverts()).isEqualTo(3);
        assertThat(router.preempt()).isTrue();
        assertThat(router.authentication()).isEqualTo(Authentication.NONE);
        assertThat(Conf.parse(Conf.instance()).nodeConfig().name()).isEqualTo("vrrp");
    }

    @Test
    void outOfRangeValuesAreErrorsThatNameTheRange() {
        Map<String, String> errors = Map.ofEntries(
                Map.entry("priority 0", "priority must be 1 to 255: '0'"),
                Map.entry("priority 256", "priority must be 1 to 255: '256'"),
                Map.entry("priority -1", "priority must be 1 to 255: '-1'"),
                Map.entry("priority high", "priority must be 1 to 255: 'high'"),
                Map.entry("priority 99999999999999999999", "priority must be 1 to 255: '99999999999999999999'"),
                Map.entry("priority", "priority needs a value: 1 to 255"),
                Map.entry("priority \"\"", "priority needs a value: 1 to 255"),
                Map.entry("advert_int 0", "advert_int must be 0.01 to 255 seconds: '0'"),
                Map.entry("advert_int 256", "advert_int must be 0.01 to 255 seconds: '256'"),
                Map.entry("advert_int 1s", "advert_int must be 0.01 to 255 seconds: '1s'"),
                Map.entry("advert_int .", "advert_int must be 0.01 to 255 seconds: '.'"),
                Map.entry("version 4", "version must be 2 or 3: '4'"),
                Map.entry("state ACTIVE", "state must be MASTER or BACKUP: 'ACTIVE'"),
                Map.entry("down_timer_adverts 101", "down_timer_adverts must be 1 to 100: '101'"),
                Map.entry(
                        "v3_checksum_as_v2 maybe",
                        "v3_checksum_as_v2 must be one of on off true false yes no: 'maybe'"),
                Map.entry("v3_checksum_as_v2 On", "v3_checksum_as_v2 must be one of on off true false yes no: 'On'"));

        errors.forEach((line, message) ->
                assertThat(Conf.problems(Conf.instance(line))).containsExactly("k.conf:5: error: " + message));
    }

    @Test
    void virtualRouterIdMustBeOneTo255() {
        for (String vrid : List.of("0", "256", "x")) {
            assertThat(Conf.problems(Conf.instance().replace("51", vrid)))
                    .containsExactly("k.conf:3: error: virtual_router_id must be 1 to 255: '" + vrid + "'");
        }
        assertThat(Conf.router(Conf.instance().replace("51", "255")).id().vrid())
                .isEqualTo(255);
    }

    @Test
    void missingMandatoryKeywordsAreReportedAtTheInstance() {
        assertThat(Conf.problems("", "vrrp_instance VI_1 {", "}"))
                .containsExactly(
                        "k.conf:2: error: vrrp_instance 'VI_1' has no interface",
                        "k.conf:2: error: vrrp_instance 'VI_1' has no virtual_router_id",
                        "k.conf:2: error: vrrp_instance 'VI_1' has no virtual_ipaddress");
    }

    @Test
    void interfaceNameMustBeOneThatTheKernelTakes() {
        assertThat(Conf.problems(Conf.instance().replace("eth0", "abcdefghijklmnop")))
                .containsExactly("k.conf:2: error: interface must have 1 to 15 characters, none of them '/':"
                        + " 'abcdefghijklmnop'");
    }

    @Test
    void fileWithoutInstanceIsAnError() {
        assertThat(Conf.problems(""))
                .containsExactly("k.conf:1: error: there is no vrrp_instance, so there is nothing to do");
        assertThat(Conf.problems("vrrp_instance {", "}"))
                .contains("k.conf:1: error: vrrp_instance needs a value: the name of the instance");
    }

    @Test
    void secondInstanceOfANameIsAnErrorAndSkipped() {
        assertThat(Conf.problems(Conf.instance(), Conf.instance("priority 0")))
                .containsExactly("k.conf:8: error: vrrp_instance 'VI_1' is in line 1 already;"
                        + " give each instance a name of its own");
    }

    @Test
    void sameVridOnAnInterfaceIsAnErrorThatNamesTheOther() {
        String other = Conf.instance().replace("VI_1", "VI_2").replace("2.100", "2.101");

        assertThat(Conf.problems(Conf.instance(), other))
                .containsExactly("k.conf:10: error: virtual_router_id must be unique on an interface and in a family:"
                        + " eth0/51 is in line 3 already, for 'VI_1'");
        assertThat(Conf.problems(Conf.instance(), other.replace("eth0", "eth1")))
                .isEmpty();
        assertThat(Conf.problems(Conf.instance(), other.replace("192.0.2.101/24", "fe80::1")))
                .isEmpty();
    }

    @Test
    void stateMasterAloneMeansPriority255() {
        assertThat(Conf.router(Conf.instance("state MASTER")).priority()).isEqualTo(255);
        assertThat(Conf.problems(Conf.instance("state MASTER")))
                .containsExactly("k.conf:5: warning: state MASTER without a priority means priority 255,"
                        + " which is the owner's; give a priority");
        assertThat(Conf.router(Conf.instance("state BACKUP")).priority()).isEqualTo(100);
        assertThat(Conf.router(Conf.instance("state MASTER", "priority 90")).priority())
                .isEqualTo(90);
    }

    @Test
    void nopreemptNeedsAStateAndAPriorityThatAllowIt() {
        assertThat(Conf.router(Conf.instance("nopreempt")).preempt()).isFalse();
        assertThat(Conf.router(Conf.instance("nopreempt", "preempt")).preempt()).isTrue();
        assertThat(Conf.router(Conf.instance("state MASTER", "priority 9", "nopreempt"))
                        .preempt())
                .isTrue();
        assertThat(Conf.problems(Conf.instance("state MASTER", "priority 9", "nopreempt")))
                .containsExactly("k.conf:7: warning: nopreempt does not go with state MASTER and is ignored");
        assertThat(Conf.problems(Conf.instance("priority 255", "nopreempt")))
                .containsExactly("k.conf:6: warning: nopreempt does not go with priority 255 and is ignored");
    }

    @Test
    void repeatedKeywordReplacesTheFirstWithAWarning() {
        assertThat(Conf.router(Conf.instance("priority 5", "priority 6")).priority())
                .isEqualTo(6);
        assertThat(Conf.problems(Conf.instance("priority 5", "priority 6")))
                .containsExactly("k.conf:6: warning: 'priority' was given in line 5 already; this one counts");
    }

    @Test
    void versionIsTheInstancesThenTheGlobalThenTwoAndAlwaysThreeForIpv6() {
        String global = "global_defs { vrrp_version 3\n}\n";
        String ipv6 = Conf.addresses("fe80::1/64");

        assertThat(Conf.router(global, Conf.instance()).version()).isEqualTo(VrrpVersion.V3);
        assertThat(Conf.router(global, Conf.instance("version 2")).version()).isEqualTo(VrrpVersion.V2);
        assertThat(Conf.router(ipv6).version()).isEqualTo(VrrpVersion.V3);
        assertThat(Conf.router(ipv6).id().family()).isEqualTo(IpFamily.IPV6);
        assertThat(Conf.problems(ipv6.replace("interface eth0", "version 2\ninterface eth0")))
                .containsExactly("k.conf:2: warning: IPv6 addresses need version 3: '2' is read as 3");
    }

    @Test
    void version2IntervalIsRoundedToWholeSeconds() {
        assertInterval(Duration.ofSeconds(1), "1.49", "advert_int 1.49");
        assertInterval(Duration.ofSeconds(2), "1.5", "advert_int 1.5");
        assertInterval(Duration.ofSeconds(1), "0.1", "advert_int .1");
        assertThat(Conf.problems(Conf.instance("advert_int 255"))).isEmpty();
    }

    private static void assertInterval(Duration expected, String shown, String line) {
        assertThat(Conf.router(Conf.instance(line)).advertisementInterval()).isEqualTo(expected);
        assertThat(Conf.problems(Conf.instance(line)))
                .containsExactly("k.conf:5: warning: advert_int is in steps of 1 seconds in version 2: '" + shown
                        + "' is read as " + expected.toSeconds());
    }

    @Test
    void version3IntervalIsRoundedToCentiseconds() {
        assertThat(Conf.router(Conf.instance("version 3", "advert_int 0.1")).advertisementInterval())
                .hasMillis(100);
        assertThat(Conf.router(Conf.instance("version 3", "advert_int 40.95")).advertisementInterval())
                .hasMillis(40_950);
        assertThat(Conf.router(Conf.instance("version 3", "advert_int 0.256")).advertisementInterval())
                .hasMillis(260);
        assertThat(Conf.problems(Conf.instance("version 3", "advert_int 0.256")))
                .containsExactly("k.conf:6: warning: advert_int is in steps of 0.01 seconds in version 3:"
                        + " '0.256' is read as 0.26");
        assertThat(Conf.problems(Conf.instance("version 3", "advert_int 41")))
                .containsExactly("k.conf:6: error: advert_int must be 0.01 to 40.95 seconds in version 3: '41'");
    }

    @Test
    void moreThanSixDecimalsAreRoundedWithAWarning() {
        assertThat(Conf.problems(Conf.instance("advert_int 0.9999999")))
                .containsExactly("k.conf:5: warning: advert_int has at most 6 decimals: '0.9999999' is read as 1");
    }

    @Test
    void booleansHaveSixWordsAndAloneMeanTrue() {
        for (String line : List.of("", " on", " true", " yes")) {
            assertThat(Conf.router(Conf.instance("version 3", "v3_checksum_as_v2" + line))
                            .checksumForm())
                    .isEqualTo(ChecksumForm.MESSAGE_ONLY);
        }
        for (String line : List.of(" off", " false", " no")) {
            assertThat(Conf.router("global_defs { v3_checksum_as_v2\n}", Conf.instance("v3_checksum_as_v2" + line))
                            .checksumForm())
                    .isEqualTo(ChecksumForm.PSEUDO_HEADER);
        }
        assertThat(Conf.router("global_defs { v3_checksum_as_v2\n}", Conf.instance())
                        .checksumForm())
                .isEqualTo(ChecksumForm.MESSAGE_ONLY);
    }

    @Test
    void downTimerAdvertsOfTheInstanceGoBeforeTheGlobalOnes() {
        String global = "global_defs { vrrp_down_timer_adverts 5\n}\n";

        assertThat(Conf.router(global, Conf.instance()).downTimerAdverts()).isEqualTo(5);
        assertThat(Conf.router(global, Conf.instance("down_timer_adverts 7")).downTimerAdverts())
                .isEqualTo(7);
    }

    @Test
    void strictModeHasNoAuthenticationAndThreeAdverts() {
        String[] lines = {
            Conf.instance(
                    "strict_mode", "down_timer_adverts 9", "authentication {", "auth_type PASS", "auth_pass a", "}")
        };

        assertThat(Conf.router(lines).authentication()).isEqualTo(Authentication.NONE);
        assertThat(Conf.router(lines).downTimerAdverts()).isEqualTo(3);
        assertThat(Conf.problems(lines))
                .hasSize(3)
                .allMatch(problem -> problem.contains(": warning: "))
                .contains("k.conf:7: warning: strict mode has no authentication: this block is ignored");
    }

    @Test
    void delaysAreThoseOfKeepalived() {
        RouterConfig router = Conf.router(
                "global_defs {", "vrrp_startup_delay 2.5", "}", Conf.instance("preempt_delay 300", "state BACKUP"));

        assertThat(router.startupDelay()).hasMillis(2500);
        assertThat(router.preemptDelay()).hasSeconds(300);
        assertThat(Conf.router(Conf.instance()).preemptDelay()).isZero();
        assertThat(Conf.router(Conf.instance()).startupDelay()).isZero();
        assertThat(Conf.router("global_defs {", "vrrp_delay_after_boot 90", "}", Conf.instance())
                        .delayAfterBoot())
                .hasSeconds(90);
        assertThat(Conf.problems("global_defs {", "vrrp_delay_after_boot 1001", "}", Conf.instance()))
                .containsExactly("k.conf:2: error: vrrp_delay_after_boot must be 0 to 1000 seconds: '1001'");
        assertThat(Conf.problems(Conf.instance("preempt_delay 1001")))
                .containsExactly("k.conf:5: error: preempt_delay must be 0 to 1000 seconds: '1001'");
        assertThat(Conf.problems(Conf.instance("state MASTER", "priority 200", "preempt_delay 5")))
                .containsExactly("k.conf:7: warning: preempt_delay does not go with state MASTER and is ignored");
    }

    @Test
    void aLateMasterStepsDownWithTimerExpiredBackup() {
        assertThat(Conf.router(Conf.instance()).stepDownAfterStall()).isFalse();
        for (String line : List.of("timer_expired_backup", "timer_expired_backup 150", "thread_timer_expired")) {
            assertThat(Conf.problems(Conf.instance(line))).isEmpty();
            assertThat(Conf.router(Conf.instance(line)).stepDownAfterStall()).isTrue();
        }
    }

    @Test
    void skippingTheAddressCheckMeansWhatKeepalivedMakesOfIt() {
        assertThat(Conf.router(Conf.instance()).addressListCheck()).isEqualTo(AddressListCheck.DROP);
        assertThat(Conf.router(Conf.instance("skip_check_adv_addr")).addressListCheck())
                .isEqualTo(AddressListCheck.DROP_OF_NEW_MASTER);
        assertThat(Conf.router("global_defs {", "vrrp_skip_check_adv_addr", "}", Conf.instance())
                        .addressListCheck())
                .isEqualTo(AddressListCheck.DROP_OF_NEW_MASTER);

        assertThat(Conf.router(Conf.instance("skip_check_adv_addr off")).addressListCheck())
                .isEqualTo(AddressListCheck.DROP_OF_NEW_MASTER);
        assertThat(Conf.problems(Conf.instance("skip_check_adv_addr off")))
                .containsExactly("k.conf:5: warning: 'skip_check_adv_addr' is on with any value: leave the line out to"
                        + " have it off");
        assertThat(Conf.problems(Conf.instance("skip_check_adv_addr on"))).isEmpty();
    }

    @Test
    @DisplayName("vrrp_strict: what does not go with it is told, each with its line")
    void strictRulesAreToldWithTheirLine() {
        Map<String, String> warnings = Map.of(
                "state MASTER",
                "in strict mode state MASTER goes with priority 255 and with no other: 'MASTER' is read as BACKUP",
                "preempt_delay 5",
                "strict mode has no preempt_delay: it is ignored",
                "down_timer_adverts 4",
                "down_timer_adverts must be 3 in strict mode, and is",
                "accept",
                "strict mode has no accept in version 2 (RFC 3768, 6.4.3): packets to the addresses are not accepted",
                "garp_lower_prio_repeat 2",
                "strict mode has no announcements after a lower-priority advertisement; they are made all the same");
        warnings.forEach((line, message) -> {
            String text = Conf.instance("strict_mode", "priority 100", line);
            assertThat(Conf.problems(text)).hasSize(2).contains("k.conf:7: warning: " + message);
            RouterConfig router = Conf.router(text);
            assertThat(router.strict()).isTrue();
            assertThat(router.preemptDelay()).isZero();
            assertThat(router.downTimerAdverts()).isEqualTo(3);
        });
        assertThat(Conf.problems(Conf.instance("strict_mode", "unicast_peer {", "192.0.2.2", "}")))
                .contains("k.conf:6: error: strict mode has no unicast peers, as no RFC knows them");
    }

    @Test
    @DisplayName("vrrp_strict: the state is that of the priority, and so nopreempt goes with state MASTER below 255")
    void stateFollowsThePriorityInStrictMode() {
        String backup = Conf.instance("strict_mode", "state MASTER", "priority 100", "nopreempt");
        assertThat(Conf.router(backup).preempt()).isFalse();
        String owner = Conf.instance("strict_mode", "state BACKUP", "priority 255");
        assertThat(Conf.problems(owner))
                .contains("k.conf:6: warning: in strict mode state MASTER goes with priority 255 and with no other:"
                        + " 'BACKUP' is read as MASTER");
        assertThat(Conf.problems(Conf.instance("strict_mode", "state MASTER", "priority 255")))
                .hasSize(1);
        assertThat(Conf.problems(Conf.instance("strict_mode", "state BACKUP"))).hasSize(1);
    }

    @Test
    @DisplayName("vrrp_strict: a global down timer that does not go with it is told at each instance")
    void globalDownTimerIsToldInStrictMode() {
        assertThat(Conf.problems("global_defs {", "vrrp_strict", "vrrp_down_timer_adverts 5", "}", Conf.instance()))
                .hasSize(2)
                .contains(
                        "k.conf:5: warning: vrrp_down_timer_adverts must be 3 in strict mode, and is for vrrp_instance"
                                + " 'VI_1'");
    }

    @Test
    void preemptDelayDoesNotGoWithNopreempt() {
        String[] lines = {Conf.instance("nopreempt", "preempt_delay 5")};

        assertThat(Conf.problems(lines))
                .containsExactly("k.conf:6: warning: preempt_delay does not go with nopreempt and is ignored");
        assertThat(Conf.router(lines).preemptDelay()).isZero();
    }

    @Test
    void whatAnInstanceNeedsOfItsInterfaceIsRead() {
        assertThat(Conf.router(Conf.instance()).linkTracking()).isEqualTo(LinkTracking.DEFAULT);
        String text = Conf.instance("dont_track_primary", "mcast_src_ip 192.0.2.1", "track_src_ip");
        assertThat(Conf.problems(text)).isEmpty();
        assertThat(Conf.router(text).linkTracking()).isEqualTo(new LinkTracking(false, true));
        assertThat(Conf.router(text).toBuilder().build().linkTracking()).isEqualTo(new LinkTracking(false, true));
        assertThat(Conf.problems(Conf.instance("track_src_ip")))
                .containsExactly("k.conf:5: warning: track_src_ip goes with unicast_src_ip or mcast_src_ip, and is"
                        + " ignored without");
    }
}
