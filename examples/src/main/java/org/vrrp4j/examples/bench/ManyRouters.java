package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.LabSwitch;

/** 250 routers on each of 16 links of two hosts, every second: how long until one host holds all addresses. */
final class ManyRouters implements Scenario {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LINKS = 16;
    private static final int PER_LINK = 250;
    private static final long LIMIT_NANOS = Duration.ofSeconds(20).toNanos();

    @Override
    public String name() {
        return "many-routers";
    }

    @Override
    public String title() {
        return LINKS * PER_LINK + " routers over " + LINKS + " links, advertisements every second";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        for (int turn = 0; turn < session.amount(2, 1); turn++) {
            for (Contender contender : session.contenders()) {
                measure(session, contender);
            }
        }
    }

    private void measure(Session session, Contender contender) throws IOException, InterruptedException {
        session.progress().say(name() + ": " + contender.label());
        int links = session.amount(LINKS, 2);
        int perLink = session.amount(PER_LINK, 50);
        try (Lab lab = Lab.open()) {
            LabHost first = host(lab, contender.host("a"), 1, links);
            LabHost second = host(lab, contender.host("b"), 2, links);
            RouterSet routers = new RouterSet(1, perLink, Pair.FIRST_PRIORITY, INTERVAL, interfaces(links));
            AtomicInteger changes = new AtomicInteger();
            try (LabProcess master = contender.start(first, routers);
                    LabProcess backup = contender.start(second, routers.withPriority(Pair.SECOND_PRIORITY))) {
                count(contender, master, changes);
                count(contender, backup, changes);
                long begin = System.nanoTime();
                while (Addresses.held(first) < routers.count() && System.nanoTime() - begin < LIMIT_NANOS) {
                    Thread.sleep(100);
                }
                double settled = (System.nanoTime() - begin) / 1e9;
                session.figure(this, "until one host holds all addresses, 20 s at most", Unit.SECONDS)
                        .add(contender, settled);
                Thread.sleep(session.amount(5000, 500));
                session.figure(this, "addresses held then on the master", Unit.COUNT)
                        .add(contender, Addresses.held(first));
                session.figure(this, "addresses held then on the backup", Unit.COUNT)
                        .add(contender, Addresses.held(second));
                int before = changes.get();
                ProcessUsage usage = ProcessUsage.of(master);
                ProcessUsage backupUsage = ProcessUsage.of(backup);
                Thread.sleep(session.amount(10_000, 500));
                ProcessUsage then = ProcessUsage.of(master);
                ProcessUsage backupThen = ProcessUsage.of(backup);
                session.figure(this, "steady CPU of the master", Unit.PERCENT_OF_A_CORE)
                        .add(contender, then.percentSince(usage));
                session.figure(this, "steady CPU of the backup", Unit.PERCENT_OF_A_CORE)
                        .add(contender, backupThen.percentSince(backupUsage));
                session.figure(this, "memory of the master", Unit.MEGABYTES)
                        .add(contender, then.residentKilobytes() / 1e3);
                session.figure(this, "became master meanwhile", Unit.COUNT).add(contender, changes.get() - before);
            }
        }
    }

    /** With so many links: eth0, eth1, ... */
    static LabHost host(Lab lab, String name, int number, int links) throws IOException {
        LabHost host = null;
        for (int link = 0; link < links; link++) {
            // a /28 for each link
            String address = "203.0.113." + (16 * link + number) + "/28";
            if (link == 0) {
                host = lab.addHost(name, address);
            } else {
                host.addInterface(link(lab, link), address);
            }
        }
        return host;
    }

    private static LabSwitch link(Lab lab, int number) throws IOException {
        List<LabSwitch> switches = lab.switches();
        return number < switches.size() ? switches.get(number) : lab.addSwitch("link" + number);
    }

    static List<String> interfaces(int links) {
        List<String> names = new ArrayList<>();
        for (int link = 0; link < links; link++) {
            names.add("eth" + link);
        }
        return names;
    }

    private static void count(Contender contender, LabProcess process, AtomicInteger changes) {
        process.onLine(line -> {
            if (line.text().contains(contender.masterLine())) {
                changes.incrementAndGet();
            }
        });
    }
}
