package org.vrrp4j.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.ProcessSettings;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;

/** Shows what a configuration makes a node run, with the words of keepalived's dump where it has them. */
final class ConfigDump {
    private final PrintWriter out;

    ConfigDump(PrintWriter out) {
        this.out = out;
    }

    void print(NodeConfig config) {
        out.println("Router ID = " + config.name());
        config.namespace().ifPresent(namespace -> out.println("Network namespace = " + namespace.name()));
        config.notification()
                .mail()
                .ifPresent(mail ->
                        out.println("Mail = " + mail.recipients() + " by " + mail.server() + ":" + mail.port()));
        config.notification().fifos().forEach(fifo -> out.println("Notify fifo = " + fifo.path()));
        print(config.staticResources());
        print(config.process());
        config.routers().forEach(this::print);
        config.groups().forEach(this::print);
        trackers(config).forEach(this::print);
    }

    private void print(RouterConfig router) {
        out.println("VRRP Instance = " + router.name());
        field("VRRP Version", router.version().number());
        field("Interface", router.id().interfaceName());
        field("Virtual Router ID", router.id().vrid());
        field("Priority", router.priority());
        field("Advert interval", seconds(router.advertisementInterval()));
        field("Down timer adverts", router.downTimerAdverts());
        field("Preempt", router.preempt() ? "enabled" : "disabled");
        if (!router.preemptDelay().isZero()) {
            field("Preempt delay", seconds(router.preemptDelay()));
        }
        if (!router.startupDelay().isZero()) {
            field("Startup delay", seconds(router.startupDelay()));
        }
        field("Authentication type", router.authentication().equals(Authentication.NONE) ? "none" : "SIMPLE_PASSWORD");
        router.source().ifPresent(source -> field("Using src_ip", IpAddresses.text(source)));
        list(
                "Unicast Peer",
                router.unicastPeers().stream()
                        .map(peer -> IpAddresses.text(peer) + " min_ttl "
                                + router.acceptedTtl(peer).min() + " max_ttl "
                                + router.acceptedTtl(peer).max())
                        .toList());
        list(
                "Virtual IP",
                router.addresses().stream()
                        .map(address -> address(address, router.id().interfaceName()))
                        .toList());
        list(
                "Virtual IP Excluded",
                router.excludedAddresses().stream()
                        .map(address -> address(address, router.id().interfaceName()))
                        .toList());
        list("Virtual Routes", words(router.resources().routes()));
        list("Virtual Rules", words(router.resources().rules()));
        field("Accept", router.resources().accept() ? "enabled" : "disabled");
        tracked(router.trackers());
        notification(router.notification());
    }

    private void print(RouterResources statics) {
        if (!statics.isEmpty()) {
            out.println("Static");
            list(
                    "IP",
                    statics.addresses().stream()
                            .map(address -> address(address, ""))
                            .toList());
            list("Routes", words(statics.routes()));
            list("Rules", words(statics.rules()));
        }
    }

    private void print(ProcessSettings process) {
        process.startup()
                .ifPresent(script ->
                        out.println("Startup script = " + script.command() + ", timeout " + seconds(script.limit())));
        process.shutdown()
                .ifPresent(script ->
                        out.println("Shutdown script = " + script.command() + ", timeout " + seconds(script.limit())));
        process.reloadMarker().ifPresent(file -> out.println("Reload file = " + file));
        process.reloadTimeFile()
                .ifPresent(file ->
                        out.println("Reload time file = " + file + (process.repeatsReload() ? ", each day" : "")));
        LoopScheduling scheduling = process.scheduling();
        scheduling.nice().ifPresent(value -> out.println("VRRP process priority = " + value));
        scheduling.realTimePriority().ifPresent(value -> out.println("VRRP realtime priority = " + value));
        if (!scheduling.cpus().isEmpty()) {
            out.println("VRRP CPU affinity = " + scheduling.cpus());
        }
        if (process.locksMemory()) {
            out.println("VRRP don't swap = true");
        }
    }

    private static List<String> words(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private void print(SyncGroupConfig group) {
        out.println("VRRP Sync Group = " + group.name());
        list("Members", group.members());
        tracked(group.trackers());
        if (group.weighted()) {
            field("Weights of trackers", "count");
        }
        notification(group.notification());
    }

    private void print(Tracker tracker) {
        if (tracker instanceof ScriptTracker script) {
            out.println("VRRP Script = " + script.name());
            field("Command", script.command());
            field("Interval", seconds(script.interval()));
            field("Timeout", seconds(script.timeout()));
            field("Rise", script.rise());
            field("Fall", script.fall());
            field("Until the first run", script.initiallyDown() ? "down" : "unknown");
        } else if (tracker instanceof ProcessTracker process) {
            out.println("VRRP Track process = " + process.name());
            field("Process", process.process());
            list("Parameters", process.parameters());
            field("Parameters compared", process.match().name().toLowerCase(Locale.ROOT));
            field("Quorum", process.least());
            field("Quorum max", process.most() == ProcessTracker.UNLIMITED ? "unlimited" : process.most());
            field("Terminate delay", seconds(process.downDelay()));
            field("Fork delay", seconds(process.upDelay()));
        } else if (tracker instanceof FileTracker file) {
            out.println("Track file = " + file.name());
            field("File", file.path());
        }
    }

    private void tracked(List<Tracked> trackers) {
        list("Tracked interfaces", names(trackers, InterfaceTracker.class));
        list("Tracked scripts", names(trackers, ScriptTracker.class));
        list("Tracked files", names(trackers, FileTracker.class));
        list("Tracked processes", names(trackers, ProcessTracker.class));
    }

    private static List<String> names(List<Tracked> trackers, Class<? extends Tracker> type) {
        return trackers.stream()
                .filter(tracked -> type.isInstance(tracked.tracker()))
                .map(tracked -> tracked.tracker().name() + " " + tracked.weight())
                .toList();
    }

    private void notification(NotifySettings notification) {
        list(
                "Scripts",
                notification.scripts().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList());
        if (notification.mail()) {
            field("Mail", "yes");
        }
    }

    /** Definitions that something follows, each once. */
    private static List<Tracker> trackers(NodeConfig config) {
        List<Tracked> all = config.routers().stream()
                .flatMap(router -> router.trackers().stream())
                .collect(Collectors.toList());
        config.groups().forEach(group -> all.addAll(group.trackers()));
        return all.stream().map(Tracked::tracker).distinct().toList();
    }

    private static String address(VirtualAddress address, String interfaceName) {
        return IpAddresses.text(address.address()) + "/" + address.prefixLength() + " dev "
                + address.device().orElse(interfaceName)
                + address.label().map(label -> " label " + label).orElse("");
    }

    private void field(String name, Object value) {
        out.println("  " + name + " = " + value);
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            out.println("  " + name + " (" + values.size() + "):");
            values.forEach(value -> out.println("    " + value));
        }
    }

    private static String seconds(Duration value) {
        String decimal = "%d.%06d".formatted(value.toSeconds(), value.toNanosPart() / 1000);
        return decimal.replaceAll("\\.?0+$", "") + " sec";
    }
}
