package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;

/** {@code $NAME=VALUE}, of one line and of several, and the names that are defined by themselves. */
class DefinitionsTest {

    @Test
    void valueTakesThePlaceOfTheName() {
        RouterConfig router = Conf.router(
                "$PRIO=150",
                "$NET=192.0.2",
                Conf.addresses("${NET}.100/24", "}", "priority $PRIO # high", "x {")
                        .replace("x {", "advert_int 2")
                        .replaceFirst("}\\n}\\n$", "}\n"));

        assertThat(router.priority()).isEqualTo(150);
        assertThat(router.addresses().get(0).toString()).isEqualTo("192.0.2.100/24");
    }

    @Test
    void valuesArePutInLateAndMayUseOthers() {
        assertThat(Conf.router("$A=${B}5", "$B=1", "$B=2", Conf.instance("priority $A"))
                        .priority())
                .isEqualTo(25);
    }

    @Test
    void withoutBracesANameEndsWithABlankACommaAParenthesisOrTheLine() {
        assertThat(Conf.parse("$a=x", "global_defs {", "router_id $a-$a,$b$a", "}", Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("$a-x,$bx");
    }

    @Test
    void undefinedNameIsTextUnlessItIsInBraces() {
        assertThat(Conf.parse("global_defs {", "router_id a$c", "}", Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("a$c");
        assertThat(Conf.problems("global_defs {", "router_id a${b}", "}", Conf.instance()))
                .containsExactly("k.conf:2: error: '${b}' is not defined");
    }

    @Test
    void definitionOfSeveralLinesMayHoldBlocksAndOtherDefinitions() {
        String[] lines = {
            "$PAIR=\\",
            "  vrrp_instance VI_$N { \\",
            "    \\",
            "    $COMMON \\",
            "    virtual_router_id $N \\",
            "    virtual_ipaddress { \\",
            "      192.0.2.$N \\",
            "    } \\",
            "  }",
            "$COMMON=\\",
            "interface eth0 \\",
            "priority 1$N",
            "$N=51",
            "$PAIR",
            "$N=52",
            "$PAIR"
        };

        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.parse(lines).nodeConfig().routers())
                .extracting(RouterConfig::name, RouterConfig::priority)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("VI_51", 151),
                        org.assertj.core.groups.Tuple.tuple("VI_52", 152));
    }

    @Test
    void problemInADefinitionOfSeveralLinesStandsWhereItsTextIs() {
        assertThat(Conf.problems("$B=\\", "  \\", "priorty 900", Conf.instance("$B"), "global_defs {", "$B", "}"))
                .containsExactly(
                        "k.conf:3: error: unknown keyword 'priorty' in vrrp_instance; did you mean 'priority'?",
                        "k.conf:3: error: unknown keyword 'priorty' in global_defs");
    }

    @Test
    void aCommentEndsADefinitionThoughABackslashFollows() {
        assertThat(Conf.router(
                                "$B=\\",
                                "interface eth0 # not eth1 \\",
                                "",
                                "vrrp_instance A {",
                                "$B",
                                "virtual_router_id 9",
                                "virtual_ipaddress { 192.0.2.1",
                                "}",
                                "}")
                        .id()
                        .interfaceName())
                .isEqualTo("eth0");
    }

    @Test
    void definitionOfSeveralLinesWithinALineIsText() {
        assertThat(Conf.problems("$B=\\", "1 \\", "2", Conf.instance("priority ${B}0")))
                .containsExactly("k.conf:8: error: priority must be 1 to 255: '${B}0'");
    }

    @Test
    void someNamesAreDefinedAnyway() {
        ConfigHost host = MemoryFiles.host();

        assertThat(Conf.parse(
                                host,
                                "global_defs {",
                                "router_id ${_INSTANCE}.${_ENV SITE}.${_PWD}",
                                "}",
                                Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("web1.north.//etc/");
        assertThat(Conf.parse(host, "global_defs {", "router_id \"a${_HASH}b${_BANG}\"", "}", Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("a#b!");
        assertThat(Conf.parse(host, "$_INSTANCE=mine", "global_defs {", "router_id $_INSTANCE", "}", Conf.instance())
                        .nodeConfig()
                        .name())
                .isEqualTo("mine");
    }

    @Test
    void randomNumberIsWithinItsBoundsAndTheSameForTheSameSeed() {
        ConfigHost host = MemoryFiles.host();
        String text = Conf.instance("priority ${_RANDOM 7 9}");

        int priority = Conf.parse(host, text).nodeConfig().routers().get(0).priority();
        assertThat(priority).isBetween(7, 9);
        assertThat(Conf.parse(host, text).nodeConfig().routers().get(0).priority())
                .isEqualTo(priority);
        assertThat(Conf.problems(host, Conf.instance("priority ${_RANDOM 9 7}")))
                .containsExactly(
                        "/etc/k.conf:5: error: '$_RANDOM' takes at most a lowest and a highest number",
                        "/etc/k.conf:5: error: priority must be 1 to 255: '0'");
    }

    @Test
    void missingVariableOfTheEnvironmentIsEmptyWithAWarning() {
        assertThat(Conf.problems(MemoryFiles.host(), Conf.instance("priority 9${_ENV NOTHING}")))
                .containsExactly("/etc/k.conf:5: warning: the environment has no 'NOTHING': read as empty");
    }

    @Test
    void definitionThatUsesItselfEnds() {
        assertThat(Conf.problems("$A=$B", "$B=$A", Conf.instance("priority $A")))
                .containsExactly("k.conf:7: error: '$A' is defined by itself; the line is skipped");
        assertThat(Conf.problems("$A=$A$A x", Conf.instance("priority $A")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("k.conf:6: error: ");
        assertThat(Conf.problems("$A=\\", "priority 7 \\", "$A \\", "advert_int 1", Conf.instance("$A")))
                .contains("k.conf:3: error: included files and definitions are nested deeper than 64; the file is not"
                        + " read further");
    }

    @Test
    void conditionalLineIsReadOnItsHostOnly() {
        ConfigHost host = MemoryFiles.host();

        assertThat(Conf.parse(host, Conf.instance("@web1 priority 7", "@web2 priority 900", "@^web1 what"))
                        .nodeConfig()
                        .routers()
                        .get(0)
                        .priority())
                .isEqualTo(7);
        assertThat(Conf.parse(host, "@^web2 $P=9", "@web2 $P=900", Conf.instance("@^web2 priority $P"))
                        .nodeConfig()
                        .routers()
                        .get(0)
                        .priority())
                .isEqualTo(9);
        assertThat(Conf.problems(host, Conf.instance("@web1", "@"))).isEmpty();
    }
}
