package org.vrrp4j.linux.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Topic;

/** Whether this Java virtual machine may stop for as long as other routers wait for a master. */
final class JvmCheck {
    /** Measured with 200 MB of garbage in a second. */
    private static final Duration G1_PAUSE = Duration.ofMillis(50);
    /** Measured with 100 MB of live objects; a pause grows with them. */
    private static final Duration SERIAL_PAUSE_OF_100_MB = Duration.ofMillis(71);

    private static final long MEGABYTE = 1 << 20;

    private final HostFiles files;
    private final Optional<RouterConfig> quickest;
    private final Duration grace;
    private final Consumer<Finding> out;

    /** @param grace how long a pause may be that nobody notices, as the kernel goes on advertising; zero for none */
    JvmCheck(HostFiles files, List<RouterConfig> routers, Duration grace, Consumer<Finding> out) {
        this.files = files;
        this.grace = grace;
        this.quickest = routers.stream().min((a, b) -> patience(a).compareTo(patience(b)));
        this.out = out;
    }

    /** For how long other routers wait at least. */
    private static Duration patience(RouterConfig router) {
        return router.advertisementInterval().multipliedBy(router.downTimerAdverts());
    }

    private Duration patience() {
        return quickest.map(JvmCheck::patience).orElse(Duration.ofSeconds(3));
    }

    void check() {
        List<String> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
        checkCollector(collectors, Runtime.getRuntime().maxMemory());
        checkLimit();
    }

    void checkCollector(List<String> collectors, long maxHeapBytes) {
        String first = collectors.isEmpty() ? "" : collectors.get(0);
        long megabytes = maxHeapBytes / MEGABYTE;
        boolean isConcurrent = first.startsWith("ZGC") || first.startsWith("Shenandoah");
        Duration pause = first.startsWith("G1")
                ? G1_PAUSE
                : SERIAL_PAUSE_OF_100_MB.multipliedBy(megabytes).dividedBy(100);
        String found = "garbage collector '" + first + "', heap up to " + megabytes + " MB";
        if (!isConcurrent && pause.compareTo(patience()) >= 0 && pause.compareTo(grace) < 0) {
            out.accept(Finding.ok(
                    Topic.JVM,
                    "",
                    found + ": fits; pauses may last for " + pause.toMillis() + " ms, and the kernel goes on"
                            + " advertising for " + grace.toMillis() + " ms"));
        } else if (!isConcurrent && pause.compareTo(patience()) >= 0) {
            out.accept(Finding.hint(
                    Topic.JVM,
                    "",
                    found + ": pauses may last for " + pause.toMillis() + " ms if the heap fills with live objects, and"
                            + " other routers take over after " + patience().toMillis() + " ms",
                    "java -XX:+UseZGC, a smaller heap, or a longer advert_int"));
        } else {
            out.accept(Finding.ok(
                    Topic.JVM,
                    "",
                    found + ": fits; other routers wait for " + patience().toMillis() + " ms"));
        }
    }

    /** The limits of the control group and of those above it (cgroups(7), version 2). */
    private void checkLimit() {
        Optional<String> group = files.lines("proc/self/cgroup").stream()
                .filter(line -> line.startsWith("0::"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
        if (group.isEmpty() || files.text("sys/fs/cgroup/cgroup.controllers").isEmpty()) {
            out.accept(Finding.unchecked(
                    Topic.JVM,
                    "",
                    "processor limits are not known: there is no control group of version 2",
                    "systemctl show --property=CPUQuotaPerSecUSec UNIT, or docker inspect, shows them"));
            return;
        }
        String path = group.get();
        while (true) {
            checkLimit("sys/fs/cgroup" + (path.equals("/") ? "" : path));
            if (path.lastIndexOf('/') < 0 || path.equals("/")) {
                return;
            }
            path = path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
        }
    }

    private void checkLimit(String directory) {
        String[] limit = files.text(directory + "/cpu.max").orElse("max").split(" ");
        if (limit.length != 2 || !limit[0].matches("\\d{1,15}") || !limit[1].matches("\\d{1,15}")) {
            return;
        }
        long quotaMicros = Long.parseLong(limit[0]);
        long periodMicros = Long.parseLong(limit[1]);
        long stopMillis = Math.max(0, periodMicros - quotaMicros) / 1000;
        String throttled = files.lines(directory + "/cpu.stat").stream()
                .filter(line -> line.startsWith("nr_throttled "))
                .map(line -> line.substring("nr_throttled ".length()))
                .findFirst()
                .orElse("?");
        String text = "limited to " + quotaMicros / 1000 + " ms of processor time in " + periodMicros / 1000
                + " ms: once that is used up the kernel stops all threads, for " + stopMillis
                + " ms and more; so far " + throttled + " times";
        if (stopMillis * 4 >= patience().toMillis() || !throttled.equals("0")) {
            out.accept(Finding.hint(
                    Topic.JVM,
                    directory.substring("sys/fs/cgroup".length()),
                    text,
                    "no limit (systemd: CPUQuota=, Kubernetes: limits.cpu, Docker: --cpus), or a shorter period:"
                            + " CPUQuotaPeriodSec=10ms"));
        }
    }

    /** By how much a thread that slept was late, while others did what they do. */
    void checkDelay(Duration longest, String listened) {
        String text = "a thread that slept was late by " + longest.toMillis() + " ms at worst in " + listened
                + "; other routers wait for " + patience().toMillis() + " ms";
        if (longest.multipliedBy(3).compareTo(patience()) >= 0) {
            out.accept(Finding.hint(
                    Topic.JVM, "", text, "more processor time for this host or container, or a longer advert_int"));
        } else {
            out.accept(Finding.ok(Topic.JVM, "", text));
        }
    }
}
