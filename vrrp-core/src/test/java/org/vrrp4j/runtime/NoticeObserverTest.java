package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notifier;

/** What scripts and pipes are told, in keepalived's words. */
class NoticeObserverTest {
    private static final NotifySettings DELETION = new NotifySettings(Map.of(), true, false, false);

    private final List<String> told = new ArrayList<>();
    private final Notifier notifier = new Notifier() {
        @Override
        public void tell(Notice notice) {
            told.add(notice.line());
        }

        @Override
        public void tellPipes(Notice notice) {}

        @Override
        public void use(NodeConfig config) {}

        @Override
        public void close() {}
    };
    private final RouterObserver nobody = new RouterObserver() {
        @Override
        public void onRoleChange(RoleChange change) {}

        @Override
        public void onEvent(VrrpEvent event) {}
    };

    private static RouterConfig router(NotifySettings notification) {
        return RouterConfig.builder("eth0", 51)
                .name("VI_1")
                .address(VirtualAddress.parse("192.0.2.100"))
                .notification(notification)
                .build();
    }

    private RouterObserver observer(NotifySettings notification) {
        return new NoticeObserver(router(notification), notifier, nobody);
    }

    private static RoleChange change(Role from, Role to) {
        RouterConfig router = router(NotifySettings.NONE);
        return new RoleChange(
                router.id(), router.name(), from, to, Cause.STARTUP, "", Instant.EPOCH, Optional.empty(), 100, 1);
    }

    private static VrrpEvent priority(int priority) {
        return new VrrpEvent.PriorityChanged(router(NotifySettings.NONE).id(), priority, 100);
    }

    @Test
    void aRouterThatEndsWithItsNodeStops() {
        RouterObserver observer = observer(DELETION);
        observer.onRoleChange(change(Role.INIT, Role.BACKUP));
        observer.onRoleChange(change(Role.BACKUP, Role.INIT));
        assertThat(told).containsExactly("INSTANCE \"VI_1\" BACKUP 100", "INSTANCE \"VI_1\" STOP 100");
    }

    @Test
    void aRouterThatIsRemovedIsDeletedIfItHasNotifyDeleted() {
        RouterObserver observer = observer(DELETION);
        observer.onRemoved();
        observer.onRoleChange(change(Role.MASTER, Role.INIT));
        assertThat(told).containsExactly("INSTANCE \"VI_1\" DELETED 100");
    }

    @Test
    void withoutNotifyDeletedItEndsInFault() {
        RouterObserver observer = observer(NotifySettings.NONE);
        observer.onRemoved();
        observer.onRoleChange(change(Role.MASTER, Role.INIT));
        assertThat(told).containsExactly("INSTANCE \"VI_1\" FAULT 100");
    }

    @Test
    void oneThatIsInFaultIsNotToldToBeThereAgain() {
        RouterObserver observer = observer(NotifySettings.NONE);
        observer.onRoleChange(change(Role.BACKUP, Role.FAULT));
        observer.onRemoved();
        observer.onRoleChange(change(Role.FAULT, Role.INIT));
        assertThat(told).containsExactly("INSTANCE \"VI_1\" FAULT 100");
    }

    @Test
    void whatTheConfigurationOfNowSaysCounts() {
        RouterObserver observer = observer(NotifySettings.NONE);
        observer.onConfigured(router(DELETION).toBuilder().name("web").build());
        observer.onRemoved();
        observer.onRoleChange(change(Role.MASTER, Role.INIT));
        assertThat(told).containsExactly("INSTANCE \"web\" DELETED 100");
    }

    @Test
    void anotherPriorityIsToldWithTheRole() {
        RouterObserver observer = observer(NotifySettings.NONE);
        observer.onEvent(priority(90));
        observer.onRoleChange(change(Role.INIT, Role.BACKUP));
        observer.onEvent(priority(80));
        observer.onRoleChange(change(Role.BACKUP, Role.MASTER));
        observer.onEvent(priority(120));
        observer.onRoleChange(change(Role.MASTER, Role.FAULT));
        observer.onEvent(priority(70));
        assertThat(told)
                .containsExactly(
                        "INSTANCE \"VI_1\" BACKUP 100",
                        "INSTANCE \"VI_1\" BACKUP_PRIORITY 80",
                        "INSTANCE \"VI_1\" MASTER 100",
                        "INSTANCE \"VI_1\" MASTER_PRIORITY 120",
                        "INSTANCE \"VI_1\" FAULT 100");
    }
}
