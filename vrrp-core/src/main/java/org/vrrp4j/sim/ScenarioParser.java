package org.vrrp4j.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.LearnedIntervals;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.Severity;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;

/** Reads a scenario, all of it: what is wrong with it is known before anything runs. */
final class ScenarioParser {
    private static final String TRACE = "|";

    private final String file;
    private final List<String> lines;
    private final List<ScenarioStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Map<String, ScenarioConfig> configs = new HashMap<>();
    private final Set<RouterId> routers = new HashSet<>();
    private long seed;
    private int next;

    ScenarioParser(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    /**
     * The steps of the file, the old trace left out.
     *
     * @throws ConfigException with everything that is wrong
     */
    List<ScenarioStep> parse() {
        while (next < lines.size()) {
            int number = next + 1;
            String line = lines.get(next++);
            if (line.startsWith(TRACE)) {
                continue;
            }
            try {
                step(number, line);
            } catch (ScenarioSyntaxException e) {
                problem(number, e.getMessage());
            }
        }
        if (steps.stream().allMatch(step -> step.action() == ScenarioAction.NOTHING)) {
            problem(1, "a scenario must do something: write 'host', 'config', 'start' and 'run'");
        }
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            throw new ConfigException(problems);
        }
        return steps;
    }

    long seed() {
        return seed;
    }

    boolean namesRouters() {
        return routers.size() > 1;
    }

    int hostWidth() {
        return hosts.stream().mapToInt(String::length).max().orElse(0);
    }

    private void problem(int number, String message) {
        problems.add(new Problem(Severity.ERROR, file, number, message));
    }

    private void step(int number, String line) {
        String command = line.replaceFirst("(^|\\s)#.*", "");
        ScenarioAction action = ScenarioAction.NOTHING;
        int first = next - 1;
        if (!command.isBlank()) {
            ScenarioWords words = new ScenarioWords(command, hosts);
            String name = words.next("a command");
            action = switch (name) {
                case "seed" -> seed(words);
                case "host" -> host(words);
                case "config" -> config(number, words);
                case "change" -> change(number, words);
                case "believe" -> believe(number, words);
                default -> ScenarioCommands.parse(name, words);
            };
        }
        steps.add(new ScenarioStep(number, List.copyOf(lines.subList(first, next)), action));
    }

    private ScenarioAction seed(ScenarioWords words) {
        seed = words.integer(0, Integer.MAX_VALUE);
        words.end();
        return ScenarioAction.NOTHING;
    }

    private ScenarioAction host(ScenarioWords words) {
        String name = words.next("the name of a host");
        String address = words.isEmpty() ? "" : words.next("an address");
        words.end();
        boolean ipv4 = IpAddresses.parse(address)
                .filter(found -> IpFamily.of(found) == IpFamily.IPV4)
                .isPresent();
        if (!address.isEmpty() && !ipv4) {
            throw new ScenarioSyntaxException("a host must have an IPv4 address, or none to be given the next one of"
                    + " 192.0.2.0/24: '" + address + "'");
        }
        if (!hosts.add(name)) {
            throw new ScenarioSyntaxException("there is a host '" + name + "' already");
        }
        return run -> {
            SimulatedNetwork network = run.simulation().network();
            run.add(address.isEmpty() ? network.host(name) : network.host(name, address));
        };
    }

    private ScenarioAction config(int number, ScenarioWords words) {
        List<ScenarioConfig.Row> rows = new ArrayList<>();
        boolean ended = false;
        while (next < lines.size() && !ended) {
            String line = lines.get(next++);
            ended = line.strip().equals("end");
            if (!ended) {
                rows.add(new ScenarioConfig.Row(line, next));
            }
        }
        if (!ended) {
            throw new ScenarioSyntaxException("the configuration must end with a line 'end'");
        }
        List<String> names = words.hosts();
        return use(names, name -> new ScenarioConfig(rows, LearnedIntervals.ALL), number);
    }

    private ScenarioAction change(int number, ScenarioWords words) {
        List<String> names = words.someHosts();
        String keyword = words.next("a keyword of keepalived.conf");
        String values = words.rest();
        return use(names, name -> changed(name, keyword, values, number), number);
    }

    private ScenarioConfig changed(String name, String keyword, String values, int number) {
        return configOf(name).change(keyword, values, number);
    }

    private ScenarioAction believe(int number, ScenarioWords words) {
        List<String> names = words.someHosts();
        words.expect("from");
        Duration floor = words.time();
        words.expect("to");
        Duration ceiling = words.time();
        words.end();
        LearnedIntervals intervals;
        try {
            intervals = new LearnedIntervals(floor, ceiling);
        } catch (IllegalArgumentException e) {
            throw new ScenarioSyntaxException(e.getMessage());
        }
        return use(names, name -> configOf(name).believe(intervals), number);
    }

    private ScenarioConfig configOf(String name) {
        ScenarioConfig config = configs.get(name);
        if (config == null) {
            throw new ScenarioSyntaxException(
                    name + " has no configuration to change; write 'config " + name + "' further up");
        }
        return config;
    }

    private ScenarioAction use(List<String> names, Function<String, ScenarioConfig> configOf, int number) {
        Map<String, NodeConfig> nodes = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        for (String name : names) {
            ScenarioConfig config = configOf.apply(name);
            configs.put(name, config);
            if (config.hasErrors()) {
                config.problems(file).stream()
                        .filter(problem -> !problems.contains(problem))
                        .forEach(problems::add);
                continue;
            }
            NodeConfig node = config.nodeConfig(name);
            node.routers().forEach(router -> check(router, number));
            nodes.put(name, node);
            warnings.addAll(config.warnings());
        }
        return run -> names.forEach(name -> run.configure(name, nodes.get(name), warnings));
    }

    private void check(RouterConfig router, int number) {
        routers.add(router.id());
        if (!router.id().interfaceName().equals(SimulatedHost.INTERFACE)) {
            problem(
                    number,
                    "simulated hosts have one interface, write 'interface " + SimulatedHost.INTERFACE + "': "
                            + router.id().interfaceName());
        }
    }
}
