package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** Hosts on one switch, and one more that captures what it hears there, with its kernel's timestamps. */
final class Wire implements AutoCloseable {
    /** The beginning of each frame, in a buffer that outlives a pause of tcpdump: else it has room for some dozen. */
    private static final String SHORT = "--snapshot-length=160";

    private static final String MANY = "--buffer-size=4096";
    private static final String OBSERVER_ADDRESS = "192.0.2.200/24";

    private final Lab lab;
    private final LabHost observer;
    private final Frames frames = new Frames();
    private int hosts;

    private Wire(Lab lab) throws IOException {
        this.lab = lab;
        this.observer = lab.addHost("observer", OBSERVER_ADDRESS);
        // the addresses that are probed are in no network of its own
        observer.run("ip", "route", "add", "198.51.100.0/24", "dev", "eth0");
    }

    static Wire open() throws IOException {
        Lab lab = Lab.open();
        try {
            return new Wire(lab);
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    /** A further host. */
    LabHost addHost(String name) throws IOException {
        hosts++;
        return lab.addHost(name, "192.0.2." + hosts + "/24");
    }

    Lab lab() {
        return lab;
    }

    /** Which frames are kept: a pcap-filter(7). Called once, before anything is started. */
    void capture(String filter) throws IOException, InterruptedException {
        observer.capture("eth0", SHORT, MANY, filter)
                .onLine(line -> Frame.parse(line.text()).ifPresent(frames::add));
    }

    /** What has been captured so far, some milliseconds behind. */
    Frames frames() {
        return frames;
    }

    /** Asks addresses with ICMP echo requests from the observing host, each every so often. */
    LabProcess probe(Duration interval, List<String> addresses) throws IOException {
        String[] arguments = new String[addresses.size() + 1];
        arguments[0] = Long.toString(interval.toNanos() / 1000);
        for (int i = 0; i < addresses.size(); i++) {
            arguments[i + 1] = addresses.get(i);
        }
        return observer.start(Jvm.command(Jvm.SMALL, EchoRequests.class, arguments));
    }

    /** The MAC address of a host's first interface. */
    static String mac(LabHost host) throws IOException {
        return host.run("cat", "/sys/class/net/eth0/address").strip();
    }

    @Override
    public void close() throws IOException {
        lab.close();
    }
}
