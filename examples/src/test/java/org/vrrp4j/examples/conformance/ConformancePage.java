package org.vrrp4j.examples.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vrrp4j.examples.conformance.Requirement.Standing;

/** The text of {@code docs/conformance.md}. */
final class ConformancePage {
    private static final String HEAD = """
            # Conformance

            Which requirement of the standards is shown by which test. Generated from
            [requirements.txt](requirements.txt), the display names and tags of the tests, and the comments of scenario
            files: do not edit, see [CONTRIBUTING.md](../CONTRIBUTING.md). The build fails if this page is stale, if a
            requirement has neither a test nor an excuse, and if a test names one that does not exist.

            The *master* is what RFC 9568 calls the Active router. A `Test` works on virtual time or on bytes, a
            `LiveTest` with real packets between real kernels.

            """;

    private ConformancePage() {}

    static String of(Conformance conformance) {
        StringBuilder page = new StringBuilder(HEAD);
        summary(conformance, page);
        Map<String, List<Requirement>> byStandard = conformance.requirements().stream()
                .collect(Collectors.groupingBy(
                        ConformancePage::standard, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        byStandard.forEach((standard, requirements) -> {
            page.append("\n## ").append(standard).append("\n\n");
            page.append("| id | level | requirement | shown by |\n| --- | --- | --- | --- |\n");
            requirements.forEach(requirement -> row(requirement, conformance.testsOf(requirement), page));
        });
        return page.toString();
    }

    private static String standard(Requirement requirement) {
        return switch (requirement.id().substring(0, 5)) {
            case "R9568" -> "RFC 9568: VRRP version 3 for IPv4 and IPv6, with its errata";
            case "R5798" -> "RFC 5798: version 3 before that";
            case "R3768" -> "RFC 3768: version 2";
            case "R2338" -> "RFC 2338: version 2 with authentication";
            default -> "What no RFC decides";
        };
    }

    private static void summary(Conformance conformance, StringBuilder page) {
        Map<Standing, Long> counts = conformance.requirements().stream()
                .collect(Collectors.groupingBy(Requirement::standing, Collectors.counting()));
        page.append("| | requirements |\n| --- | ---: |\n");
        for (Standing standing : Standing.values()) {
            page.append("| ").append(standing.words()).append(" | ");
            page.append(counts.getOrDefault(standing, 0L)).append(" |\n");
        }
    }

    private static void row(Requirement requirement, List<NamedTest> tests, StringBuilder page) {
        page.append("| ").append(requirement.id()).append(" | ").append(requirement.level());
        page.append(" | ").append(requirement.text());
        int erratum = requirement.source().indexOf("erratum");
        if (erratum >= 0) {
            page.append(" (").append(requirement.source().substring(erratum)).append(")");
        }
        page.append(" | ");
        if (requirement.standing() != Standing.TESTED) {
            page.append("*")
                    .append(requirement.standing().keyword())
                    .append("*: ")
                    .append(requirement.reason());
            page.append(tests.isEmpty() ? "" : "; ");
        }
        page.append(tests.stream()
                .collect(Collectors.groupingBy(NamedTest::file, LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values()
                .stream()
                .map(ConformancePage::link)
                .collect(Collectors.joining("; ")));
        page.append(" |\n");
    }

    private static String link(List<NamedTest> ofOneFile) {
        NamedTest first = ofOneFile.get(0);
        String methods = ofOneFile.stream().map(NamedTest::method).distinct().collect(Collectors.joining(", "));
        return "[" + first.type() + "](../" + first.file() + ")" + (methods.isEmpty() ? "" : ": " + methods);
    }
}
