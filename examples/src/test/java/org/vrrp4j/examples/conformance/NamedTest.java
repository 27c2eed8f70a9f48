package org.vrrp4j.examples.conformance;

import java.util.List;

/**
 * A test method and what its annotations say, or a scenario file and its comments.
 *
 * @param file its source, from the root of the repository
 * @param type the class, or the name of the scenario file
 * @param method the method; empty for a scenario
 * @param labels its display name and tags, and those of its class; the comments of a scenario
 */
record NamedTest(String file, String type, String method, List<String> labels) implements Comparable<NamedTest> {

    @Override
    public int compareTo(NamedTest other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : method.compareTo(other.method);
    }
}
