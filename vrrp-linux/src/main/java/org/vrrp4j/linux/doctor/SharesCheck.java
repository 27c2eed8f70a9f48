package org.vrrp4j.linux.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.vrrp4j.linux.doctor.Finding.Topic;

/**
 * Whether the kernel shares the processor among sessions (autogroups in sched(7)): nice values, that of the loop's
 * thread too, count within one of them only, and whoever else is busy gets as much.
 */
final class SharesCheck {
    private static final String SWITCH = "proc/sys/kernel/sched_autogroup_enabled";
    private static final String CGROUPS = "sys/fs/cgroup";

    private final HostFiles files;
    private final Consumer<Finding> out;

    SharesCheck(HostFiles files, Consumer<Finding> out) {
        this.files = files;
        this.out = out;
    }

    void check() {
        OptionalLong nice = files.text("proc/self/autogroup").stream()
                .filter(text -> text.matches(".* nice -?\\d{1,2}"))
                .mapToLong(text -> Long.parseLong(text.substring(text.lastIndexOf(' ') + 1)))
                .findFirst();
        if (files.number(SWITCH).orElse(0) != 1 || nice.orElse(-1) < 0 || hasSharesOfItsOwn()) {
            return;
        }
        out.accept(Finding.hint(
                Topic.JVM,
                "",
                "each session has an equal share of the processor here (sched_autogroup_enabled), so that a busy one"
                        + " delays the loop whatever its nice value is",
                "run it as a systemd service with CPUWeight=10000, or echo -10 > /proc/PID/autogroup"));
    }

    /** In a control group with a weight of its own, or below one, there are no autogroups. */
    private boolean hasSharesOfItsOwn() {
        List<String> groups = files.lines("proc/self/cgroup");
        boolean old = groups.stream()
                .map(line -> line.split(":", 3))
                .anyMatch(parts ->
                        parts.length == 3 && List.of(parts[1].split(",")).contains("cpu") && !parts[2].equals("/"));
        Optional<String> unified = groups.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
        String path = unified.orElse("/");
        while (!old && path.length() > 1) {
            if (files.text(CGROUPS + path + "/cpu.weight").isPresent()) {
                return true;
            }
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return old;
    }
}
