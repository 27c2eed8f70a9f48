package org.vrrp4j.linux.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.doctor.Finding.Topic;

/** Whether advertisements go on while the JVM is paused. */
final class PauseCheck {
    private final PauseGrace grace;
    private final Optional<String> noQueues;
    private final Consumer<Finding> out;

    /** @param noQueues why the kernel sends nothing by itself; empty if it does */
    PauseCheck(PauseGrace grace, Optional<String> noQueues, Consumer<Finding> out) {
        this.grace = grace;
        this.noQueues = noQueues;
        this.out = out;
    }

    void check(List<RouterConfig> routers) {
        boolean matters = routers.isEmpty() || routers.stream().anyMatch(grace::covers);
        if (noQueues.isPresent() && matters) {
            out.accept(Finding.hint(
                    Topic.KERNEL,
                    "",
                    "no io_uring: advertisements stop while the JVM is paused, which matters with intervals of "
                            + grace.duration().toMillis() + " ms and less",
                    noQueues.get()));
        } else if (noQueues.isEmpty() && grace.excess(routers).isPresent()) {
            out.accept(Finding.hint(
                    Topic.KERNEL,
                    "",
                    "advertisements stop while the JVM is paused, as there are too many to be sent ahead",
                    grace.excess(routers).get()));
        } else if (noQueues.isEmpty()) {
            out.accept(Finding.ok(Topic.KERNEL, "", "io_uring: advertisements can go on while the JVM is paused"));
        }
    }
}
