package org.vrrp4j.examples.status;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vrrp4j.VrrpNode;

/**
 * The answers of a running node.
 *
 * @param nextReload when its configuration is read again, if that is known
 */
public record StatusAnswers(VrrpNode node, Supplier<Optional<Instant>> nextReload) implements Function<String, String> {
    /** The request for the JSON. */
    public static final String JSON = "json";

    /** The request for the table. */
    public static final String TABLE = "table";

    @Override
    public String apply(String request) {
        return switch (request) {
            case JSON -> KeepalivedJson.text(node.status(), node::config, nextReload.get());
            case TABLE ->
                StatusTable.text(node.status(), nextReload.get(), Instant.now()).stripTrailing();
            default -> "error: a request is json or table";
        };
    }
}
