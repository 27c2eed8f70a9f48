package org.vrrp4j.keepalived;

import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracker;

/** The block of a track_file. */
final class FileKeywords {
    static final KeywordTable<FileDraft> TABLE = new KeywordTable<FileDraft>("track_file")
            .line("file", Values.text("PATH", "/tmp/switch"), (draft, path) -> draft.path = Optional.of(path))
            .line("weight", Values.weight(TrackWeight.MAX), (draft, weight) -> draft.weight = weight)
            .line("init_file", FileKeywords::onInitial);

    private FileKeywords() {}

    /** What the block says. */
    static final class FileDraft extends TrackerDraft {
        private Optional<String> path = Optional.empty();
        private OptionalInt initial = OptionalInt.empty();
        private boolean overwrite;

        FileDraft(String name, Position position) {
            super(name, position);
            weight = new TrackWeight(1, false);
        }

        @Override
        Optional<Tracker> build(GlobalDraft globals, Reading reading) {
            missing(reading, "track_file", "file");
            return path.map(file -> new FileTracker(name, file, initial, overwrite));
        }
    }

    private static void onInitial(FileDraft draft, Statement line) {
        draft.initial = OptionalInt.of(0);
        for (String word : line.values()) {
            Optional<Long> number = Numbers.number(word, -TrackWeight.MAX, TrackWeight.MAX);
            if (word.equals("overwrite")) {
                draft.overwrite = true;
            } else if (number.isPresent()) {
                draft.initial = OptionalInt.of(number.get().intValue());
            } else {
                line.error("init_file takes a number from -" + TrackWeight.MAX + " to " + TrackWeight.MAX
                        + " and overwrite: " + Found.quote(word));
            }
        }
    }
}
