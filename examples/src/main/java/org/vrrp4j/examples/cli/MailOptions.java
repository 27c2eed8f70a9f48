package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.examples.mail.MailAlerts;
import org.vrrp4j.examples.mail.MailSecurity;
import org.vrrp4j.examples.mail.MailSubjects;
import picocli.CommandLine.Option;

/** How the mails of a keepalived.conf are sent, beyond what it can say. */
final class MailOptions {
    private static final Logger LOG = LoggerFactory.getLogger(MailOptions.class);

    @Option(names = "--smtp-starttls", description = "Sends mails encrypted only (STARTTLS).")
    private boolean startTls;

    @Option(names = "--smtp-user", paramLabel = "USER", description = "Logs in to the mail server; needs STARTTLS.")
    private String user;

    @Option(
            names = "--smtp-password-file",
            paramLabel = "FILE",
            description = "The password of that user is the first line of this file.")
    private Path passwordFile;

    /**
     * What sends the mails, if any are to be sent.
     *
     * @throws IOException if the password cannot be read, or the options do not fit
     */
    Optional<MailAlerts> open(NodeConfig config) throws IOException {
        MailSubjects subjects = MailSubjects.of(config);
        if (subjects.isEmpty()) {
            return Optional.empty();
        }
        if (config.notification().mail().isEmpty()) {
            LOG.warn("no mail is sent: smtp_alert needs smtp_server and notification_email");
            return Optional.empty();
        }
        return Optional.of(
                new MailAlerts(config.name(), config.notification().mail().get(), security(), subjects));
    }

    private MailSecurity security() throws IOException {
        if ((user == null) != (passwordFile == null)) {
            throw new IOException("--smtp-user and --smtp-password-file go together");
        }
        try {
            return user == null
                    ? new MailSecurity(startTls, "", "")
                    : new MailSecurity(
                            startTls,
                            user,
                            Files.readString(passwordFile).lines().findFirst().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("--smtp-user: " + e.getMessage(), e);
        }
    }
}
