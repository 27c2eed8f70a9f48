package org.vrrp4j.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A program that is run.
 *
 * @param words the program, by its path or by a name to look up in PATH, and its parameters; never empty
 * @param user whom it runs as, {@code USER} or {@code USER:GROUP}; empty for whom the node runs as
 */
public record Command(List<String> words, Optional<String> user) {

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

    /** The words with blanks between them, and the user. */
    @Override
    public String toString() {
        return String.join(" ", words) + user.map(name -> " (as " + name + ")").orElse("");
    }
}
