package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.model.VrrpVersion;

/** What global_defs says: the node's name, and defaults for the instances. */
final class GlobalDraft extends Draft {
    final GarpSettings garp = new GarpSettings();
    final ReportKeywords.ReportDraft reports = new ReportKeywords.ReportDraft();
    Optional<String> scriptUser = Optional.empty();
    boolean notifyPriorityChanges;
    Optional<String> routerId = Optional.empty();
    Optional<VrrpVersion> version = Optional.empty();
    int downTimerAdverts = 3;
    Duration startupDelay = Duration.ZERO;
    Duration delayAfterBoot = Duration.ZERO;
    boolean checksumAsV2;
    boolean dynamicInterfaces;
    Optional<String> virtualMacPrefix = Optional.empty();
    boolean skipAddressCheck;
    boolean strict;

    GlobalDraft(Position position) {
        super(position);
    }
}
