package org.vrrp4j.management;

import java.util.List;
import java.util.function.Supplier;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.ReloadStatus;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.SendingAhead;

/** Asks for the status with each attribute. */
record NodeBean(Supplier<NodeStatus> status) implements NodeMXBean {
    @Override
    public boolean isMaster() {
        return status.get().isMaster();
    }

    @Override
    public List<String> getRouters() {
        return status.get().routers().stream().map(RouterStatus::name).toList();
    }

    @Override
    public String getLastReload() {
        return status.get().lastReload().map(last -> last.time().toString()).orElse("");
    }

    @Override
    public boolean isLastReloadDone() {
        return status.get().lastReload().map(ReloadStatus::done).orElse(false);
    }

    @Override
    public String getLastReloadText() {
        return status.get().lastReload().map(ReloadStatus::text).orElse("");
    }

    @Override
    public long getPauseGraceMillis() {
        SendingAhead ahead = status.get().sendingAhead();
        return ahead.isActive() ? ahead.grace().toMillis() : 0;
    }

    @Override
    public String getPauseGraceUnavailability() {
        return status.get().sendingAhead().unavailability().orElse("");
    }
}
