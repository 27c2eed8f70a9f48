package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.config.ConfigException;

/** The language of scenarios; what they are about is in the files. */
class ScenarioTest {
    private static final String TWO_HOSTS = """
            # A title
            # over two lines. And more.
            #
            # R9568-6.4.2-8
            host a
            host b

            config a b
                vrrp_instance VI_1 {
                    version 3
                    interface eth0
                    virtual_router_id 51
                    priority 100
                    virtual_ipaddress { 192.0.2.100/24 }
                }
            end
            change a priority 150   # the better one
            """;

    private static List<String> trace(String more) {
        return Scenario.parse("x.scenario", TWO_HOSTS + more)
                .run()
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.toList());
    }

    private static String problems(String text) {
        try {
            Scenario.parse("x.scenario", text).run();
        } catch (ConfigException e) {
            return e.getMessage();
        }
        throw new AssertionError("no problem was found");
    }

    @Test
    void linesStayAndTheOldTraceGoes() {
        String text = TWO_HOSTS + "start a\n|    1.000000  a  nonsense\nrun 1s\n| more\n\n# End.\n";

        String run = Scenario.parse("x.scenario", text).run();

        assertThat(run).isEqualTo(TWO_HOSTS + "start a\nrun 1s\n|    0.000000  a  INIT -> BACKUP: started\n\n# End.\n");
        assertThat(Scenario.parse("x.scenario", run).run()).isEqualTo(run);
    }

    @Test
    void titleAndRequirementsAreInTheComments() {
        Scenario scenario = Scenario.parse("x.scenario", TWO_HOSTS + "# And R3768-7.1-2, OPEN-5 with R9568-6.4.2-8.\n");

        assertThat(scenario.title()).isEqualTo("A title over two lines.");
        assertThat(scenario.requirements()).containsExactly("R9568-6.4.2-8", "R3768-7.1-2", "OPEN-5");
        assertThat(scenario).hasToString("x.scenario");
    }

    @Test
    void everythingWrongIsToldAtOnceWithItsLineAndWhatToWrite() {
        String text = """
                host a
                host a
                stop c
                run 3
                fly a
                change a priority 3
                config a
                    vrrp_instance VI_1 {
                        interface eth0
                        virtual_router_id 510
                        virtual_ipaddress { 192.0.2.100/24 }
                    }
                end
                link a sideways
                show everything
                forge a hex 123
                """;

        assertThat(problems(text).lines())
                .containsExactly(
                        "x.scenario:2: error: there is a host 'a' already",
                        "x.scenario:3: error: there is no host 'c'; write 'host c' further up; usage: stop HOST...",
                        "x.scenario:4: error: a time must be like 100ms, 3s or 2min: '3'; usage: run TIME | run until"
                                + " HOST (MASTER|BACKUP|FAULT|INIT|advertises|has ADDRESS|lacks ADDRESS)",
                        "x.scenario:5: error: there is no command 'fly'; there are believe, change, config, host,"
                                + " seed, run, repeat, settle, show, start, stop, kill, hand-over, stall, freeze,"
                                + " forge, cut, part, heal, lan, link, sends, add, delete, backend, probe, number,"
                                + " status, neighbour",
                        "x.scenario:6: error: a has no configuration to change; write 'config a' further up",
                        "x.scenario:10: error: virtual_router_id must be 1 to 255: '510'",
                        "x.scenario:14: error: 'sideways' must be up or down; usage: link HOST up|down",
                        "x.scenario:15: error: there is no topic 'everything'; usage: show roles events addresses"
                                + " packets announcements backend nodes warnings",
                        "x.scenario:16: error: bytes must be pairs of hexadecimal digits: '123'; usage: "
                                + ScenarioPacket.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "change a priority 300; 18: error: priority must be 1 to 255: '300'",
                "change a interface eth1; 18: error: simulated hosts have one interface, write 'interface eth0': eth1",
                "host c 2001:db8::1; 18: error: a host must have an IPv4 address, or none to be given the next one of"
                        + " 192.0.2.0/24: '2001:db8::1'",
                "config a; 18: error: the configuration must end with a line 'end'",
                "run 1s 2s; 18: error: the line must end before '2s'",
                "stall a; 18: error: a time is missing at the end of the line",
                "delete a 192.0.2.100/24; 18: error: an IP address must be like 192.0.2.100 or 2001:db8::1, without a"
                        + " prefix length: '192.0.2.100/24'",
                "believe a from 2s to 1s; 18: error: ceiling must be between the floor, 2000 ms, and 40.95 s:"
                        + " ceiling=1000 ms",
                "lan loss 101%; 18: error: a share must be 0% to 100%: '101%'",
                "repeat 0 every 1s heal; 18: error: a number must be 1 to 1000000: '0'",
                "repeat 3 each 1s heal; 18: error: 'every' must stand where 'each' does",
                "forge b hex 00 vrid 1; 18: error: 'vrid' must stand after 'like', not after 'hex'",
                "forge b like a size 1; 18: error: there is no field 'size'"
            })
    void lineThatCannotBeReadIsAProblem(String line, String problem) {
        assertThat(problems(TWO_HOSTS + line + "\n")).startsWith("x.scenario:" + problem);
    }

    @Test
    void emptyTextIsAProblem() {
        assertThat(problems("# Nothing.\n")).contains("a scenario must do something");
    }

    @Test
    void lineThatCannotBeCarriedOutIsAProblem() {
        assertThat(problems(TWO_HOSTS + "start a\nrun 1s\nstart a\n"))
                .isEqualTo("x.scenario:20: error: a is running already: stop or kill it first, and let it 'run'");
        assertThat(problems("host a\nstart a\n"))
                .isEqualTo("x.scenario:2: error: a has no configuration; write 'config a' further up");
        assertThat(problems(TWO_HOSTS + "add a 192.0.2.100\nadd a 192.0.2.100\n"))
                .isEqualTo("x.scenario:19: error: 192.0.2.100 is on a already");
    }

    @Test
    void whatIsWaitedForInVainIsAFailureWithItsLine() {
        Scenario scenario = Scenario.parse("x.scenario", TWO_HOSTS + "start a\nrun until b MASTER\n");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(scenario::run)
                .withMessageStartingWith("x.scenario:19: ")
                .withMessageContaining("has not come within PT10M");
    }

    @Test
    void problemOfAChangeStandsAtItsLineAndThatOfAListTheSame() {
        assertThat(problems(TWO_HOSTS + "change a virtual_ipaddress 192.0.2.100/24 192.0.2.300/24\n"))
                .startsWith("x.scenario:18: error:")
                .contains("192.0.2.300");
    }

    @Test
    void changeNeedsAnInstance() {
        String text = "host a\nconfig a\n    global_defs {\n    }\nend\nchange a priority 3\n";

        assertThat(problems(text)).contains("x.scenario:6: error: there is no vrrp_instance to change");
    }

    @Test
    void changeReplacesABlockOverSeveralLines() {
        String block = "config a\n    vrrp_instance V {\n        interface eth0\n        virtual_router_id 1\n"
                + "        virtual_ipaddress {\n            192.0.2.103/24\n        }\n    }\nend\n";

        assertThat(trace(block + "change a virtual_ipaddress 192.0.2.104/24\nstart a\nshow addresses\nrun 5s\n"))
                .containsExactly("3.609375  a  192.0.2.104 added: leased");
    }

    @Test
    void sendsFailAndWork() {
        assertThat(trace("start a b\nrun until a MASTER\nshow roles packets\nsends a fail\nrun 4s\n"
                        + "sends a work\nrun 1s\n"))
                .contains("5.414063  a  cannot advertise with priority 150");
    }

    @Test
    void changeReplacesTheKeywordWhateverItsForm() {
        assertThat(trace("change a virtual_ipaddress 192.0.2.101/24 192.0.2.102/24\nchange a advert_int 0.1\n"
                        + "start a\nrun until a MASTER\nchange a virtual_ipaddress 192.0.2.102/24\nrun 1s\n"))
                .containsExactly(
                        "0.000000  a  INIT -> BACKUP: started",
                        "0.341406  a  192.0.2.101 added: leased",
                        "0.341406  a  192.0.2.102 added: leased",
                        "0.341406  a  BACKUP -> MASTER: heard no master",
                        "0.341406  a  192.0.2.101 removed: no longer configured");
    }

    @Test
    void warningsOfKeepalivedConfAreShownOnce() {
        assertThat(trace("change a b linkbeat_use_polling\nstart a\nstatus a\n"))
                .containsExactly(
                        "warning: 'linkbeat_use_polling' has no effect here: links are watched by netlink",
                        "a is BACKUP, next timer 3.414063");
        assertThat(trace("show roles\nchange a b linkbeat_use_polling\nstart a\nstatus a\n"))
                .containsExactly("a is BACKUP, next timer 3.414063");
    }

    @Test
    void whatRepeatsAtEqualDistancesIsOneLine() {
        assertThat(trace("show packets\nstart a\nrun until a MASTER\nrun 4.3s\nforge b like a priority 0\nrun 4s\n"))
                .containsExactly(
                        "3.414063  a  advertises with priority 150",
                        "4.414063  a  advertises with priority 150, 4 times every 1000 ms until 7.414063",
                        "7.714163  a  advertises with priority 150, 4 times every 1000 ms until 10.714163");
    }

    @Test
    void threeOfTheSameCanBeChance() {
        assertThat(trace("start a\nrun until a MASTER\nshow packets\nrun 3s\n"))
                .endsWith(
                        "4.414063  a  advertises with priority 150",
                        "5.414063  a  advertises with priority 150",
                        "6.414063  a  advertises with priority 150");
    }

    @Test
    void routersAreNamedWhereThereAreSeveral() {
        String second = "config b\n    vrrp_instance VI_2 {\n        version 3\n        interface eth0\n"
                + "        virtual_router_id 52\n        virtual_ipaddress { 192.0.2.101/24 }\n    }\nend\n";

        assertThat(trace(second + "start a b\nrun 1s\nstatus b\n"))
                .containsExactly(
                        "0.000000  a  eth0/51 INIT -> BACKUP: started",
                        "0.000000  b  eth0/52 INIT -> BACKUP: started",
                        "b is BACKUP, next timer 3.609375");
    }

    @Test
    @DisplayName("R9568-5.2.8-2 GV-V3-4m: raw bytes are a packet")
    void rawBytesAreAPacket() {
        String text = """
                host a
                host c 192.0.2.11
                config a
                    vrrp_instance VI_1 {
                        version 3
                        interface eth0
                        virtual_router_id 1
                        priority 50
                        virtual_ipaddress { 192.0.2.1/24 }
                    }
                end
                """;
        Scenario scenario = Scenario.parse(
                "x.scenario",
                text.replace("host a", "host a 192.0.2.10")
                        + "start a\nforge c hex 310164010064a897c0000201\nrun 1s\nstatus a\n"
                        + "forge c hex 310164010064a898c0000201\nrun 1ms\n");

        assertThat(scenario.run())
                .contains("| a is BACKUP of 192.0.2.11, priority 100, next timer 3.804788\n")
                .endsWith("|    1.000100  a  rejected an advertisement of 192.0.2.11: wrong checksum (found a898),"
                        + " 1 so far\n");
    }

    @Test
    void theLinkCanBeMadeWorseAndIdealAgain() {
        assertThat(trace("lan delay 20ms jitter 5ms loss 100% duplicate 0% damage 0% echo\nstart a b\n"
                        + "show roles\nrun 4s\nlan ideal\nrun 2s\nsettle 10s\n"))
                .containsExactly(
                        "0.000000  a  INIT -> BACKUP: started",
                        "0.000000  b  INIT -> BACKUP: started",
                        "3.414063  a  BACKUP -> MASTER: heard no master",
                        "3.609375  b  BACKUP -> MASTER: heard no master",
                        "4.414163  b  MASTER -> BACKUP: heard a higher priority",
                        "nothing to show",
                        "settled");
    }

    @Test
    void whatIsNotSettledIsSaid() {
        assertThat(trace("start a b\nshow nodes\nsettle 1s\n"))
                .endsWith("not settled: eth0/51 has 0 masters among [a, b]: []");
    }

    @Test
    void backendsFailAndWork() {
        assertThat(trace("start a\nbackend a delay 10ms failure 100%\nshow roles backend\nrun until a FAULT\n"
                        + "backend a delay 0s failure 0%\nrun until a has 192.0.2.100\nrun until a MASTER\n"
                        + "stop a\nrun until a lacks 192.0.2.100\n"))
                .contains(
                        "3.414063  a  ACQUIRE BEGUN",
                        "3.424063  a  ACQUIRE FAILED",
                        "3.424063  a  BACKUP -> FAULT: a virtual address could not be set (ACQUIRE failed, as it was"
                                + " told to)")
                .endsWith(
                        "11.838125  a  RELEASE BEGUN",
                        "11.838125  a  RELEASE DONE",
                        "11.838125  a  MASTER -> INIT: stopped");
    }

    @Test
    void theSeedDecidesWhatIsLeftToChance() {
        String story = "start a\nrun until a MASTER\nkill a\nrun 5s\n";

        assertThat(trace("seed 1\n" + story))
                .isEqualTo(trace("seed 1\n" + story))
                .isNotEqualTo(trace(story));
    }
}
