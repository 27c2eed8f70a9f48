package org.vrrp4j.keepalived;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a keepalived.conf can ask of the host that reads it (keepalived.conf(5), "CONDITIONAL CONFIGURATION" and
 * "PARAMETER SUBSTITUTION"). With the same host and files, a text always reads the same.
 *
 * @param id what {@code @id} lines are for, and {@code $_INSTANCE}: keepalived's {@code --config-id}
 * @param files what can be included
 * @param environment the value of a variable of the environment, or null, for {@code ${_ENV NAME}}
 * @param randomSeed what {@code $_RANDOM} begins with, unless the text has a {@code random_seed}
 */
public record ConfigHost(String id, ConfigFiles files, UnaryOperator<String> environment, long randomSeed) {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** No host: no files, no environment, and an id that no line is for. */
    public static final ConfigHost NONE = new ConfigHost("", ConfigFiles.NONE, name -> null, 0);

    /** Checks that nothing is missing. */
    public ConfigHost {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(environment, "environment");
    }

    /** This host, by its name without domain, with its files and the environment of the JVM. */
    public static ConfigHost ofThisHost() {
        return new ConfigHost(shortName().orElse(""), ConfigFiles.ofThisHost(), System::getenv, System.nanoTime());
    }

    /** The same with another id. */
    public ConfigHost withId(String other) {
        return new ConfigHost(other, files, environment, randomSeed);
    }

    /** The same with other files. */
    public ConfigHost withFiles(ConfigFiles others) {
        return new ConfigHost(id, others, environment, randomSeed);
    }

    private static Optional<String> shortName() {
        try {
            String name = Files.readString(HOST_NAME).strip();
            int dot = name.indexOf('.');
            return Optional.of(dot < 0 ? name : name.substring(0, dot));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
