package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vrrp4j.model.Role;

/** What the lines of a scenario can say, but for those that declare something. */
final class ScenarioCommands {

    /**
     * One command.
     *
     * @param usage the words of its line
     * @param parser reads what follows the first word
     */
    record Command(String usage, Function<ScenarioWords, ScenarioAction> parser) {}

    private static final int MAX_TIMES = 1_000_000;
    private static final Map<String, Command> TABLE = table();

    private ScenarioCommands() {}

    /** The first words of all commands. */
    static Set<String> names() {
        return TABLE.keySet();
    }

    /**
     * Reads one line.
     *
     * @throws ScenarioSyntaxException if it cannot be read; the message ends with the usage
     */
    static ScenarioAction parse(String name, ScenarioWords words) {
        Command command = TABLE.get(name);
        if (command == null) {
            throw new ScenarioSyntaxException("there is no command '" + name
                    + "'; there are believe, change, config, host, seed, " + String.join(", ", TABLE.keySet()));
        }
        try {
            ScenarioAction action = command.parser().apply(words);
            words.end();
            return action;
        } catch (ScenarioSyntaxException | IllegalArgumentException e) {
            String usage = "; usage: " + command.usage();
            String message = e.getMessage();
            throw new ScenarioSyntaxException(message.contains("; usage: ") ? message : message + usage);
        }
    }

    private static Map<String, Command> table() {
        Map<String, Command> table = new LinkedHashMap<>();
        addTime(table);
        addNodes(table);
        addNetwork(table);
        addHosts(table);
        addTrackers(table);
        addQuestions(table);
        return table;
    }

    private static void addTime(Map<String, Command> table) {
        table.put(
                "run",
                new Command(
                        "run TIME | run until HOST (MASTER|BACKUP|FAULT|INIT|advertises|has ADDRESS|lacks ADDRESS)",
                        words -> words.skip("until") ? until(words) : runFor(words.time())));
        table.put("repeat", new Command("repeat N every TIME COMMAND", ScenarioCommands::repeat));
        table.put("settle", new Command("settle TIME", words -> {
            Duration time = words.time();
            return run -> run.settle(time);
        }));
        table.put("show", new Command("show " + ScenarioTrace.Topic.words(), ScenarioCommands::show));
    }

    private static ScenarioAction runFor(Duration time) {
        return run -> {
            run.runFor(time);
            run.writeTrace();
        };
    }

    private static ScenarioAction until(ScenarioWords words) {
        String host = words.host();
        String what = words.oneOf("MASTER", "BACKUP", "FAULT", "INIT", "advertises", "has", "lacks");
        Consumer<ScenarioRun> wait = switch (what) {
            case "advertises" ->
                run -> {
                    long before = run.advertisements(host);
                    run.runUntil(() -> run.advertisements(host) > before);
                };
            case "has", "lacks" -> {
                InetAddress address = words.address();
                boolean present = what.equals("has");
                yield run -> run.runUntil(() -> run.host(host).has(address) == present);
            }
            default -> {
                Role role = Role.valueOf(what);
                yield run -> run.runUntil(() -> run.is(host, role));
            }
        };
        return run -> {
            wait.accept(run);
            run.writeTrace();
        };
    }

    private static ScenarioAction repeat(ScenarioWords words) {
        int times = words.integer(1, MAX_TIMES);
        words.expect("every");
        Duration distance = words.time();
        String name = words.oneOf("forge", "stall", "freeze", "link", "delete", "cut", "heal");
        ScenarioAction action = parse(name, words);
        return run -> {
            for (int i = 0; i < times; i++) {
                action.perform(run);
                run.runFor(distance);
            }
            run.writeTrace();
        };
    }

    private static ScenarioAction show(ScenarioWords words) {
        EnumSet<ScenarioTrace.Topic> topics = EnumSet.noneOf(ScenarioTrace.Topic.class);
        while (!words.isEmpty()) {
            String word = words.next("a topic");
            topics.add(ScenarioTrace.Topic.of(word)
                    .orElseThrow(() -> new ScenarioSyntaxException("there is no topic '" + word + "'")));
        }
        return run -> run.trace().show(topics);
    }

    private static void addNodes(Map<String, Command> table) {
        table.put("start", new Command("start HOST...", words -> each(words.hosts(), ScenarioRun::start)));
        table.put("stop", new Command("stop HOST...", onHosts(SimulatedHost::stop)));
        table.put("kill", new Command("kill HOST...", onHosts(SimulatedHost::crash)));
        table.put("hand-over", new Command("hand-over HOST...", onHosts(SimulatedHost::handOver)));
        table.put("stall", new Command("stall HOST TIME", halted(SimulatedHost::stall)));
        table.put("freeze", new Command("freeze HOST TIME", halted(SimulatedHost::freeze)));
        table.put("forge", new Command(ScenarioPacket.USAGE, ScenarioPacket::parse));
    }

    private static Function<ScenarioWords, ScenarioAction> halted(BiConsumer<SimulatedHost, Duration> halt) {
        return words -> {
            String host = words.host();
            Duration time = words.time();
            return run -> halt.accept(run.host(host), time);
        };
    }

    private static Function<ScenarioWords, ScenarioAction> onHosts(Consumer<SimulatedHost> action) {
        return words -> each(words.hosts(), (run, host) -> action.accept(run.host(host)));
    }

    private static ScenarioAction each(List<String> hosts, BiConsumer<ScenarioRun, String> action) {
        return run -> hosts.forEach(host -> action.accept(run, host));
    }

    private static void addNetwork(Map<String, Command> table) {
        table.put("cut", new Command("cut HOST HOST | cut HOST -> HOST", words -> {
            String from = words.host();
            boolean oneWay = words.skip("->");
            String to = words.host();
            return run -> {
                SimulatedNetwork network = run.simulation().network();
                if (oneWay) {
                    network.cutOneWay(run.host(from), run.host(to));
                } else {
                    network.cut(run.host(from), run.host(to));
                }
            };
        }));
        table.put("part", new Command("part HOST...", words -> {
            List<String> hosts = words.hosts();
            return run -> run.simulation()
                    .network()
                    .partition(hosts.stream().map(run::host).toArray(SimulatedHost[]::new));
        }));
        table.put(
                "heal",
                new Command("heal", words -> run -> run.simulation().network().heal()));
        table.put(
                "lan",
                new Command(
                        "lan [ideal] [loss N%] [delay TIME] [jitter TIME] [duplicate N%] [damage N%] [echo | no-echo]",
                        ScenarioCommands::lan));
    }

    private static ScenarioAction lan(ScenarioWords words) {
        Function<LinkConditions, LinkConditions> change = Function.identity();
        while (!words.isEmpty()) {
            String word = words.oneOf("ideal", "loss", "delay", "jitter", "duplicate", "damage", "echo", "no-echo");
            change = change.andThen(condition(word, words));
        }
        Function<LinkConditions, LinkConditions> all = change;
        return run -> run.link(all.apply(run.link()));
    }

    private static Function<LinkConditions, LinkConditions> condition(String word, ScenarioWords words) {
        switch (word) {
            case "ideal" -> {
                return link -> LinkConditions.IDEAL;
            }
            case "echo", "no-echo" -> {
                return link -> link.withEcho(word.equals("echo"));
            }
            case "delay" -> {
                Duration time = words.time();
                return link -> link.withDelay(time);
            }
            case "jitter" -> {
                Duration time = words.time();
                return link -> link.withJitter(time);
            }
            default -> {
                double share = words.share();
                return link -> switch (word) {
                    case "loss" -> link.withLoss(share);
                    case "duplicate" -> link.withDuplicate(share);
                    default -> link.withDamage(share);
                };
            }
        }
    }

    private static void addHosts(Map<String, Command> table) {
        table.put("link", choice("link", "up", "down", SimulatedHost::linkUp, SimulatedHost::linkDown));
        table.put(
                "sends", choice("sends", "work", "fail", host -> host.failSends(false), host -> host.failSends(true)));
        table.put("add", new Command("add HOST ADDRESS", onAddress(SimulatedHost::addForeignAddress)));
        table.put("delete", new Command("delete HOST ADDRESS", onAddress(SimulatedHost::removeAddress)));
        table.put(
                "backend",
                new Command(
                        "backend HOST delay TIME failure N%",
                        words -> {
                            String host = words.host();
                            words.expect("delay");
                            Duration delay = words.time();
                            words.expect("failure");
                            BackendConditions conditions = new BackendConditions(delay, words.share());
                            return run -> run.host(host).backend(conditions);
                        }));
    }

    private static void addTrackers(Map<String, Command> table) {
        table.put("probe", new Command("probe HOST TRACKER passes|fails|hangs", words -> {
            String host = words.host();
            String tracker = words.next("the name of a tracker");
            ProbeConduct conduct =
                    ProbeConduct.valueOf(words.oneOf("passes", "fails", "hangs").toUpperCase(Locale.ROOT));
            return run -> run.host(host).trackers().probe(tracker, conduct);
        }));
        table.put("number", new Command("number HOST TRACKER N", words -> {
            String host = words.host();
            String tracker = words.next("the name of a tracker");
            int number = words.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            return run -> run.host(host).trackers().number(tracker, number);
        }));
    }

    private static Command choice(
            String name, String yes, String no, Consumer<SimulatedHost> onYes, Consumer<SimulatedHost> onNo) {
        return new Command(name + " HOST " + yes + "|" + no, words -> {
            String host = words.host();
            Consumer<SimulatedHost> action = words.oneOf(yes, no).equals(yes) ? onYes : onNo;
            return run -> action.accept(run.host(host));
        });
    }

    private static Function<ScenarioWords, ScenarioAction> onAddress(BiConsumer<SimulatedHost, InetAddress> action) {
        return words -> {
            String host = words.host();
            InetAddress address = words.address();
            return run -> action.accept(run.host(host), address);
        };
    }

    private static void addQuestions(Map<String, Command> table) {
        table.put("status", new Command("status HOST...", words -> each(words.hosts(), ScenarioRun::writeStatus)));
        table.put("neighbour", new Command("neighbour HOST ADDRESS", words -> {
            String host = words.host();
            InetAddress address = words.address();
            return run -> run.writeNeighbour(host, address);
        }));
    }
}
