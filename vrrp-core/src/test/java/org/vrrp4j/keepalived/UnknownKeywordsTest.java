package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Words that keepalived would not know either. */
class UnknownKeywordsTest {

    @Test
    void unknownKeywordIsReportedWithTheNearestOne() {
        assertThat(Conf.problems(Conf.instance("priorty 100")))
                .containsExactly(
                        "k.conf:5: error: unknown keyword 'priorty' in vrrp_instance; did you mean 'priority'?");
        assertThat(Conf.problems("gobal_defs {", "router_id x", "}", Conf.instance()))
                .containsExactly("k.conf:1: error: unknown keyword 'gobal_defs' in the outermost level;"
                        + " did you mean 'global_defs'?");
        assertThat(Conf.problems("global_defs {", "routre_id x", "}", Conf.instance()))
                .containsExactly(
                        "k.conf:2: error: unknown keyword 'routre_id' in global_defs; did you mean 'router_id'?");
    }

    @Test
    void unknownKeywordThatIsLikeNoneIsReportedAlone() {
        assertThat(Conf.problems(Conf.instance("frobnicate 100")))
                .containsExactly("k.conf:5: error: unknown keyword 'frobnicate' in vrrp_instance");
    }

    @Test
    void blockOfAnUnknownKeywordIsSkippedWholeAndTheInstanceGoesOn() {
        assertThat(Conf.problems(Conf.instance("frobnicate {", "a {", "priority 0", "}", "}", "priority 256")))
                .containsExactly(
                        "k.conf:5: error: unknown keyword 'frobnicate' in vrrp_instance",
                        "k.conf:10: error: priority must be 1 to 255: '256'");
    }

    @Test
    void misspeltMandatoryKeywordIsNotReportedAsMissingToo() {
        assertThat(Conf.problems(
                        "vrrp_instance VI_1 {",
                        "interfaces eth0",
                        "virtual_routr_id 51",
                        "virtual_ipadress {",
                        "192.0.2.1",
                        "}",
                        "}"))
                .containsExactly(
                        "k.conf:2: error: unknown keyword 'interfaces' in vrrp_instance; did you mean 'interface'?",
                        "k.conf:3: error: unknown keyword 'virtual_routr_id' in vrrp_instance;"
                                + " did you mean 'virtual_router_id'?",
                        "k.conf:4: error: unknown keyword 'virtual_ipadress' in vrrp_instance;"
                                + " did you mean 'virtual_ipaddress'?");
    }

    @Test
    void keywordOfAnotherBlockIsReportedWithItsPlace() {
        assertThat(Conf.problems(Conf.instance("auth_pass 1111")))
                .containsExactly("k.conf:5: error: 'auth_pass' does not belong in vrrp_instance but in authentication");
        assertThat(Conf.problems("router_id lb", Conf.instance()))
                .containsExactly(
                        "k.conf:1: error: 'router_id' does not belong in the outermost level but in global_defs");
    }

    @Test
    void unknownKeywordsWithinUnsupportedBlocksAreReported() {
        assertThat(Conf.problems("vrrp_script chk {", "script \"x { y\"", "intervall 2", "}", Conf.instance()))
                .containsExactly(
                        "k.conf:3: error: unknown keyword 'intervall' in vrrp_script; did you mean 'interval'?");
    }

    @Test
    void whatCannotBePrintedIsShownAsItsCode() {
        assertThat(Conf.problems("\u001b[31m" + "x".repeat(50), Conf.instance()))
                .containsExactly("k.conf:1: error: unknown keyword '\\u001b[31m" + "x".repeat(35)
                        + "...' in the outermost level");
    }
}
