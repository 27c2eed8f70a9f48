package org.vrrp4j.examples.mail;

import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.VrrpListener;
import org.vrrp4j.config.MailSettings;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;

/**
 * Sends a mail for each change of role of a router or group. Mails are sent in order by a thread of its own, so nobody
 * waits for the server; one that is not taken is tried again after a second, two, four and so on up to a minute, for an
 * hour, unless the server has refused it for good (5yz, RFC 5321). When 1000 wait, further ones are dropped and counted
 * in the log.
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> only {@link #close()}, for 5 s at most. <b>Failure:</b> is logged.
 */
public final class MailAlerts implements VrrpListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailAlerts.class);
    private static final int MAX_WAITING = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration GIVE_UP = Duration.ofHours(1);
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final String node;
    private final MailSettings settings;
    private final MailSubjects subjects;
    private final Session session;
    private final BlockingQueue<Mail> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread sender = new Thread(this::sendAll, "vrrp-mail");
    private volatile boolean closing;
    private final AtomicLong dropped = new AtomicLong();

    private record Mail(String subject, String text, Date date, long begunNanos) {}

    /**
     * Begins to listen.
     *
     * @param node what the mails call this node
     * @param subjects whom mails are sent about
     */
    public MailAlerts(String node, MailSettings settings, MailSecurity security, MailSubjects subjects) {
        this(node, settings, security, subjects, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** With other certificates to trust than those of the JVM. */
    MailAlerts(
            String node,
            MailSettings settings,
            MailSecurity security,
            MailSubjects subjects,
            SSLSocketFactory sockets) {
        this.node = node;
        this.settings = settings;
        this.subjects = subjects;
        this.session = session(settings, security, sockets);
        sender.setDaemon(true);
        sender.start();
    }

    private static Session session(MailSettings settings, MailSecurity security, SSLSocketFactory sockets) {
        String millis = Long.toString(settings.connectTimeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", settings.server());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.localhost", settings.heloName().orElseGet(MailAlerts::hostName));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security.startTls()));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security.startTls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.auth", Boolean.toString(!security.user().isEmpty()));
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(security.user(), security.password());
            }
        });
    }

    @Override
    public void onRoleChange(RoleChange change) {
        if (!subjects.routers().contains(change.name()) || isUnwanted(change.to())) {
            return;
        }
        String text = change.name() + " (" + change.router() + ") on " + node + ": " + change.from() + " -> "
                + change.to() + ": " + change.cause().text()
                + (change.detail().isEmpty() ? "" : ": " + change.detail())
                + change.master()
                        .map(master -> "\nThe master is " + master.getHostAddress() + ".")
                        .orElse("");
        queue(change.name() + " is " + change.to(), text, change.time());
    }

    @Override
    public void onGroupChange(GroupChange change) {
        if (subjects.groups().contains(change.group()) && !isUnwanted(change.to())) {
            String name = "group " + change.group();
            queue(
                    name + " is " + change.to(),
                    name + " on " + node + ": " + change.from() + " -> " + change.to(),
                    change.time());
        }
    }

    private boolean isUnwanted(Role role) {
        return role == Role.FAULT && !settings.faults();
    }

    private void queue(String what, String text, Instant time) {
        String subject = "[" + node + "] " + what;
        Mail mail = new Mail(subject, text + "\n\n" + time + "\n", Date.from(time), System.nanoTime());
        if (!waiting.offer(mail)) {
            long count = dropped.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                LOG.error("{} mails wait already; {} dropped so far: {}", MAX_WAITING, count, subject);
            }
        }
    }

    private void sendAll() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Mail mail = waiting.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (mail != null && !deliver(mail) && closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.error("the mail server is too slow for the last mails");
        } finally {
            if (!waiting.isEmpty()) {
                LOG.error("mails not sent at the end: {}", waiting.size());
            }
        }
    }

    /** Whether the next one may be tried. */
    private boolean deliver(Mail mail) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                send(mail);
                return true;
            } catch (MessagingException | RuntimeException e) {
                if (Refusal.isPermanent(e)) {
                    LOG.error("mail refused for good: {}: {}", mail.subject(), reason(e));
                    return true;
                }
                if (closing || System.nanoTime() - mail.begunNanos() > GIVE_UP.toNanos()) {
                    LOG.error("mail not sent, given up: {}: {}", mail.subject(), reason(e));
                    return false;
                }
                LOG.warn("mail not sent, next try in {} s: {}: {}", pause.toSeconds(), mail.subject(), reason(e));
                sleepUnlessClosing(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void sleepUnlessClosing(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!closing && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static String reason(Exception failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String inner = last == failure ? "" : " (" + last + ")";
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("") + inner;
    }

    private void send(Mail mail) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(
                settings.sender().orElseGet(() -> System.getProperty("user.name") + "@" + hostName())));
        for (String recipient : settings.recipients()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(mail.subject(), "UTF-8");
        message.setText(mail.text(), "UTF-8");
        message.setSentDate(mail.date());
        try {
            Transport.send(message);
        } catch (SendFailedException e) {
            Address[] sent = e.getValidSentAddresses();
            if (sent == null || sent.length == 0) {
                throw e;
            }
            // the others have it and would have it twice
            LOG.error("mail only sent to {}: {}: {}", List.of(sent), mail.subject(), reason(e));
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Sends what waits, within 5 seconds, and gives up at the first that is not taken. */
    @Override
    public void close() {
        closing = true;
        try {
            sender.join(LAST_MOMENTS.toMillis());
            sender.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
