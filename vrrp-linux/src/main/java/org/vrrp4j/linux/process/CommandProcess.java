package org.vrrp4j.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.vrrp4j.linux.libc.Libc;

/**
 * One run of a program, without a shell: in a session of its own, without input, without the {@code LD_} variables of
 * this process. What it writes is read on, and the beginning kept.
 *
 * <p><b>Thread:</b> one, but for {@link #askToEnd}. <b>Blocking:</b> {@link #await} and {@link #end}. <b>Failure:</b>
 * a program that cannot be started is an {@link IOException}; one that cannot become its user ends with exit status
 * 127. <b>Idempotence:</b> {@link #end} may be called twice.
 */
public final class CommandProcess {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final long LOOK_MILLIS = 20;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int KEPT_BYTES = 400;

    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private final byte[] buffer = new byte[8192];

    private CommandProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a program, in the network namespace of this thread.
     *
     * @param words the program, by its path or a name to look up, and its parameters
     * @param user whom it runs as; empty for whom this process runs as
     * @throws IOException if it cannot be started
     */
    public static CommandProcess start(List<String> words, Optional<UserAccount> user) throws IOException {
        Path program = Programs.find(words.get(0))
                .orElseThrow(() -> new IOException("there is no program " + words.get(0) + " that can be executed"));
        List<String> all = new ArrayList<>(List.of(Programs.ofSystem("setsid")));
        if (user.isPresent() && user.get().uid() != UserAccount.ownUid()) {
            all.addAll(user.get().prefix());
        }
        all.add(program.toString());
        all.addAll(words.subList(1, words.size()));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LD_"));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new CommandProcess(builder.start());
    }

    /** Its process number, which is that of its session too. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the end of the program; what it has left behind in the background is not waited for.
     *
     * @param enough asked every 20 ms: whether not to wait any longer
     * @return its exit status; empty if it was enough before
     */
    public OptionalInt await(BooleanSupplier enough) throws InterruptedException {
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            read();
            if (enough.getAsBoolean()) {
                return OptionalInt.empty();
            }
        }
        read();
        return OptionalInt.of(process.exitValue());
    }

    /** The first line that it has written, without control characters; empty if there is none. */
    public String firstLine() {
        return output.toString().strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
    }

    /** Asks it and its children to end (SIGTERM), and waits for nothing. On any thread. */
    public void askToEnd() {
        signalGroup(SIGTERM);
    }

    /** Ends it and its children: it is asked to (SIGTERM), and made to after two seconds (SIGKILL). */
    public void end() throws InterruptedException {
        List<ProcessHandle> left = new ArrayList<>(process.descendants().toList());
        left.add(process.toHandle());
        signal(left, SIGTERM);
        long begun = System.nanoTime();
        while (left.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.sleep(LOOK_MILLIS);
            if (System.nanoTime() - begun >= GRACE_NANOS) {
                process.descendants().filter(child -> !left.contains(child)).forEach(left::add);
                signal(left, SIGKILL);
                begun = System.nanoTime();
            }
        }
    }

    /** The group too, for those whose parent has ended; it has this number as long as one of it lives. */
    private void signal(List<ProcessHandle> left, int signal) {
        signalGroup(signal);
        left.forEach(signal == SIGKILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }

    private void signalGroup(int signal) {
        if (process.isAlive()) {
            Libc.kill((int) -process.pid(), signal);
        }
    }

    /** Never waits: what the program has left behind may keep the other end open. */
    private void read() {
        InputStream in = process.getInputStream();
        try {
            for (int available = in.available(); available > 0; available = in.available()) {
                int count = in.read(buffer, 0, Math.min(available, buffer.length));
                if (count <= 0) {
                    return;
                }
                int kept = Math.min(count, KEPT_BYTES - Math.min(KEPT_BYTES, output.length()));
                output.append(new String(buffer, 0, kept, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            output.append(e.getMessage());
        }
    }
}
