package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TrackerBackend;

/** Numbers in files, each read when {@link FileChanges} tells of it. */
final class FileNumbers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileNumbers.class);
    private static final int MAX_NUMBER_BYTES = 32;

    private final FileChanges changes;

    /** Tells a number if it is another one. */
    private static final class Followed {
        private final Path file;
        private final IntConsumer listener;
        private OptionalInt told = OptionalInt.empty();

        Followed(Path file, IntConsumer listener) {
            this.file = file;
            this.listener = listener;
        }

        void read() {
            int number = numberIn(file);
            if (told.isEmpty() || told.getAsInt() != number) {
                told = OptionalInt.of(number);
                listener.accept(number);
            }
        }
    }

    private FileNumbers(FileChanges changes) {
        this.changes = changes;
    }

    static FileNumbers open(EventLoop loop) throws IOException {
        return new FileNumbers(FileChanges.open(loop));
    }

    /**
     * Follows a file.
     *
     * @throws IOException if its file system tells no changes, or it is to be written and cannot
     */
    TrackerBackend.Watch watch(FileTracker tracker, IntConsumer value) throws IOException {
        Path file = Path.of(tracker.path());
        try {
            FileChanges.check(file);
        } catch (IOException e) {
            throw new IOException(tracker + ": " + e.getMessage(), e);
        }
        if (tracker.initial().isPresent() && (tracker.overwrite() || !Files.exists(file))) {
            Files.writeString(file, tracker.initial().getAsInt() + "\n");
        }
        return changes.watch(file, new Followed(file, value)::read);
    }

    /** What is no number counts as 0, as with keepalived; a number may be followed by anything after a blank. */
    static int numberIn(Path file) {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_NUMBER_BYTES), StandardCharsets.UTF_8).strip();
            String first = text.split("\\s", 2)[0];
            return first.isEmpty() ? 0 : Integer.parseInt(first);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} holds no number and counts as 0: {}", file, e.getMessage());
            return 0;
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
