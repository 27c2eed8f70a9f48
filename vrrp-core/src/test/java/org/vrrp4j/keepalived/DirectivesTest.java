package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What changes the meaning of a file and is not carried out yet is an error, and the only one. */
class DirectivesTest {

    @Test
    void includeIsAnErrorAndNothingIsMissedForIt() {
        assertThat(Conf.problems("include /etc/keepalived/*.conf"))
                .containsExactly("k.conf:1: error: 'include' is not supported yet; put the content of the file here");
        assertThat(Conf.problems("vrrp_instance VI_1 {", "includer common.conf", "}"))
                .containsExactly("k.conf:2: error: 'includer' is not supported yet; put the content of the file here");
    }

    @Test
    void definitionIsAnErrorAndItsUsesAreNot() {
        assertThat(Conf.problems("$PRIO=100", Conf.instance("priority ${PRIO}", "advert_int $PRIO")))
                .containsExactly("k.conf:1: error: '$PRIO': definitions are not supported yet; write the value where"
                        + " it is used");
    }

    @Test
    void definitionOfSeveralLinesIsSkippedWhole() {
        assertThat(Conf.problems("$BLOCK=\\", "authentication { \\", "nonsense \\", "}", Conf.instance("$BLOCK")))
                .containsExactly("k.conf:1: error: '$BLOCK': definitions are not supported yet; write the value where"
                        + " it is used");
    }

    @Test
    void predefinedNameIsAnError() {
        assertThat(Conf.problems("global_defs {", "router_id ${_INSTANCE}", "}", Conf.instance()))
                .containsExactly("k.conf:2: error: '$_INSTANCE': definitions are not supported yet");
    }

    @Test
    void undefinedNameIsText() {
        assertThat(Conf.parse("global_defs {", "router_id a${b}$c", "}", Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("a${b}$c");
    }

    @Test
    void conditionalLineIsAnErrorAndReadAsIfWanted() {
        assertThat(Conf.problems(Conf.instance("@a priority 100", "@^a priority 256")))
                .containsExactly(
                        "k.conf:5: error: '@a': conditional lines are not supported yet",
                        "k.conf:6: error: '@^a': conditional lines are not supported yet",
                        "k.conf:6: error: priority must be 1 to 255: '256'");
    }

    @Test
    void repeatedLineIsAnErrorAndReadOnce() {
        assertThat(Conf.problems(Conf.addresses("~SEQ(i, 1, 9) 192.0.2.$i", "~LST(j, 1, 9) 192.0.2.$j")))
                .containsExactly(
                        "k.conf:5: error: '~SEQ': repeated lines are not supported yet",
                        "k.conf:6: error: '~LST': repeated lines are not supported yet");
    }
}
