package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches which host of a lab holds which address, from the kernel's own events, without polling.
 *
 * <p>One {@code ip monitor} reads the events of all hosts from one socket, so that their order is the kernel's, also
 * between hosts; the times are those of reading, within a millisecond on an idle machine and later on a busy one. What
 * is asked is answered from the events read so far; {@link #sync} reads all that have happened.
 *
 * <p>Addresses are given with prefix length, or without for any prefix length. May be used from any thread; listeners
 * run on the thread that reads the events and must not block. If events were lost, every question fails with
 * {@link IllegalStateException}; after closing, questions are answered from what was seen. Made by
 * {@link Lab#watchAddresses}.
 */
public final class AddressWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final Duration MARKER_RETRY = Duration.ofMillis(50);
    private static final String RECEIVE_BUFFER = Integer.toString(8 << 20);

    /** An address of the holder's own lo, where no host is: the events of adding and deleting it are no host's. */
    private static final String MARK = "ip addr add 127.0.0.77/32 dev lo && ip addr del 127.0.0.77/32 dev lo";

    private static final String HOLDERS_OWN = "current";

    private static final Pattern LINE = Pattern.compile("\\[(?<time>[^]]+)] *\\[nsid (?<nsid>\\w+)] *"
            + "(?<deleted>Deleted )?(?<index>\\d+): \\S+ +inet6? (?<address>[0-9a-f.:]+)"
            + "(?: peer [0-9a-f.:]+)?(?<prefix>/\\d+).*?(?:valid_lft (?<seconds>\\d+)sec.*)?");

    private final Lab lab;
    private final Holder holder;
    private final LabProcess monitor;
    private final AddressHistory history = new AddressHistory();
    private final List<Consumer<AddressEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Object marking = new Object();
    private final Instant start = Instant.now();
    private int marks;
    private String failure;
    private Instant end;

    private AddressWatch(Lab lab, Holder holder) throws IOException {
        this.lab = lab;
        this.holder = holder;
        List<String> command = List.of("ip", "-rcvbuf", RECEIVE_BUFFER, "-o", "-ts", "monitor", "address", "all-nsid");
        monitor = holder.enter("lab: watch addresses", command, Map.of("TZ", "UTC", "LC_ALL", "C"));
        monitor.onLine(this::onLine);
    }

    static AddressWatch start(Lab lab, Holder holder) throws IOException {
        AddressWatch watch = new AddressWatch(lab, holder);
        try {
            watch.sync();
            watch.readPresent();
            return watch;
        } catch (InterruptedException e) {
            watch.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting to watch addresses", e);
        } catch (IOException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** Under the lock, so that events since the monitor listens come on top of what is there. */
    private synchronized void readPresent() throws IOException {
        for (LabHost host : lab.hosts()) {
            for (String line : host.run("ip", "-o", "address", "show").split("\n")) {
                String prefix = "[" + LocalDateTime.now(ZoneOffset.UTC) + "] [nsid " + host.namespaceId() + "] ";
                Matcher matcher = LINE.matcher(prefix + line.strip());
                if (matcher.matches()) {
                    record(matcher);
                }
            }
        }
    }

    private void onLine(OutputLine line) {
        if (line.source() == OutputLine.Source.ERR) {
            LOG.debug("ip monitor: {}", line);
        }
        Optional<AddressEvent> event = Optional.empty();
        synchronized (this) {
            Matcher matcher = LINE.matcher(line.text());
            if (line.source() == OutputLine.Source.ERR) {
                // Other complaints are about names of namespaces being made, which no event depends on.
                failure = line.text().contains("No buffer space") ? "events were lost: " + line : failure;
            } else if (!matcher.matches()) {
                failure = "ip monitor wrote an unknown line: " + line;
            } else if (matcher.group("nsid").equals(HOLDERS_OWN)) {
                marks++;
            } else {
                event = Optional.of(record(matcher));
            }
            notifyAll();
        }
        event.ifPresent(told -> listeners.forEach(listener -> listener.accept(told)));
    }

    private AddressEvent record(Matcher line) {
        Instant time = LocalDateTime.parse(line.group("time")).toInstant(ZoneOffset.UTC);
        int namespaceId = Integer.parseInt(line.group("nsid"));
        String host = lab.hostName(namespaceId);
        int index = Integer.parseInt(line.group("index"));
        String address = line.group("address") + line.group("prefix");
        Optional<Duration> lifetime =
                Optional.ofNullable(line.group("seconds")).map(Long::parseLong).map(Duration::ofSeconds);
        return line.group("deleted") == null
                ? history.onPresent(time, host, index, address, lifetime)
                : history.onDeleted(time, host, index, address, lifetime);
    }

    /**
     * Waits until every event that happened before the call has been read and told to the listeners.
     *
     * @throws IOException if that takes longer than 10 s
     */
    public void sync() throws IOException, InterruptedException {
        synchronized (marking) {
            Deadline deadline = Deadline.in(PROMPTLY);
            while (!mark()) {
                if (deadline.isOver() || !monitor.isAlive()) {
                    throw new IOException("ip monitor tells nothing: " + monitor + monitor.errors());
                }
            }
        }
    }

    /** At the start the monitor may not be listening yet, and a mark is lost. */
    private boolean mark() throws IOException, InterruptedException {
        int before;
        synchronized (this) {
            before = marks;
        }
        holder.script("lab: mark", MARK);
        Deadline deadline = Deadline.in(MARKER_RETRY);
        synchronized (this) {
            while (marks < before + 2 && !deadline.isOver()) {
                deadline.await(this);
            }
            return marks >= before + 2;
        }
    }

    /** Tells every event from now on to a listener, on the thread that reads them. */
    public void onEvent(Consumer<AddressEvent> listener) {
        listeners.add(listener);
    }

    /** Everything seen, oldest first; what was there when the watch began comes as added then. */
    public synchronized List<AddressEvent> events() {
        check();
        return history.events();
    }

    /** The names of the hosts that hold an address. */
    public synchronized Set<String> holders(String address) {
        check();
        return history.holders(address);
    }

    /** Who held an address when, by time of addition. */
    public synchronized List<Holding> holdings(String address) {
        check();
        return history.holdings(address);
    }

    /** The times since the beginning of the watch in which two or more hosts held an address. */
    public synchronized List<TimeSpan> sharedSpans(String address) {
        check();
        return history.spans(address, start, end(), hosts -> hosts > 1);
    }

    /** The times since a given one in which no host held an address; the last may reach up to now. */
    public synchronized List<TimeSpan> absentSpans(String address, Instant from) {
        check();
        return history.spans(address, from, end(), hosts -> hosts == 0);
    }

    private Instant end() {
        return end == null ? Instant.now() : end;
    }

    /**
     * Waits until a host holds an address.
     *
     * @throws IOException if it does not in time
     */
    public Holding awaitHolder(LabHost host, String address, Duration timeout)
            throws IOException, InterruptedException {
        return await(
                address + " on " + host,
                timeout,
                () -> history.holdings(address).stream()
                        .filter(holding -> holding.host().equals(host.name())
                                && holding.until().isEmpty())
                        .findFirst());
    }

    /**
     * The first event that fits, among those seen and those to come.
     *
     * @throws IOException if none comes in time
     */
    public AddressEvent awaitEvent(Predicate<AddressEvent> wanted, Duration timeout)
            throws IOException, InterruptedException {
        return await(
                "the event",
                timeout,
                () -> history.events().stream().filter(wanted).findFirst());
    }

    private synchronized <T> T await(String what, Duration timeout, Supplier<Optional<T>> question)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        while (true) {
            check();
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (deadline.isOver()) {
                throw new IOException(
                        what + " did not come within " + timeout.toMillis() + " ms; seen: " + history.events());
            }
            deadline.await(this);
        }
    }

    private void check() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (end == null && !monitor.isAlive()) {
            throw new IllegalStateException("ip monitor has ended: " + monitor + " " + monitor.errors());
        }
    }

    /** Ends the watch. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            end = end();
        }
        monitor.close();
    }
}
