package org.vrrp4j.management;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.SendingAhead;

/** Asks for the status with each attribute. */
record RouterBean(Supplier<RouterStatus> status, Supplier<SendingAhead> sendingAhead) implements RouterMXBean {
    private RouterStatistics statistics() {
        return status.get().statistics();
    }

    @Override
    public String getRole() {
        return status.get().role().name();
    }

    @Override
    public String getCause() {
        return status.get().cause().text();
    }

    @Override
    public String getSince() {
        return status.get().since().toString();
    }

    @Override
    public long getEpoch() {
        return status.get().epoch();
    }

    @Override
    public boolean isMaster() {
        return status.get().isMaster();
    }

    @Override
    public int getPriority() {
        return status.get().priority();
    }

    @Override
    public long getAdvertisementIntervalMillis() {
        return status.get().advertisementInterval().toMillis();
    }

    @Override
    public long getPauseGraceMillis() {
        return sendingAhead.get().isActive() ? sendingAhead.get().grace().toMillis() : 0;
    }

    @Override
    public String getPauseGraceUnavailability() {
        return sendingAhead.get().unavailability().orElse("");
    }

    @Override
    public List<String> getAddresses() {
        return status.get().addresses().stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }

    @Override
    public String getMasterAddress() {
        return status.get().master().map(InetAddress::getHostAddress).orElse("");
    }

    @Override
    public int getMasterPriority() {
        return status.get().masterPriority();
    }

    @Override
    public List<String> getFaults() {
        return status.get().faults().stream().map(Enum::name).sorted().toList();
    }

    @Override
    public long getAdvertisementsSent() {
        return statistics().advertisementsSent();
    }

    @Override
    public long getAdvertisementsReceived() {
        return statistics().advertisementsReceived();
    }

    @Override
    public long getBecameMaster() {
        return statistics().becameMaster();
    }

    @Override
    public long getReleasesSent() {
        return statistics().releasesSent();
    }

    @Override
    public long getReleasesReceived() {
        return statistics().releasesReceived();
    }

    @Override
    public long getAnnouncements() {
        return statistics().announcements();
    }

    @Override
    public long getSendFailures() {
        return statistics().sendFailures();
    }

    @Override
    public long getStalls() {
        return statistics().stalls();
    }

    @Override
    public Map<String, Long> getRejections() {
        Map<String, Long> byName = new TreeMap<>();
        statistics().rejections().forEach((reason, count) -> byName.put(reason.name(), count));
        return byName;
    }
}
