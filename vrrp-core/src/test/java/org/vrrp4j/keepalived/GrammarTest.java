package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;

/** Lines, comments, quotes and braces. */
class GrammarTest {

    @Test
    void bothCommentSignsEndALineAnywhere() {
        String[] lines = {
            "! a file", "# of ours", Conf.instance("priority 7#00", "  advert_int 2 ! seconds", "!priority 9", "#}")
        };

        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.router(lines).priority()).isEqualTo(7);
        assertThat(Conf.router(lines).advertisementInterval()).hasSeconds(2);
    }

    @Test
    void commentSignsWithinDoubleQuotesOrAfterABackslashAreOrdinary() {
        assertThat(password("auth_pass \"a#b!c\"")).isEqualTo(Authentication.simplePassword("a#b!c"));
        assertThat(password("auth_pass a\\#b\\!c")).isEqualTo(Authentication.simplePassword("a#b!c"));
        assertThat(password("auth_pass 'a#b'")).isEqualTo(Authentication.simplePassword("'a"));
    }

    @Test
    void doubleQuotesKeepBlanksAndBracesTogetherAndSplitWords() {
        assertThat(password("auth_pass \"a {b} c\"")).isEqualTo(Authentication.simplePassword("a {b} c"));
        assertThat(Conf.router(Conf.addresses("192.0.2.1\"dev\"eth1\"label\"a:1"))
                        .addresses()
                        .get(0)
                        .label())
                .hasValue("a:1");
    }

    @Test
    void aQuoteThatIsNotClosedIsReportedWithoutShowingWhatMayBeAPassword() {
        assertThat(Conf.problems(Conf.instance("authentication {", "auth_type PASS", "auth_pass \"1111", "}")))
                .containsExactly("k.conf:7: error: a double quote is not closed in this line");
    }

    @Test
    void openingBraceMayStandOnTheNextLine() {
        assertThat(Conf.problems(
                        "vrrp_instance VI_1",
                        "",
                        "# here it comes",
                        "{",
                        "interface eth0",
                        "virtual_router_id 51",
                        "virtual_ipaddress",
                        "{",
                        "192.0.2.1",
                        "}",
                        "}"))
                .isEmpty();
    }

    @Test
    void severalBracesMayStandOnOneLineAndTouchWords() {
        String[] lines = {
            "global_defs{router_id lb}vrrp_instance VI_1{interface eth0",
            "virtual_router_id 51",
            "virtual_ipaddress{192.0.2.1}}"
        };

        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.parse(lines).nodeConfig().name()).isEqualTo("lb");
    }

    @Test
    void linesMayEndWithCarriageReturnAndHaveTabs() {
        String text = Conf.instance("\tpriority\t99\t").replace("\n", "\r\n");

        assertThat(Conf.problems(text)).isEmpty();
        assertThat(Conf.router(text).priority()).isEqualTo(99);
    }

    @Test
    void lastLineNeedsNoEnd() {
        String text = Conf.instance().strip();

        assertThat(KeepalivedConf.parse("k.conf", text).problems()).isEmpty();
    }

    @Test
    void longLineIsAnErrorAndSkipped() {
        String longest = "#".repeat(1024);

        assertThat(Conf.problems(longest, Conf.instance())).isEmpty();
        assertThat(Conf.problems(longest + "#", Conf.instance()))
                .containsExactly("k.conf:1: error: line must have at most 1024 characters: 1025; it is skipped");
    }

    @Test
    void lineWithNulIsAnErrorAndSkipped() {
        assertThat(Conf.problems(Conf.instance("prio\0rity 900")))
                .containsExactly("k.conf:5: error: line holds a NUL character; it is skipped");
    }

    @Test
    void globalsMayComeAfterTheInstancesAndMoreThanOnce() {
        String[] lines = {
            Conf.instance(), "global_defs { vrrp_version 3", "}", "global_defs { vrrp_down_timer_adverts 5", "}"
        };

        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.router(lines).version().number()).isEqualTo(3);
        assertThat(Conf.router(lines).downTimerAdverts()).isEqualTo(5);
    }

    @Test
    void textAfterAValueIsIgnoredWithAWarningAsInKeepalived() {
        assertThat(Conf.problems(Conf.instance("priority 100 state MASTER")))
                .containsExactly("k.conf:5: warning: 'state' after 'priority 100' is ignored");
    }

    private static Authentication password(String line) {
        return Conf.router(Conf.instance("authentication {", "auth_type PASS", line, "}"))
                .authentication();
    }
}
