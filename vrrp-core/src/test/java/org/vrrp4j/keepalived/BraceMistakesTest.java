package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;

/** A brace that is missing or too many is one error, where the mistake is, and no cascade. */
class BraceMistakesTest {
    private static final String[] GOOD = {
        "vrrp_instance VI_1 {",
        "  interface eth0",
        "  virtual_router_id 51",
        "  authentication {",
        "    auth_type PASS",
        "    auth_pass 1111",
        "  }",
        "  virtual_ipaddress {",
        "    192.0.2.1/24",
        "  }",
        "}",
        "vrrp_instance VI_2 {",
        "  interface eth0",
        "  virtual_router_id 52",
        "  virtual_ipaddress {",
        "    192.0.2.2/24",
        "  }",
        "}",
    };

    @Test
    void theFileToStartFromIsGood() {
        assertThat(Conf.problems(GOOD)).isEmpty();
    }

    @Test
    void instanceThatIsNotClosedBeforeTheNextIsReportedWhereItWasOpened() {
        assertThat(Conf.problems(without(11)))
                .containsExactly("k.conf:1: error: 'vrrp_instance VI_1' is not closed: '}' is missing before"
                        + " 'vrrp_instance' in line 12");
    }

    @Test
    void innerBlockThatIsNotClosedIsReportedWhereItWasOpened() {
        assertThat(Conf.problems(without(7)))
                .containsExactly("k.conf:4: error: 'authentication' is not closed: '}' is missing before"
                        + " 'virtual_ipaddress' in line 8");
    }

    @Test
    void lastBlockThatIsNotClosedIsReportedWhereItWasOpened() {
        assertThat(Conf.problems(without(18)))
                .containsExactly("k.conf:12: repaired: 'vrrp_instance VI_2' is not closed: '}' is missing before"
                        + " the end of the file");
    }

    @Test
    void skippedBlockThatIsNotClosedEndsBeforeTheNextInstance() {
        assertThat(Conf.problems("virtual_server 192.0.2.9 80 {", "delay_loop 6", Conf.instance()))
                .containsExactly(
                        "k.conf:1: warning: 'virtual_server' is not supported yet: no virtual server is set up",
                        "k.conf:1: error: 'virtual_server 192.0.2.9' is not closed: '}' is missing before"
                                + " 'vrrp_instance' in line 3");
    }

    @Test
    void missingOpeningBraceIsReportedOnce() {
        for (int line : new int[] {1, 4, 8}) {
            String[] lines = GOOD.clone();
            lines[line - 1] = lines[line - 1].replace(" {", "");

            assertThat(Conf.problems(lines))
                    .containsExactly(
                            "k.conf:" + line + ": repaired: '{' is missing after '" + lines[line - 1].strip() + "'");
        }
    }

    @Test
    void closingBraceTooManyAtTheEndIsReported() {
        String[] lines = GOOD.clone();
        lines[17] = "} }";

        assertThat(Conf.problems(lines))
                .containsExactly("k.conf:18: repaired: '}' without a block that it could close");
    }

    @Test
    void whatLeavesNoDoubtIsRunButNotRight() {
        String[] opener = GOOD.clone();
        opener[0] = "vrrp_instance VI_1";
        String[] closers = GOOD.clone();
        closers[17] = "} }";
        NodeConfig good = conf(GOOD).nodeConfig();

        assertThat(conf(GOOD).isRepaired()).isFalse();
        for (String[] repaired : List.of(opener, closers, without(18))) {
            assertThat(conf(repaired).isRepaired()).isTrue();
            assertThat(conf(repaired).nodeConfig()).hasToString(good.toString());
        }
        for (String[] doubtful : List.of(without(11), without(7))) {
            assertThat(conf(doubtful).isRepaired()).isFalse();
            assertThat(conf(doubtful).hasErrors()).isTrue();
        }
    }

    private static KeepalivedConf conf(String... lines) {
        return KeepalivedConf.parse("k.conf", String.join("\n", lines));
    }

    @Test
    void closingBraceTooManyWithinAnInstanceIsReportedWhereItIs() {
        String[] lines = GOOD.clone();
        lines[6] = "} }";

        assertThat(Conf.problems(lines))
                .containsExactly("k.conf:7: error: '}' closes 'vrrp_instance VI_1' too early: 'virtual_ipaddress' in"
                        + " line 8 belongs in it");
    }

    @Test
    void closingBraceAtTheBeginningIsReported() {
        assertThat(Conf.problems("}", Conf.instance()))
                .containsExactly("k.conf:1: repaired: '}' without a block that it could close");
    }

    @Test
    void openingBraceWithoutAKeywordIsReportedAndItsBlockSkipped() {
        assertThat(Conf.problems("{", "what is this", "}", Conf.instance()))
                .containsExactly("k.conf:1: error: '{' without a keyword before it; the block is skipped");
    }

    @Test
    void blockOfAKeywordThatHasNoneIsReportedAndSkipped() {
        assertThat(Conf.problems(Conf.instance("priority 5 {", "x y", "}")))
                .containsExactly("k.conf:5: error: 'priority' takes no block; the block is skipped");
        assertThat(Conf.problems(Conf.addresses("192.0.2.1", "192.0.2.2 {", "x y", "}")))
                .containsExactly("k.conf:6: error: '192.0.2.2' takes no block; the block is skipped");
    }

    @Test
    void misplacedKeywordIsNotTakenForAMissingBrace() {
        String[] lines = GOOD.clone();
        lines[5] = "    auth_pass 1111\n    priority 100";

        assertThat(Conf.problems(lines))
                .containsExactly("k.conf:7: error: 'priority' does not belong in authentication but in vrrp_instance");
    }

    private static String[] without(int line) {
        String[] lines = GOOD.clone();
        lines[line - 1] = "";
        return lines;
    }
}
