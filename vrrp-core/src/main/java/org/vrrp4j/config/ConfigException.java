package org.vrrp4j.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration text that cannot be used, with everything that is wrong with it: one problem a line. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** The problems, warnings among them, in the order of the file. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All problems in the order of the file; empty after deserialization, when only the message is left. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
