package org.vrrp4j.examples.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the data that keepalived 2.2.7 writes on SIGUSR1: the fields of each instance that ours has too. */
final class KeepalivedDump {
    private static final Pattern INSTANCE = Pattern.compile(" VRRP Instance = (.*)");
    private static final Pattern FIELD = Pattern.compile("   (\\S[^=]*?) = (.*)");
    private static final Pattern LIST = Pattern.compile("   (\\S.*?) ?(\\(\\d+\\))? ?:");
    private static final Set<String> FIELDS = Set.of(
            "VRRP Version",
            "Interface",
            "Virtual Router ID",
            "Priority",
            "Advert interval",
            "Down timer adverts",
            "Preempt",
            "Preempt delay",
            "Authentication type");
    private static final List<String> LISTS = List.of(
            "Virtual IP",
            "Unicast Peer",
            "Tracked interfaces",
            "Tracked scripts",
            "Tracked files",
            "Tracked processes");

    private KeepalivedDump() {}

    /** The fields of each instance, by its name; a list is one field. */
    static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> instances = new LinkedHashMap<>();
        Map<String, String> fields = null;
        String list = null;
        for (String line : text.lines().toList()) {
            Matcher instance = INSTANCE.matcher(line);
            Matcher field = FIELD.matcher(line);
            Matcher start = LIST.matcher(line);
            if (instance.matches()) {
                fields = instances.computeIfAbsent(instance.group(1), name -> new TreeMap<>());
                list = null;
            } else if (line.startsWith("---")) {
                fields = null;
            } else if (fields != null && list != null && line.startsWith("     ")) {
                fields.merge(list, normal(list, line.strip()), (all, next) -> all + ", " + next);
            } else if (fields != null && start.matches() && LISTS.contains(start.group(1))) {
                list = start.group(1);
            } else if (fields != null && field.matches()) {
                list = null;
                if (FIELDS.contains(field.group(1))) {
                    fields.put(field.group(1), normal(field.group(1), field.group(2)));
                }
            } else {
                list = null;
            }
        }
        return instances;
    }

    /** A value as ours shows it. */
    private static String normal(String name, String value) {
        return switch (name) {
            case "Advert interval", "Preempt delay" -> milliseconds(value);
            case "Virtual IP" -> address(value);
            case "Unicast Peer" -> value.split(" ")[0];
            default -> name.startsWith("Tracked") ? value.replace(",", "").replace(":", "") : value;
        };
    }

    private static String milliseconds(String value) {
        String[] words = value.split(" ");
        double number = Double.parseDouble(words[0]);
        return Math.round(words[1].startsWith("milli") ? number : number * 1000) + " ms";
    }

    /** An address with its mask, its interface and its label, without what says how it is set just now. */
    private static String address(String value) {
        String[] words = value.split(" ");
        StringBuilder result = new StringBuilder(words[0]);
        if (!words[0].contains("/")) {
            result.append(words[0].contains(":") ? "/128" : "/32");
        }
        for (int i = 1; i + 1 < words.length; i++) {
            if (words[i].equals("dev") || words[i].equals("label") || words[i].equals("scope")) {
                result.append(' ').append(words[i]).append(' ').append(words[i + 1]);
            }
        }
        return result.toString();
    }
}
