package org.vrrp4j.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How mails are sent: by SMTP (RFC 5321), without authentication and encryption, as keepalived does.
 *
 * @param recipients to whom, at least one
 * @param sender from whom; empty for the user and host that the node runs on
 * @param server the name or address of the mail server
 * @param port its port
 * @param heloName what the node calls itself to the server; empty for the host's name
 * @param connectTimeout how long a connection may take, positive
 * @param faults whether mails tell of FAULT too; keepalived's {@code no_email_faults} says no
 */
public record MailSettings(
        List<String> recipients,
        Optional<String> sender,
        String server,
        int port,
        Optional<String> heloName,
        Duration connectTimeout,
        boolean faults) {

    /** The port of SMTP. */
    public static final int DEFAULT_PORT = 25;

    /** How long a connection may take, unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is no recipient, or a number is out of range
     */
    public MailSettings {
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(heloName, "heloName");
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("mails need at least one recipient");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535: port=" + port);
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout must be positive: connectTimeout=" + connectTimeout);
        }
    }
}
