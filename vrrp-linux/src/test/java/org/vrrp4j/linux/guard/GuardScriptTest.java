package org.vrrp4j.linux.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.settings.HeldSettings;

/** The script, with an {@code ip} that only writes down what it is given. */
class GuardScriptTest {
    @TempDir
    private Path commands;

    private void command(String name, String body) throws IOException {
        Path file = commands.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void ip(String version, int showExitCode) throws IOException {
        command("ip", """
                case $1 in
                  -V) echo '%s' ;;
                  address) exit %d ;;
                  *) echo "$@" >>%3$s/log; while read -r line; do echo "$line" >>%3$s/log; done ;;
                esac
                """.formatted(version, showExitCode, commands));
    }

    private List<String> log() throws IOException {
        Path log = commands.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Process start() throws IOException {
        return GuardScript.process(commands.toString()).start();
    }

    private String firstLineWithoutInput() throws IOException, InterruptedException {
        Process process = start();
        process.outputWriter().close();
        String line = process.inputReader().readLine();
        process.waitFor();
        return line;
    }

    @Test
    void missingCommandIsNamed() throws Exception {
        assertThat(firstLineWithoutInput()).isEqualTo("no 'ip' command of iproute2: install iproute2");
        ip("BusyBox", 0);
        assertThat(firstLineWithoutInput()).isEqualTo("no 'ip' command of iproute2: install iproute2");
        ip("ip utility, iproute2-4.9", 1);
        assertThat(firstLineWithoutInput()).contains("install iproute2 5.0 or newer");
        assertThat(log()).isEmpty();
    }

    /** Without the right it says so, and does the same all the same once the check is taken out. */
    private Process startReady() throws IOException {
        ip("ip utility, iproute2-6.1.0", 0);
        ProcessBuilder builder = GuardScript.process(commands.toString());
        builder.environment().computeIfPresent("GUARD", (name, script) -> script.replace("= 0 ]; then", "= x ]; then"));
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("ready");
        return process;
    }

    @Test
    void endOfTheInputTakesAwayWhatIsHeldThen() throws Exception {
        Process process = startReady();
        try (Writer in = process.outputWriter()) {
            in.write(GuardScript.line(
                    0, List.of(GuardScript.entry("192.0.2.100/24", 2), GuardScript.entry("192.0.2.101/32", 3))));
            in.write(GuardScript.line(1, List.of(GuardScript.entry("2001:db8::100/64", 2))));
            in.write(GuardScript.line(2, List.of(GuardScript.entry("192.0.2.103/24", 2))));
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.102/24", 2))));
            in.write(GuardScript.line(1, List.of()));
            in.flush();
            assertThat(log()).isEmpty();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log())
                .containsExactly(
                        "-force -batch -", "address del 192.0.2.102/24 dev if2", "address del 192.0.2.103/24 dev if2");
    }

    @Test
    void routesAndRulesGoTooAndThoseThatNeedAFamilyBehindTheOthers() throws Exception {
        Process process = startReady();
        try (Writer in = process.outputWriter()) {
            in.write(GuardScript.line(
                    0,
                    List.of(
                            GuardScript.entry("192.0.2.100/24", 2),
                            GuardScript.entry(VirtualRoute.parse("default via 192.0.2.254 table 5 metric 7")),
                            GuardScript.entry(VirtualRule.parse("inet6 from all table 5 preference 9")),
                            GuardScript.entry(VirtualRule.parse("from 192.0.2.100 table 5 preference 8")))));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log())
                .containsExactly(
                        "-force -batch -",
                        "address del 192.0.2.100/24 dev if2",
                        "route del proto 112 0.0.0.0/0 via 192.0.2.254 table 5 metric 7",
                        "rule del protocol 112 from 192.0.2.100/32 preference 8 table 5",
                        "-6 -force -batch -",
                        "rule del protocol 112 from all preference 9 table 5");
    }

    @Test
    void interfacesGoBeforeAddressesButOnlyOnesThatSayTheyAreOurs() throws Exception {
        Process process = startReady();
        command("ip", """
                case $1 in
                  -o)
                    echo '4: vrrp.51@eth0: <UP> mtu 1500\\    alias vrrp4j eth0/51 arp_announce=0 arp_ignore=0'
                    echo '5: vrrp.52@eth0: <UP> mtu 1500'
                    echo '6: vrrp.53@eth0: <UP> mtu 1500\\    alias vrrp4j eth0/53 arp_announce=0 arp_ignore=0' ;;
                  *) echo "$@" >>%1$s/log; while read -r line; do echo "$line" >>%1$s/log; done ;;
                esac
                """.formatted(commands));
        try (Writer in = process.outputWriter()) {
            String first = GuardScript.interfaceEntry("vrrp.51");
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.100/24", 4), first)));
            in.write(GuardScript.line(1, List.of(GuardScript.interfaceEntry("vrrp.52"))));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log())
                .containsExactly("-force -batch -", "link del dev vrrp.51", "address del 192.0.2.100/24 dev if4");
    }

    @Test
    void settingsArePutBackAndTheirRecordsRemovedButOnlyIfThatWorks() throws Exception {
        Process process = startReady();
        try (Writer in = process.outputWriter()) {
            String missing = "ipv4/conf/no-such-interface/promote_secondaries";
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.100/24", 2))));
            in.write(GuardScript.line(
                    1,
                    List.of(
                            GuardScript.entry(new HeldSettings.Held(missing, 0, 2, "first")),
                            GuardScript.entry(new HeldSettings.Held("../../../dev/null", 1, 3, "second")),
                            GuardScript.entry(new HeldSettings.Held("../../../dev/null", 1, 3, "")))));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log())
                .containsExactly(
                        "-force -batch -",
                        "address del 192.0.2.100/24 dev if2",
                        "link property del dev if3 altname second");
    }

    @Test
    void deathThatIsToldTwiceCountsOnce() throws Exception {
        Process process = startReady();
        command("ip", "echo \"$@\" >>%1$s/log; while [ ! -e %1$s/go ]; do :; done".formatted(commands));
        try (Writer in = process.outputWriter()) {
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.100/24", 2))));
        }
        await().until(() -> !log().isEmpty());
        signal(process, "USR1");
        Files.createFile(commands.resolve("go"));
        assertThat(process.waitFor()).isZero();
        assertThat(log()).containsExactly("-force -batch -");
    }

    @Test
    void deathThatOvertakesALineDoesNotHideIt() throws Exception {
        Process process = startReady();
        try (Writer in = process.outputWriter()) {
            signal(process, "STOP");
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.100/24", 2))));
            in.flush();
            signal(process, "USR1");
            signal(process, "CONT");
            await().until(() -> log().contains("address del 192.0.2.100/24 dev if2"));
            in.write(GuardScript.line(1, List.of(GuardScript.entry("192.0.2.101/24", 2))));
            in.flush();
            await().until(() -> log().contains("address del 192.0.2.101/24 dev if2"));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log()).hasSize(4);
    }

    @Test
    void signalsOfATerminalOrAServiceManagerAreIgnored() throws Exception {
        Process process = startReady();
        for (String signal : List.of("HUP", "INT", "QUIT", "TERM", "TSTP")) {
            signal(process, signal);
        }
        try (Writer in = process.outputWriter()) {
            in.write(GuardScript.line(0, List.of(GuardScript.entry("192.0.2.100/24", 2))));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(log()).contains("address del 192.0.2.100/24 dev if2");
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
