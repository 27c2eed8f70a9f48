package org.vrrp4j.sim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;

/**
 * A story of hosts and their virtual routers, told in a text: what is done to them, one thing a line, and below each
 * line what came of it. Running it writes the latter anew, so that a scenario is test, example and report in one.
 *
 * <pre>{@code
 * # A backup takes over from a master that has died.
 * host a
 * host b
 * config a b
 *     vrrp_instance VI_1 {
 *         interface eth0
 *         virtual_router_id 51
 *         priority 100
 *         version 3
 *         virtual_ipaddress {
 *             192.0.2.100/24
 *         }
 *     }
 * end
 * change a priority 150
 * start a b
 * run until a MASTER
 * |    0.000000  a  INIT -> BACKUP: started
 * |    0.000000  b  INIT -> BACKUP: started
 * |    3.414062  a  192.0.2.100 added: leased
 * |    3.414062  a  BACKUP -> MASTER: heard no master
 * }</pre>
 *
 * <p>Lines that begin with {@code |} are what came of it, with the seconds since the beginning. A {@code #} at the
 * beginning or after a space starts a comment. The others are:
 *
 * <ul>
 *   <li>{@code seed N}: what is left to chance; 0 without it
 *   <li>{@code host NAME [ADDRESS]}: a host, which is a client as long as no node is started on it
 *   <li>{@code config HOST...} up to {@code end}: the keepalived.conf of hosts
 *   <li>{@code change HOST... KEYWORD VALUE...}: another value in their first vrrp_instance, at once if it runs; for
 *       virtual_ipaddress and unicast_peer a new list
 *   <li>{@code believe HOST... from TIME to TIME}: their {@link org.vrrp4j.config.LearnedIntervals}, for which
 *       keepalived.conf has no word
 *   <li>{@code start}, {@code stop}, {@code kill} and {@code hand-over HOST...}; {@code stall HOST TIME}, in
 *       which the kernel sends what it was given ahead, and {@code freeze HOST TIME}, in which it does not
 *   <li>{@code forge HOST like HOST FIELD...} or {@code forge HOST hex DIGITS}: a packet that no node sends
 *   <li>{@code cut HOST HOST}, {@code cut HOST -> HOST}, {@code part HOST...}, {@code heal}; {@code lan} with loss,
 *       delay, jitter, duplicate, damage, echo; {@code link HOST down|up}; {@code sends HOST fail|work}
 *   <li>{@code add} and {@code delete HOST ADDRESS}, by somebody else; {@code backend HOST delay TIME failure N%}
 *   <li>{@code probe HOST TRACKER passes|fails|hangs}: what its script or health check does; {@code number HOST TRACKER
 *       N}: what its file says, or how many of its processes run
 *   <li>{@code show TOPIC...}: what is written: roles, events, addresses and warnings, unless it says otherwise
 *   <li>{@code run TIME}, {@code run until HOST ...}, {@code repeat N every TIME COMMAND}, {@code settle TIME}: time
 *       passes, and what came of all lines before is written; {@code settle} also says whether the network has settled
 *       (see {@link Settled})
 *   <li>{@code status HOST...}, {@code neighbour HOST ADDRESS}: how it is at this moment
 * </ul>
 *
 * <p>It runs in a {@link Simulation} with the standard invariants; the same text gives the same result.
 *
 * <p><b>Units:</b> times are written with their unit, such as {@code 100ms}. <b>Thread:</b> any; a run is independent
 * of all others. <b>Failure:</b> {@link ConfigException} with file, line and what to write instead; {@link
 * SimulationException} if an invariant is violated.
 */
public final class Scenario {
    private static final Pattern REQUIREMENT = Pattern.compile("\\b(?:R\\d{4}-[0-9A-Z.]+|OPEN)-\\d+\\b");

    private final String file;
    private final List<ScenarioStep> steps;
    private final long seed;
    private final boolean namesRouters;
    private final int hostWidth;

    private Scenario(String file, ScenarioParser parser) {
        this.file = file;
        this.steps = List.copyOf(parser.parse());
        this.seed = parser.seed();
        this.namesRouters = parser.namesRouters();
        this.hostWidth = parser.hostWidth();
    }

    /**
     * Reads a scenario; what an earlier run wrote into it is left out.
     *
     * @param file what problems call it
     * @throws ConfigException with everything that is wrong with the text
     */
    public static Scenario parse(String file, String text) {
        return new Scenario(file, new ScenarioParser(file, text));
    }

    /** What it is about: the first sentence of the comment that it begins with; empty if there is none. */
    public String title() {
        String comment = steps.stream()
                .map(step -> step.lines().get(0))
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        int end = comment.indexOf(". ");
        return end < 0 ? comment : comment.substring(0, end + 1);
    }

    /** The ids of requirements, such as {@code R9568-6.4.2-8}, that its comments name. */
    public Set<String> requirements() {
        Set<String> ids = new LinkedHashSet<>();
        comments().forEach(comment -> {
            Matcher matcher = REQUIREMENT.matcher(comment);
            while (matcher.find()) {
                ids.add(matcher.group());
            }
        });
        return ids;
    }

    private Stream<String> comments() {
        return steps.stream()
                .flatMap(step -> step.lines().stream())
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .filter(comment -> !comment.isEmpty());
    }

    /**
     * Runs it from the beginning.
     *
     * @return the whole text, with what came of it this time
     * @throws ConfigException if a line cannot be carried out
     * @throws SimulationException if an invariant is violated, or something that was waited for does not come
     */
    public String run() {
        StringBuilder text = new StringBuilder();
        run(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Runs it from the beginning, and passes on each line of the text as soon as it is known.
     *
     * @throws ConfigException if a line cannot be carried out
     * @throws SimulationException if an invariant is violated, or something that was waited for does not come
     */
    public void run(Consumer<String> lines) {
        ScenarioRun run = new ScenarioRun(seed, new ScenarioTrace(namesRouters, hostWidth));
        for (ScenarioStep step : steps) {
            step.lines().forEach(lines);
            perform(step, run);
            run.takeOutput().forEach(lines);
        }
    }

    private void perform(ScenarioStep step, ScenarioRun run) {
        try {
            step.action().perform(run);
        } catch (ScenarioSyntaxException | IllegalStateException | IllegalArgumentException e) {
            ConfigException failure =
                    new ConfigException(List.of(new Problem(Severity.ERROR, file, step.number(), e.getMessage())));
            failure.initCause(e);
            throw failure;
        } catch (SimulationException e) {
            throw new SimulationException(file + ":" + step.number() + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
