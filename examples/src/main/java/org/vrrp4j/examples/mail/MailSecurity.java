package org.vrrp4j.examples.mail;

import java.util.Objects;

/**
 * What a mail server wants to know beyond keepalived's settings.
 *
 * @param startTls whether mails are sent encrypted only, to a server whose certificate names it
 * @param user whom to log in as; empty for no login
 * @param password the password of that user
 */
public record MailSecurity(boolean startTls, String user, String password) {
    /** As keepalived: no encryption, no login. */
    public static final MailSecurity NONE = new MailSecurity(false, "", "");

    /**
     * Checks that no password goes out in the clear.
     *
     * @throws IllegalArgumentException if there is a login without encryption
     */
    public MailSecurity {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (!user.isEmpty() && !startTls) {
            throw new IllegalArgumentException("a login needs STARTTLS: the password would go out in the clear");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailSecurity[startTls=" + startTls + ", user=" + user + "]";
    }
}
