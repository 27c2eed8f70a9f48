package org.vrrp4j.examples.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.examples.conformance.Requirement.Standing;

/** Requirements, and the tests that name them. */
final class Conformance {
    /** What looks like an id, right or wrong. */
    private static final Pattern NAMED = Pattern.compile("\\b(?:R\\d{4}|OPEN)-[\\w.-]*\\w");

    private final List<Requirement> requirements;
    private final Map<String, List<NamedTest>> tests = new TreeMap<>();

    Conformance(List<Requirement> requirements, List<NamedTest> tests) {
        this.requirements = requirements;
        for (NamedTest test : tests) {
            Set<String> named = new HashSet<>();
            for (String label : test.labels()) {
                Matcher matcher = NAMED.matcher(label);
                while (matcher.find()) {
                    if (named.add(matcher.group())) {
                        this.tests
                                .computeIfAbsent(matcher.group(), id -> new ArrayList<>())
                                .add(test);
                    }
                }
            }
        }
    }

    List<Requirement> requirements() {
        return requirements;
    }

    List<NamedTest> testsOf(Requirement requirement) {
        return tests.getOrDefault(requirement.id(), List.of());
    }

    /** What is wrong, one sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Requirement requirement : requirements) {
            if (!ids.add(requirement.id())) {
                problems.add(requirement.id() + " is listed twice");
            }
            List<NamedTest> shownBy = testsOf(requirement);
            if (requirement.standing().needsTest() && shownBy.isEmpty()) {
                problems.add(requirement.id() + " has neither a test nor an excuse");
            }
            if (!requirement.standing().needsTest() && !shownBy.isEmpty()) {
                problems.add(requirement.id() + " is excused ("
                        + requirement.standing().keyword() + "), but named by " + where(shownBy.get(0)));
            }
        }
        tests.forEach((id, naming) -> {
            if (!ids.contains(id)) {
                naming.forEach(test -> problems.add(where(test) + " names " + id + ", which is no requirement"));
            }
        });
        requirements.forEach(requirement -> checkReferences(requirement, ids, problems));
        return problems;
    }

    private static void checkReferences(Requirement requirement, Set<String> ids, List<String> problems) {
        Matcher matcher = Requirement.ID.matcher(requirement.reason());
        boolean referring = false;
        while (matcher.find()) {
            referring = true;
            if (!ids.contains(matcher.group())) {
                problems.add(requirement.id() + " refers to " + matcher.group() + ", which is no requirement");
            }
        }
        if (requirement.standing() == Standing.SUPERSEDED && !referring) {
            problems.add(requirement.id() + " does not say by what it is superseded");
        }
    }

    private static String where(NamedTest test) {
        return test.method().isEmpty() ? test.type() : test.type() + "." + test.method();
    }
}
