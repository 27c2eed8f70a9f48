package org.vrrp4j.runtime;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;

/** The counters of a virtual router: written on the loop, read on every thread. */
final class Counters {
    final LongAdder becameMaster = new LongAdder();
    final LongAdder announcements = new LongAdder();
    final LongAdder sendFailures = new LongAdder();
    final LongAdder stalls = new LongAdder();
    private final LongAdder otherHolderClaims = new LongAdder();
    private final LongAdder advertisementsSent = new LongAdder();
    private final LongAdder advertisementsReceived = new LongAdder();
    private final LongAdder releasesSent = new LongAdder();
    private final LongAdder releasesReceived = new LongAdder();
    private final EnumCounter<ChecksumForm> checksumForms = new EnumCounter<>(ChecksumForm.class);
    private final EnumCounter<RejectionReason> rejections = new EnumCounter<>(RejectionReason.class);

    void sent(Advertisement advertisement) {
        advertisementsSent.increment();
        if (advertisement.isRelease()) {
            releasesSent.increment();
        }
    }

    void told(Input input) {
        if (input instanceof Input.AdvertisementHeard heard) {
            received(heard.received());
        } else if (input instanceof Input.OtherHolderHeard) {
            otherHolderClaims.increment();
        }
    }

    private void received(ReceivedAdvertisement received) {
        advertisementsReceived.increment();
        if (received.advertisement().isRelease()) {
            releasesReceived.increment();
        }
        checksumForms.increment(received.checksumForm());
    }

    long rejection(RejectionReason reason) {
        return rejections.increment(reason);
    }

    long rejected() {
        return rejections.sum();
    }

    RouterStatistics snapshot() {
        return new RouterStatistics(
                advertisementsSent.sum(),
                advertisementsReceived.sum(),
                becameMaster.sum(),
                releasesSent.sum(),
                releasesReceived.sum(),
                announcements.sum(),
                sendFailures.sum(),
                stalls.sum(),
                otherHolderClaims.sum(),
                checksumForms.snapshot(),
                rejections.snapshot());
    }

    /** One counter for each constant, all in one array: most of them stay 0 in most routers. */
    static final class EnumCounter<E extends Enum<E>> {
        private final Class<E> type;
        private final AtomicLongArray counts;

        EnumCounter(Class<E> type) {
            this.type = type;
            this.counts = new AtomicLongArray(type.getEnumConstants().length);
        }

        long increment(E constant) {
            return counts.incrementAndGet(constant.ordinal());
        }

        long sum() {
            long sum = 0;
            for (int i = 0; i < counts.length(); i++) {
                sum += counts.get(i);
            }
            return sum;
        }

        Map<E, Long> snapshot() {
            Map<E, Long> result = new EnumMap<>(type);
            for (E constant : type.getEnumConstants()) {
                long value = counts.get(constant.ordinal());
                if (value > 0) {
                    result.put(constant, value);
                }
            }
            return Map.copyOf(result);
        }
    }
}
