package org.vrrp4j.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A program that is run.
 *
 * @param words the program, by its path or by a name to look up in PATH, and its parameters; never empty
 * @param user whom it runs as, {@code USER} or {@code USER:GROUP}; empty for whom the node runs as
 * @param allGroups whether it has the supplementary groups of that user too; keepalived's
 *     {@code set_supplementary_groups}
 */
public record Command(List<String> words, Optional<String> user, boolean allGroups) {

    /**
     * One that has the group of its user only.
     *
     * @throws IllegalArgumentException if there is no program
     */
    public Command(List<String> words, Optional<String> user) {
        this(words, user, false);
    }

    /**
     * Checks that there is a program.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Command {
        words = List.copyOf(words);
        Objects.requireNonNull(user, "user");
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command needs a program: words=" + words);
        }
    }

    /** The same for this user, unless it has one. */
    public Command orAs(Optional<String> other) {
        return new Command(words, user.or(() -> other), allGroups);
    }

    /** The same with other words. */
    public Command with(List<String> otherWords) {
        return new Command(otherWords, user, allGroups);
    }

    /** The words with blanks between them, and the user. */
    @Override
    public String toString() {
        return String.join(" ", words) + user.map(name -> " (as " + name + ")").orElse("");
    }
}
