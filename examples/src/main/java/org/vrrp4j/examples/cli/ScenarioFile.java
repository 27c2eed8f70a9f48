package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.sim.Scenario;
import org.vrrp4j.sim.SimulationException;

/** Runs a scenario from a file. */
final class ScenarioFile {

    private ScenarioFile() {}

    /** Prints the scenario with what came of each line, as it goes; answers the exit code. */
    static int run(Path file, PrintWriter out, PrintWriter err) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            err.println("vrrp: cannot read " + file + " (" + e
                    + "): check that the file exists and that this user may read" + " it");
            return ExitCode.UNREADABLE;
        }
        try {
            Scenario.parse(file.toString(), text).run(out::println);
            return 0;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (SimulationException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
        }
    }
}
