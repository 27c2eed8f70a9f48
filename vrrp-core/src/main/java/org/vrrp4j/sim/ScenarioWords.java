package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.model.IpAddresses;

/** The words of one line, taken one after the other; every failure says what was expected. */
final class ScenarioWords {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|min|h)");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");
    private static final Map<String, Double> NANOS = Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "h", 3600e9);

    private final Deque<String> words;
    private final Set<String> hosts;

    /**
     * The words of a line.
     *
     * @param hosts the names of the hosts that there are
     */
    ScenarioWords(String line, Set<String> hosts) {
        this.words = new ArrayDeque<>(Arrays.asList(line.trim().split("\\s+")));
        this.hosts = hosts;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Takes the next word if it is this one. */
    boolean skip(String word) {
        boolean found = word.equals(words.peek());
        if (found) {
            words.remove();
        }
        return found;
    }

    String next(String what) {
        if (words.isEmpty()) {
            throw new ScenarioSyntaxException(what + " is missing at the end of the line");
        }
        return words.remove();
    }

    void expect(String word) {
        String found = next("'" + word + "'");
        if (!found.equals(word)) {
            throw new ScenarioSyntaxException("'" + word + "' must stand where '" + found + "' does");
        }
    }

    void end() {
        if (!words.isEmpty()) {
            throw new ScenarioSyntaxException("the line must end before '" + words.peek() + "'");
        }
    }

    /** All that is left. */
    String rest() {
        String rest = String.join(" ", words);
        words.clear();
        return rest;
    }

    String host() {
        String name = next("the name of a host");
        if (!hosts.contains(name)) {
            throw new ScenarioSyntaxException("there is no host '" + name + "'; write 'host " + name + "' further up");
        }
        return name;
    }

    /** The names of hosts as far as they go, at least one. */
    List<String> someHosts() {
        List<String> names = new ArrayList<>(List.of(host()));
        while (hosts.contains(words.peek())) {
            names.add(words.remove());
        }
        return names;
    }

    /** The names of hosts up to the end of the line, at least one. */
    List<String> hosts() {
        List<String> names = new ArrayList<>(List.of(host()));
        while (!words.isEmpty()) {
            names.add(host());
        }
        return names;
    }

    String oneOf(String... allowed) {
        String word = next(String.join(" or ", allowed));
        if (!List.of(allowed).contains(word)) {
            throw new ScenarioSyntaxException("'" + word + "' must be " + String.join(" or ", allowed));
        }
        return word;
    }

    int integer(int min, int max) {
        String word = next("a number");
        try {
            int value = Integer.decode(word);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, together with the range
        }
        throw new ScenarioSyntaxException("a number must be " + min + " to " + max + ": '" + word + "'");
    }

    Duration time() {
        String word = next("a time");
        Matcher matcher = TIME.matcher(word);
        if (!matcher.matches()) {
            throw new ScenarioSyntaxException("a time must be like 100ms, 3s or 2min: '" + word + "'");
        }
        return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * NANOS.get(matcher.group(2))));
    }

    double share() {
        String word = next("a share");
        Matcher matcher = PERCENT.matcher(word);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > 100) {
            throw new ScenarioSyntaxException("a share must be 0% to 100%: '" + word + "'");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    InetAddress address() {
        return address(next("an IP address"));
    }

    List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        for (String word : next("IP addresses, with commas between them").split(",")) {
            addresses.add(address(word));
        }
        return addresses;
    }

    private static InetAddress address(String word) {
        return IpAddresses.parse(word)
                .orElseThrow(() -> new ScenarioSyntaxException(
                        "an IP address must be like 192.0.2.100 or 2001:db8::1, without a prefix length: '" + word
                                + "'"));
    }
}
