package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/**
 * One virtual router on virtual time. Each step notes its effects as short texts: {@code ADV 100}, {@code ACQUIRE},
 * {@code CHANGE}, {@code RELEASE}, {@code RENEW}, {@code ANNOUNCE}, {@code ANNOUNCE NEXT},
 * {@code BACKUP>MASTER MASTER_DOWN}, the name of an event, or {@code REJECT} and the reason.
 */
final class Rig {
    static final String VIP = "192.0.2.100";
    static final String SOURCE = "192.0.2.11";
    static final String GREATER = "192.0.2.12";
    static final String LESS = "192.0.2.10";

    static final AnnouncementSchedule NO_ANNOUNCEMENTS = new AnnouncementSchedule(List.of(), Duration.ZERO);

    RouterConfig config;
    final RouterMachine machine;
    final List<Effect> effects = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    /** The clock overflows during the tests, as System.nanoTime() may. */
    private final long origin = Long.MAX_VALUE - Duration.ofMillis(1234).toNanos();

    private long now = origin;

    Rig(RouterConfigBuilder builder) {
        this.config = builder.build();
        this.machine = new RouterMachine(config);
    }

    /** Priority 100, 100 ms, version 3, one address. */
    static RouterConfigBuilder fast() {
        return RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse(VIP + "/24"))
                .advertisementInterval(Duration.ofMillis(100));
    }

    /** The same without any announcement, so that only the other timers show. */
    static RouterConfigBuilder quiet() {
        return fast().announcements(NO_ANNOUNCEMENTS)
                .conflictAnnouncements(NO_ANNOUNCEMENTS)
                .announceWithAdvertisements(false);
    }

    static Rig backup(RouterConfigBuilder builder) {
        Rig rig = new Rig(builder);
        rig.source(SOURCE);
        rig.step(new Input.Started());
        rig.take();
        return rig;
    }

    /** A master that holds its addresses; nothing of how it came to be is noted. */
    static Rig master(RouterConfigBuilder builder) {
        Rig rig = acquiring(builder);
        rig.step(new Input.AddressesAcquired());
        rig.take();
        return rig;
    }

    /** A master whose backend has not answered yet. */
    static Rig acquiring(RouterConfigBuilder builder) {
        Rig rig = backup(builder);
        if (rig.machine.role() == Role.BACKUP) {
            rig.toDeadline();
        }
        rig.take();
        return rig;
    }

    List<String> step(Input input) {
        int before = log.size();
        for (Effect effect : machine.step(now, input)) {
            effects.add(effect);
            effect.dispatch(new Notes());
        }
        return List.copyOf(log.subList(before, log.size()));
    }

    List<String> source(String address) {
        return step(new Input.SourceChanged(address(address)));
    }

    List<String> acquired() {
        return step(new Input.AddressesAcquired());
    }

    List<String> changed() {
        return step(new Input.AddressesChanged());
    }

    List<String> configure(RouterConfigBuilder builder) {
        config = builder.build();
        return step(new Input.Reconfigured(config));
    }

    List<String> released() {
        return step(new Input.AddressesReleased());
    }

    List<String> fault(Fault fault) {
        return step(new Input.FaultRaised(fault, "detail"));
    }

    List<String> cleared(Fault fault) {
        return step(new Input.FaultCleared(fault));
    }

    List<String> hear(String source, int priority) {
        return hear(source, advertisement(priority));
    }

    List<String> hear(String source, Advertisement advertisement) {
        return step(heard(source, advertisement));
    }

    static Input heard(String source, Advertisement advertisement) {
        return new Input.AdvertisementHeard(
                new ReceivedAdvertisement(advertisement, address(source), ChecksumForm.MESSAGE_ONLY));
    }

    /** What a peer with the same configuration but this priority sends. */
    Advertisement advertisement(int priority) {
        return advertisement(priority, config.advertisementInterval());
    }

    Advertisement advertisement(int priority, Duration interval) {
        return new Advertisement(
                config.version(),
                config.id().vrid(),
                priority,
                interval,
                config.advertisedAddresses(),
                config.version() == VrrpVersion.V2 ? config.authentication() : Authentication.NONE);
    }

    /** Lets time pass and calls the machine at each of its deadlines, as the loop does. */
    List<String> pass(Duration duration) {
        int before = log.size();
        long end = now + duration.toNanos();
        OptionalLong next = machine.nextDeadlineNanos();
        while (next.isPresent() && next.getAsLong() - end <= 0) {
            now += Math.max(next.getAsLong() - now, 0);
            timePassed();
            next = machine.nextDeadlineNanos();
        }
        now = end;
        return List.copyOf(log.subList(before, log.size()));
    }

    List<String> passMillis(long millis) {
        return pass(Duration.ofMillis(millis));
    }

    /** Lets time pass during which nobody calls the machine. */
    Rig stall(Duration duration) {
        now += duration.toNanos();
        return this;
    }

    /** Goes to the nearest deadline and calls the machine there. */
    List<String> toDeadline() {
        now = machine.nextDeadlineNanos().orElseThrow();
        return timePassed();
    }

    private List<String> timePassed() {
        List<String> result = step(new Input.TimePassed());
        OptionalLong next = machine.nextDeadlineNanos();
        assertThat(next.isEmpty() || next.getAsLong() - now > 0)
                .as("a deadline is left that has come, so the loop would spin")
                .isTrue();
        return result;
    }

    /** How long it is until the nearest deadline. */
    Duration untilDeadline() {
        return Duration.ofNanos(machine.nextDeadlineNanos().orElseThrow() - now);
    }

    Duration time() {
        return Duration.ofNanos(now - origin);
    }

    /** What was noted since the last call. */
    List<String> take() {
        List<String> result = List.copyOf(log);
        log.clear();
        effects.clear();
        return result;
    }

    <E extends VrrpEvent> List<E> reports(Class<E> type) {
        return effects.stream()
                .filter(Effect.Report.class::isInstance)
                .map(effect -> ((Effect.Report) effect).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    Effect.TellRoleChange lastTold() {
        return effects.stream()
                .filter(Effect.TellRoleChange.class::isInstance)
                .map(Effect.TellRoleChange.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    static String told(Role from, Role to, Cause cause) {
        return from + ">" + to + " " + cause;
    }

    private final class Notes implements Effect.Handler {
        @Override
        public void sendAdvertisement(Advertisement advertisement) {
            log.add("ADV " + advertisement.priority());
        }

        @Override
        public void acquireAddresses() {
            log.add("ACQUIRE");
        }

        @Override
        public void changeAddresses(Effect.ChangeAddresses change) {
            log.add("CHANGE");
        }

        @Override
        public void renewAddresses() {
            log.add("RENEW");
        }

        @Override
        public void releaseAddresses() {
            log.add("RELEASE");
        }

        @Override
        public void announce() {
            log.add("ANNOUNCE");
        }

        @Override
        public void announceNext() {
            log.add("ANNOUNCE NEXT");
        }

        @Override
        public void announceInterfaces() {
            log.add("ANNOUNCE INTERFACES");
        }

        @Override
        public void tellRoleChange(Effect.TellRoleChange change) {
            log.add(told(change.from(), change.to(), change.cause()));
        }

        @Override
        public void report(VrrpEvent event) {
            log.add(event.getClass().getSimpleName());
        }

        @Override
        public void rejectPacket(InetAddress source, PacketRejection rejection) {
            log.add("REJECT " + rejection.reason());
        }
    }
}
