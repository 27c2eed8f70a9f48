package org.vrrp4j.examples.jmh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Effect;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.protocol.RouterMachine;

/** One step of the state machine in the steady state: of a backup that hears its master, of a master that advertises. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MachineBenchmark {
    private static final VirtualAddress ADDRESS = VirtualAddress.parse("192.0.2.100/24");
    private static final Input TIME_PASSED = new Input.TimePassed();

    private final RouterConfig config = RouterConfig.builder("eth0", 51)
            .advertisementInterval(Duration.ofMillis(100))
            .address(ADDRESS)
            .build();
    private final RouterMachine backup = new RouterMachine(config);
    private final RouterMachine master = new RouterMachine(config);
    private final Input heard = new Input.AdvertisementHeard(new ReceivedAdvertisement(
            new Advertisement(
                    VrrpVersion.V3, 51, 200, Duration.ofMillis(100), List.of(ADDRESS.address()), Authentication.NONE),
            IpAddresses.parse("192.0.2.2").orElseThrow(),
            ChecksumForm.PSEUDO_HEADER));
    private long now;

    /** One machine follows a master, the other one becomes one. */
    @Setup
    public void start() {
        for (RouterMachine machine : List.of(backup, master)) {
            machine.step(
                    now, new Input.SourceChanged(IpAddresses.parse("192.0.2.1").orElseThrow()));
            machine.step(now, new Input.Started(Duration.ZERO));
        }
        now += Duration.ofSeconds(1).toNanos();
        master.step(now, TIME_PASSED);
        master.step(now, new Input.AddressesAcquired());
    }

    /** A backup hears the advertisement of its master. */
    @Benchmark
    public List<Effect> backupHears() {
        now += 1000;
        return backup.step(now, heard);
    }

    /** A master's timers fire: mostly that of its advertisements. */
    @Benchmark
    public List<Effect> masterAdvertises() {
        now = master.deadlineNanos();
        return master.step(now, TIME_PASSED);
    }
}
