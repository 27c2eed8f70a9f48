package org.vrrp4j.examples.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.MessageHandlerFactory;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.helper.SimpleMessageListenerAdapter;
import org.subethamail.smtp.server.SMTPServer;
import org.vrrp4j.config.MailSettings;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.GroupChange;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;

class MailAlertsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final MailSubjects ALL = new MailSubjects(Set.of("VI_1"), Set.of("G"));

    /** Takes mails, unless it is told to refuse the first ones. */
    private static final class Mailbox implements SimpleMessageListener {
        private final List<String> mails = new CopyOnWriteArrayList<>();
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public boolean accept(String from, String recipient) {
            return !recipient.startsWith("nobody") && refusals.getAndDecrement() <= 0;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) throws IOException {
            mails.add(from + " to " + recipient + "\n" + new String(data.readAllBytes(), StandardCharsets.UTF_8));
        }

        SMTPServer serve(int port) {
            SMTPServer server = SMTPServer.port(port)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .messageHandlerFactory(new SimpleMessageListenerAdapter(this))
                    .build();
            server.start();
            return server;
        }
    }

    private static MailSettings settings(int port) {
        return settings(port, "ops@example.org", "night@example.org");
    }

    private static MailSettings settings(int port, String... recipients) {
        return new MailSettings(
                List.of(recipients),
                Optional.of("lb@example.org"),
                InetAddress.getLoopbackAddress().getHostAddress(),
                port,
                Optional.of("lb1.example.org"),
                Duration.ofSeconds(5),
                true);
    }

    private static RoleChange change(String router, Role to) {
        return new RoleChange(
                new RouterId("eth0", 51, IpFamily.IPV4),
                router,
                Role.BACKUP,
                to,
                Cause.MASTER_DOWN,
                "",
                Instant.parse("2024-01-01T00:00:00Z"),
                Optional.empty(),
                100,
                7);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aMailGoesToEachRecipientAndSaysWhatHasHappened() {
        Mailbox mailbox = new Mailbox();
        SMTPServer server = mailbox.serve(0);
        try (MailAlerts alerts = new MailAlerts("lb1", settings(server.getPortAllocated()), MailSecurity.NONE, ALL)) {
            alerts.onRoleChange(change("VI_1", Role.MASTER));
            alerts.onRoleChange(change("VI_2", Role.MASTER));
            await().atMost(LONG).until(() -> mailbox.mails.size() == 2);
        } finally {
            server.stop();
        }

        assertThat(mailbox.mails)
                .allSatisfy(mail ->
                        assertThat(mail).contains("Subject: [lb1] VI_1 is MASTER", "BACKUP -> MASTER: heard no master"))
                .anyMatch(mail -> mail.startsWith("lb@example.org to ops@example.org"))
                .anyMatch(mail -> mail.startsWith("lb@example.org to night@example.org"));
    }

    @Test
    void mailsAreTriedAgainInOrderUntilTheServerIsThere() throws IOException {
        int port = freePort();
        Mailbox mailbox = new Mailbox();
        mailbox.refusals.set(1);
        try (MailAlerts alerts = new MailAlerts("lb1", settings(port), MailSecurity.NONE, ALL)) {
            alerts.onRoleChange(change("VI_1", Role.MASTER));
            alerts.onRoleChange(change("VI_1", Role.BACKUP));
            SMTPServer server = mailbox.serve(port);
            try {
                await().atMost(LONG)
                        .until(() -> mailbox.mails.stream()
                                        .filter(mail -> mail.contains("is BACKUP"))
                                        .count()
                                == 2);
            } finally {
                server.stop();
            }
        }

        assertThat(mailbox.mails.get(0)).contains("is MASTER");
    }

    @Test
    void aGroupIsToldOfAndWhoeverNobodyAskedForIsNot() {
        Mailbox mailbox = new Mailbox();
        SMTPServer server = mailbox.serve(0);
        try (MailAlerts alerts =
                new MailAlerts("lb1", settings(server.getPortAllocated(), "ops@example.org"), MailSecurity.NONE, ALL)) {
            alerts.onRoleChange(change("VI_2", Role.MASTER));
            alerts.onGroupChange(change("H", Role.BACKUP, Role.MASTER));
            alerts.onGroupChange(change("G", Role.BACKUP, Role.MASTER));
            await().atMost(LONG).until(() -> !mailbox.mails.isEmpty());
        } finally {
            server.stop();
        }

        assertThat(mailbox.mails)
                .singleElement()
                .asString()
                .contains("Subject: [lb1] group G is MASTER", "group G on lb1: BACKUP -> MASTER");
    }

    @Test
    void faultsAreLeftOutIfAskedFor() {
        Mailbox mailbox = new Mailbox();
        SMTPServer server = mailbox.serve(0);
        MailSettings settings = settings(server.getPortAllocated(), "ops@example.org");
        MailSettings withoutFaults = new MailSettings(
                settings.recipients(),
                settings.sender(),
                settings.server(),
                settings.port(),
                settings.heloName(),
                settings.connectTimeout(),
                false);
        try (MailAlerts alerts = new MailAlerts("lb1", withoutFaults, MailSecurity.NONE, ALL)) {
            alerts.onRoleChange(change("VI_1", Role.FAULT));
            alerts.onGroupChange(change("G", Role.MASTER, Role.FAULT));
            alerts.onRoleChange(change("VI_1", Role.BACKUP));
            await().atMost(LONG).until(() -> !mailbox.mails.isEmpty());
        } finally {
            server.stop();
        }

        assertThat(mailbox.mails).singleElement().asString().contains("VI_1 is BACKUP");
    }

    private static GroupChange change(String group, Role from, Role to) {
        return new GroupChange(group, from, to, Instant.parse("2024-01-01T00:00:00Z"));
    }

    /** Gives these answers to the first recipients, and then takes what comes. */
    private static final class Refuser implements MessageHandlerFactory {
        private final Queue<Integer> answers;
        private final List<String> mails = new CopyOnWriteArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();

        Refuser(Integer... answers) {
            this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
        }

        @Override
        public MessageHandler create(MessageContext context) {
            return new MessageHandler() {
                @Override
                public void from(String from) {
                    // anybody may write
                }

                @Override
                public void recipient(String recipient) throws RejectException {
                    asked.incrementAndGet();
                    Integer answer = answers.poll();
                    if (answer != null) {
                        throw new RejectException(answer, "not now");
                    }
                }

                @Override
                public String data(InputStream data) throws IOException {
                    mails.add(new String(data.readAllBytes(), StandardCharsets.UTF_8));
                    return "taken";
                }

                @Override
                public void done() {
                    // nothing to clear up
                }
            };
        }

        /** Sends two mails, and returns the subjects of those that were taken. */
        List<String> subjectsOfTwo(int expected) {
            SMTPServer server = SMTPServer.port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .messageHandlerFactory(this)
                    .build();
            server.start();
            MailSettings settings = settings(server.getPortAllocated(), "ops@example.org");
            try (MailAlerts alerts = new MailAlerts("lb1", settings, MailSecurity.NONE, ALL)) {
                alerts.onRoleChange(change("VI_1", Role.MASTER));
                alerts.onRoleChange(change("VI_1", Role.BACKUP));
                await().atMost(LONG).until(() -> mails.size() >= expected);
            } finally {
                server.stop();
            }
            return mails.stream()
                    .map(mail -> mail.lines()
                            .filter(line -> line.startsWith("Subject: "))
                            .findFirst()
                            .orElseThrow())
                    .toList();
        }
    }

    @Test
    void aMailThatIsRefusedForGoodIsNotTriedAgain() {
        Refuser refuser = new Refuser(550);
        assertThat(refuser.subjectsOfTwo(1)).containsExactly("Subject: [lb1] VI_1 is BACKUP");
        assertThat(refuser.asked).hasValue(2);
    }

    @Test
    void aMailThatIsRefusedForNowIsTriedAgain() {
        Refuser refuser = new Refuser(450);
        assertThat(refuser.subjectsOfTwo(2))
                .containsExactly("Subject: [lb1] VI_1 is MASTER", "Subject: [lb1] VI_1 is BACKUP");
        assertThat(refuser.asked).hasValue(3);
    }

    @Test
    void aServerThatIsNotThereHoldsUpNobody() throws IOException {
        long begun = System.nanoTime();
        try (MailAlerts alerts = new MailAlerts("lb1", settings(freePort()), MailSecurity.NONE, ALL)) {
            for (int i = 0; i < 3000; i++) {
                alerts.onRoleChange(change("VI_1", Role.MASTER));
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
    }

    @Test
    void aRecipientThatIsRefusedKeepsTheMailFromNobodyElse() {
        Mailbox mailbox = new Mailbox();
        SMTPServer server = mailbox.serve(0);
        MailSettings settings = settings(server.getPortAllocated(), "nobody@example.org", "ops@example.org");
        try (MailAlerts alerts = new MailAlerts("lb1", settings, MailSecurity.NONE, ALL)) {
            alerts.onRoleChange(change("VI_1", Role.MASTER));
            alerts.onRoleChange(change("VI_1", Role.BACKUP));
            await().atMost(LONG).until(() -> mailbox.mails.size() == 2);
        } finally {
            server.stop();
        }

        assertThat(mailbox.mails.get(1)).contains("is BACKUP");
    }

    @Test
    void aLoginGoesThroughStartTlsToAServerThatIsTrusted(@TempDir Path directory) throws Exception {
        SSLContext context = certificate(directory);
        List<String> logins = new CopyOnWriteArrayList<>();
        Mailbox mailbox = new Mailbox();
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(new SimpleMessageListenerAdapter(mailbox))
                .startTlsSocketFactory(context)
                .requireTLS()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, client) -> {
                    logins.add(user + "/" + password);
                    if (!password.equals("secret")) {
                        throw new LoginFailedException();
                    }
                }))
                .requireAuth()
                .build();
        server.start();
        MailSettings settings = settings(server.getPortAllocated(), "ops@example.org");
        try {
            MailSecurity right = new MailSecurity(true, "lb1", "secret");
            try (MailAlerts trusting = new MailAlerts("lb1", settings, right, ALL, context.getSocketFactory())) {
                trusting.onRoleChange(change("VI_1", Role.MASTER));
                await().atMost(LONG).until(() -> mailbox.mails.size() == 1);
            }
            try (MailAlerts distrusting = new MailAlerts("lb1", settings, right, ALL)) {
                distrusting.onRoleChange(change("VI_1", Role.BACKUP));
            }
        } finally {
            server.stop();
        }

        assertThat(logins).containsExactly("lb1/secret");
        assertThat(mailbox.mails).hasSize(1);
    }

    /** A certificate that names the address of the server, and whoever trusts only that. */
    private static SSLContext certificate(Path directory) throws Exception {
        Path file = directory.resolve("keys");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mail",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @Test
    void withStartTlsRequiredNothingGoesToAServerWithoutIt() {
        Mailbox mailbox = new Mailbox();
        SMTPServer server = mailbox.serve(0);
        try (MailAlerts alerts =
                new MailAlerts("lb1", settings(server.getPortAllocated()), new MailSecurity(true, "u", "p"), ALL)) {
            alerts.onRoleChange(change("VI_1", Role.MASTER));
        } finally {
            server.stop();
        }

        assertThat(mailbox.mails).isEmpty();
    }

    @Test
    void aPasswordIsNeitherSentInTheClearNorShown() {
        assertThatThrownBy(() -> new MailSecurity(false, "user", "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(new MailSecurity(true, "user", "secret")).asString().doesNotContain("secret");
    }
}
