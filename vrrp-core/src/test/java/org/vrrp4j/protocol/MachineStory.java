package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.LearnedIntervals;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;

/**
 * What happens to a virtual router, told by bytes: its configuration first, then one input after the other, each a byte
 * for its kind and others for what it carries. Every sequence of bytes is a story, and {@link Contracts} are checked at
 * each step of it. At the end everybody else falls silent and all faults end: the router must become master.
 */
final class MachineStory {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int[] CENTISECONDS = {1, 10, 100, 4095};
    private static final int QUIET_STEPS = 300;
    private static final int MOST_REMEMBERED = 64;

    private final ByteBuffer bytes;
    private final Contracts contracts;
    private final int twinEvery;

    /** The clock overflows early in many stories, as System.nanoTime() may. */
    private long now = Long.MAX_VALUE - 20 * SECOND;

    private MachineStory(byte[] bytes, int twinEvery) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.twinEvery = twinEvery;
        boolean v2 = (next() & 1) != 0;
        boolean ipv6 = (next() & 1) != 0;
        this.contracts = new Contracts(config(v2 ? VrrpVersion.V2 : VrrpVersion.V3, ipv6 && !v2));
    }

    /** Tells the story to its end. */
    static void tell(byte[] bytes) {
        new MachineStory(bytes, 0).tell();
    }

    /** The same, with a new second machine every few inputs. */
    static void tellWithTwins(byte[] bytes) {
        new MachineStory(bytes, 4).tell();
    }

    private void tell() {
        step(new Input.SourceChanged(source(1)));
        for (int i = 1; bytes.hasRemaining(); i++) {
            happen(next());
            if (twinEvery != 0 && i % twinEvery == 0) {
                contracts.duplicate(now);
            }
        }
        int remembered = Remembered.most(contracts.machine());
        contracts.require(remembered <= MOST_REMEMBERED, "what is remembered is bounded: ", remembered);
        fallSilent();
        step(new Input.Stopped());
        while (contracts.dueAnswer().isPresent()) {
            step(contracts.dueAnswer().get());
        }
        contracts.checkEnd();
    }

    private void happen(int kind) {
        switch (kind % 26) {
            case 0, 1, 2, 3 -> toDeadline(0);
            case 4 -> toDeadline(next() * MILLI);
            case 5 -> pass(next() * MILLI);
            case 6 -> pass(next() * SECOND);
            case 7, 8, 9 -> contracts.dueAnswer().ifPresent(this::step);
            case 10 -> fail();
            case 11 -> step(anyAnswer(next()));
            case 12, 13 -> step(heard(source(next() % 4)));
            case 14 -> flood();
            case 15 -> step(new Input.FaultRaised(fault(), "detail"));
            case 16 -> step(new Input.FaultCleared(fault()));
            case 17 -> step(new Input.Started());
            case 18 -> stopOrMove(next());
            case 19 -> step(new Input.AddressVanished(address(next() % 4)));
            case 20 -> step(new Input.SendFailed());
            case 21 -> step(new Input.SendRecovered());
            case 22 -> step(new Input.HandedOver());
            case 23 -> contracts.duplicate(now);
            case 24 -> claim(next());
            default ->
                step(new Input.Reconfigured(config(
                        contracts.config().version(), contracts.config().id().family() == IpFamily.IPV6)));
        }
    }

    /** Of one other host, or of more than are remembered. */
    private void claim(int kind) {
        for (int i = 0; i <= (kind >= 128 ? MOST_REMEMBERED : 0); i++) {
            step(new Input.OtherHolderHeard(address(kind % 4), new MacAddress(i)));
        }
    }

    private void toDeadline(long late) {
        OptionalLong deadline = contracts.machine().nextDeadlineNanos();
        if (deadline.isPresent()) {
            now += Math.max(0, deadline.getAsLong() - now) + late;
        }
        step(new Input.TimePassed());
    }

    private void pass(long nanos) {
        now += nanos;
        step(new Input.TimePassed());
    }

    private void fail() {
        if (contracts.mayFail()) {
            step(new Input.AcquireFailed(fault(), "detail"));
        }
    }

    private static Input anyAnswer(int kind) {
        return switch (kind % 4) {
            case 0 -> new Input.AddressesAcquired();
            case 1 -> new Input.AddressesChanged();
            case 2 -> new Input.AddressesReleased();
            default -> new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail");
        };
    }

    private void flood() {
        int senders = next();
        Advertisement advertisement = advertisement();
        for (int i = 0; i < senders; i++) {
            step(heard(advertisement, source(256 + i)));
        }
    }

    private void stopOrMove(int kind) {
        if (kind < 64) {
            step(new Input.Stopped());
        } else if (kind >= 224) {
            step(new Input.PriorityAdjusted(2 * next() - 255));
        } else if (kind >= 208) {
            step(group(next()));
        } else {
            step(new Input.SourceChanged(source(kind % 4)));
        }
    }

    private static Input group(int kind) {
        return switch (kind % 4) {
            case 0 -> new Input.GroupJoined();
            case 1 -> new Input.GroupGaveUp("other");
            default -> new Input.GroupPermitted();
        };
    }

    private void fallSilent() {
        step(new Input.SourceChanged(source(1)));
        step(new Input.SendRecovered());
        for (Fault fault : Fault.values()) {
            step(new Input.FaultCleared(fault));
        }
        step(new Input.Started());
        for (int i = 0; i < QUIET_STEPS && contracts.told() != Role.MASTER; i++) {
            Optional<Input> answer = contracts.dueAnswer();
            if (answer.isPresent()) {
                step(answer.get());
            } else if (contracts.machine().wantsMaster()) {
                step(new Input.GroupPermitted());
            } else {
                toDeadline(0);
            }
        }
        contracts.require(contracts.told() == Role.MASTER, "alone, it becomes master");
    }

    private RouterConfig config(VrrpVersion version, boolean ipv6) {
        int flags = next();
        int priority = Math.max(1, next());
        int times = next();
        boolean v2 = version == VrrpVersion.V2;
        RouterConfigBuilder builder = RouterConfig.builder("eth0", 51)
                .version(version)
                .priority(priority)
                .advertisementInterval(
                        v2 ? Duration.ofSeconds(1 + times % 4) : Duration.ofMillis(10L * CENTISECONDS[times % 4]))
                .downTimerAdverts(1 + times / 4 % 4)
                .preempt((flags & 1) == 0)
                .stepDownAfterStall((flags & 2) != 0)
                .announceWithAdvertisements((flags & 4) == 0)
                .authentication(v2 && (flags & 8) != 0 ? Authentication.simplePassword("secret") : Authentication.NONE)
                .startupDelay(Duration.ofMillis((flags & 16) != 0 ? 700 : 0))
                .preemptDelay(Duration.ofMillis((flags & 32) != 0 ? 700 : 0));
        if ((flags & 64) != 0) {
            builder.learnedIntervals(new LearnedIntervals(Duration.ofMillis(50), Duration.ofSeconds(2)));
        }
        if ((flags & 128) != 0) {
            Duration gap = Duration.ofMillis(3);
            builder.announcements(AnnouncementSchedule.bursts(5, gap, Duration.ofSeconds(5), Duration.ZERO));
        }
        for (int i = 0; i <= times / 16 % 3; i++) {
            builder.address(VirtualAddress.parse(address(i, ipv6).getHostAddress() + (ipv6 ? "/64" : "/24")));
        }
        return builder.build();
    }

    private Input heard(InetAddress sender) {
        return heard(advertisement(), sender);
    }

    private static Input heard(Advertisement advertisement, InetAddress sender) {
        return new Input.AdvertisementHeard(
                new ReceivedAdvertisement(advertisement, sender, ChecksumForm.MESSAGE_ONLY));
    }

    /** Mostly what a peer of the same configuration sends. */
    private Advertisement advertisement() {
        RouterConfig config = contracts.config();
        int priority = next();
        int oddity = next();
        boolean otherVersion = oddity % 16 == 1 && config.id().family() == IpFamily.IPV4;
        VrrpVersion other = config.version() == VrrpVersion.V2 ? VrrpVersion.V3 : VrrpVersion.V2;
        Duration interval = config.advertisementInterval();
        if (oddity % 16 == 2) {
            interval = config.version() == VrrpVersion.V2
                    ? Duration.ofSeconds(1 + next() % 255)
                    : Duration.ofMillis(10L * (1 + next() * 16));
        }
        return new Advertisement(
                otherVersion ? other : config.version(),
                config.id().vrid(),
                priority,
                interval,
                oddity % 16 == 3 ? List.of(address(next() % 4)) : config.advertisedAddresses(),
                oddity % 16 == 4 ? new Authentication(next(), next()) : config.authentication());
    }

    private Fault fault() {
        return Fault.values()[next() % Fault.values().length];
    }

    private InetAddress source(int number) {
        return IpAddresses.parse(
                        contracts.config().id().family() == IpFamily.IPV6
                                ? "fe80::" + Integer.toHexString(16 + number)
                                : "198.51." + (100 + number / 200) + "." + (10 + number % 200))
                .orElseThrow();
    }

    private InetAddress address(int number) {
        return address(number, contracts.config().id().family() == IpFamily.IPV6);
    }

    private static InetAddress address(int number, boolean ipv6) {
        return IpAddresses.parse((ipv6 ? "2001:db8::" : "192.0.2.") + (100 + number))
                .orElseThrow();
    }

    private void step(Input input) {
        contracts.step(now, input);
    }

    private int next() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : 0;
    }
}
