package org.vrrp4j.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.config.Command;
import org.vrrp4j.model.VrrpVersion;

/** What global_defs says: the node's name, and defaults for the instances. */
final class GlobalDraft extends Draft {
    final GarpSettings garp = new GarpSettings();
    final ReportKeywords.ReportDraft reports = new ReportKeywords.ReportDraft();
    final ProcessSettingKeywords.ProcessDraft process = new ProcessSettingKeywords.ProcessDraft();
    Optional<String> scriptUser = Optional.empty();
    boolean supplementaryGroups;
    boolean logsUnknownRouters;
    String defaultInterface = "eth0";
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

    /** A script as it is run: by its own user or that of all scripts. */
    Command script(Command given) {
        return new Command(given.words(), given.user().or(() -> scriptUser), supplementaryGroups);
    }
}
