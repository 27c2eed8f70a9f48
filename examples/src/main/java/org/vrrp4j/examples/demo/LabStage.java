package org.vrrp4j.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.examples.cli.Vrrp;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.OutputLine;

/**
 * Real hosts in network namespaces on this machine, with {@code vrrp run}, a {@link WebServer} and a {@link Prober},
 * each in a JVM of its own.
 */
final class LabStage implements Stage {
    static final String LEASE_ENDED = "loses the address: its kernel's lease has ended";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PORT = "8080";
    private static final String TIMEOUT_MILLIS = "250";
    private static final Pattern ROLE_CHANGE = Pattern.compile(" VI_1 \\S+: (\\w+ -> \\w+: .*)");

    private final Settings settings;
    private final Audience audience;
    private final Map<String, LabHost> hosts = new ConcurrentHashMap<>();
    private final Map<String, LabProcess> routers = new ConcurrentHashMap<>();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private Lab lab;

    LabStage(Settings settings, Audience audience) {
        this.settings = settings;
        this.audience = audience;
    }

    @Override
    public String description() {
        return "real hosts in network namespaces: kernel addresses, raw sockets, "
                + settings.interval().toMillis() + " ms between advertisements";
    }

    @Override
    public void open() throws IOException, InterruptedException {
        lab = Lab.open();
        for (int i = 0; i < Settings.HOSTS.size(); i++) {
            String name = Settings.HOSTS.get(i);
            hosts.put(name, lab.addHost(name, "192.0.2." + (i + 1) + "/" + Settings.PREFIX_LENGTH));
        }
        LabHost client = lab.addHost("client", "192.0.2.9/" + Settings.PREFIX_LENGTH);
        lab.watchAddresses().onEvent(this::onAddress);
        List<LabProcess> servers = new ArrayList<>();
        for (String host : Settings.HOSTS) {
            servers.add(hosts.get(host).start(java(WebServer.class, host, PORT)));
            hosts.get(host).write("vrrp.conf", settings.configuration(host));
        }
        start(Settings.FIRST);
        for (LabProcess server : servers) {
            server.awaitLine(WebServer.LISTENING, PATIENCE);
        }
        routers.get(Settings.FIRST).awaitLine("-> MASTER", PATIENCE);
        start(Settings.SECOND);
        routers.get(Settings.SECOND).awaitLine("-> BACKUP", PATIENCE);
        String every = Long.toString(settings.probeInterval().toMillis());
        client.start(java(Prober.class, Settings.ADDRESS, PORT, every, TIMEOUT_MILLIS))
                .onLine(this::onClientLine);
    }

    /** A JVM that is small and starts fast, with what this one has been built from. */
    private static String[] java(Class<?> mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xms16m",
                "-Xmx64m",
                // The hosts share /tmp, but each counts its processes anew, and so would their files of counters clash.
                "-XX:-UsePerfData",
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    @Override
    public void start(String host) throws IOException, InterruptedException {
        LabProcess former = routers.get(host);
        if (former != null) {
            former.awaitExit(PATIENCE);
        }
        LabProcess router = hosts.get(host).start(java(Vrrp.class, "run", "/run/lab/" + host + "/vrrp.conf"));
        router.onLine(line -> onRouterLine(host, line));
        killed.remove(host);
        routers.put(host, router);
    }

    private void onRouterLine(String host, OutputLine line) {
        Matcher roleChange = ROLE_CHANGE.matcher(line.text());
        if (roleChange.find()) {
            audience.onNews(line.time(), host, roleChange.group(1));
        } else if (line.source() == OutputLine.Source.ERR || line.text().contains(" WARN ")) {
            audience.onNews(line.time(), host, "says: " + line.text());
        }
    }

    private void onClientLine(OutputLine line) {
        Prober.parse(line.text())
                .ifPresentOrElse(
                        audience::onReply, () -> audience.onNews(line.time(), "client", "says: " + line.text()));
    }

    private void onAddress(AddressEvent event) {
        if (!event.bareAddress().equals(Settings.ADDRESS) || event.kind() == AddressEvent.Kind.RENEWED) {
            return;
        }
        boolean holds = event.kind() == AddressEvent.Kind.ADDED;
        audience.onHolding(event.time(), event.host(), holds);
        if (!holds && killed.contains(event.host())) {
            audience.onNews(event.time(), event.host(), LEASE_ENDED);
        }
    }

    @Override
    public void kill(String host) throws IOException, InterruptedException {
        killed.add(host);
        routers.get(host).signalTree("KILL");
    }

    @Override
    public void handOver(String host) throws IOException, InterruptedException {
        routers.get(host).signal("TERM");
    }

    @Override
    public void unplug(String host) throws IOException {
        hosts.get(host).unplug();
    }

    @Override
    public void plug(String host) throws IOException {
        hosts.get(host).plug();
    }

    @Override
    public void close() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }
}
