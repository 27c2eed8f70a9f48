package org.vrrp4j.examples.cli;

import java.util.Optional;
import org.vrrp4j.VrrpListener;
import org.vrrp4j.examples.mail.MailAlerts;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;

/** The mails of the configuration of now: another one has other recipients, or none. Safe for several threads. */
final class CurrentMails implements VrrpListener, AutoCloseable {
    private volatile Optional<MailAlerts> current;

    CurrentMails(Optional<MailAlerts> first) {
        this.current = first;
    }

    /** From now on these; what was to be mailed by those before is, within their time. */
    void use(Optional<MailAlerts> next) {
        Optional<MailAlerts> before = current;
        current = next;
        before.ifPresent(MailAlerts::close);
    }

    @Override
    public void onRoleChange(RoleChange change) {
        current.ifPresent(mails -> mails.onRoleChange(change));
    }

    @Override
    public void onGroupChange(GroupChange change) {
        current.ifPresent(mails -> mails.onGroupChange(change));
    }

    @Override
    public void onEvent(VrrpEvent event) {
        current.ifPresent(mails -> mails.onEvent(event));
    }

    @Override
    public void close() {
        current.ifPresent(MailAlerts::close);
    }
}
