package org.vrrp4j.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.vrrp4j.config.LearnedIntervals;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.Severity;
import org.vrrp4j.keepalived.KeepalivedConf;

/**
 * The keepalived.conf of one host: its lines, each with the line of the scenario it comes from. A change replaces a
 * keyword of the first vrrp_instance.
 */
final class ScenarioConfig {
    private static final List<String> LISTS = List.of("virtual_ipaddress", "unicast_peer");

    /** One line. */
    record Row(String text, int number) {}

    private final List<Row> rows;
    private final LearnedIntervals learned;

    ScenarioConfig(List<Row> rows, LearnedIntervals learned) {
        this.rows = List.copyOf(rows);
        this.learned = learned;
    }

    /** The same with other intervals that are believed of a master, for which keepalived has no word. */
    ScenarioConfig believe(LearnedIntervals intervals) {
        return new ScenarioConfig(rows, intervals);
    }

    /** The same with another value of a keyword. */
    ScenarioConfig change(String keyword, String values, int number) {
        List<Row> changed = new ArrayList<>();
        int depth = 0;
        boolean inside = false;
        boolean done = false;
        boolean dropping = false;
        for (Row row : rows) {
            List<String> words = words(row.text());
            inside |= !done && depth == 0 && words.contains("vrrp_instance");
            dropping |= inside && depth == 1 && words.get(0).equals(keyword);
            int before = depth;
            depth += braces(words);
            if (inside && before > 0 && depth == 0) {
                newRows(keyword, values).forEach(text -> changed.add(new Row(text, number)));
                inside = false;
                done = true;
            }
            if (!dropping) {
                changed.add(row);
            }
            dropping &= depth > 1;
        }
        if (!done) {
            throw new ScenarioSyntaxException("there is no vrrp_instance to change: its braces must open at the end of"
                    + " a line and close on one of their own");
        }
        return new ScenarioConfig(changed, learned);
    }

    private static List<String> newRows(String keyword, String values) {
        if (!LISTS.contains(keyword)) {
            return List.of(keyword + " " + values);
        }
        List<String> texts = new ArrayList<>(List.of(keyword + " {"));
        texts.addAll(Arrays.asList(values.split("\\s+")));
        texts.add("}");
        return texts;
    }

    /** The words without comments, with braces apart; never empty. */
    private static List<String> words(String text) {
        String bare = text.replaceAll("[#!].*", "").replace("{", " { ").replace("}", " } ");
        return List.of(bare.trim().split("\\s+"));
    }

    private static int braces(List<String> words) {
        int open = 0;
        for (String word : words) {
            open += word.equals("{") ? 1 : 0;
            open -= word.equals("}") ? 1 : 0;
        }
        return open;
    }

    /** What keepalived.conf's reader says of it, with lines of the scenario. */
    List<Problem> problems(String file) {
        return read().problems().stream()
                .map(problem -> new Problem(problem.severity(), file, origin(problem.line()), problem.message()))
                .collect(Collectors.toList());
    }

    private int origin(int line) {
        return rows.get(Math.min(line, rows.size()) - 1).number();
    }

    boolean hasErrors() {
        return read().hasErrors();
    }

    List<String> warnings() {
        return read().problems().stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .map(Problem::message)
                .collect(Collectors.toList());
    }

    /**
     * The configuration of a node.
     *
     * @param host its name
     */
    NodeConfig nodeConfig(String host) {
        List<RouterConfig> routers = read().nodeConfig().routers().stream()
                .map(router -> router.toBuilder().learnedIntervals(learned).build())
                .collect(Collectors.toList());
        NodeConfig config = read().nodeConfig();
        return config.with(host, routers);
    }

    private KeepalivedConf read() {
        return KeepalivedConf.parse(
                "keepalived.conf", rows.stream().map(Row::text).collect(Collectors.joining("\n")));
    }
}
