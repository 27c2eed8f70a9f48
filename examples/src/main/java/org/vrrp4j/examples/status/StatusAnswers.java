package org.vrrp4j.examples.status;

import java.time.Instant;
import java.util.function.Function;
import org.vrrp4j.VrrpNode;

/** The answers of a running node. */
public record StatusAnswers(VrrpNode node) implements Function<String, String> {
    /** The request for the JSON. */
    public static final String JSON = "json";

    /** The request for the table. */
    public static final String TABLE = "table";

    @Override
    public String apply(String request) {
        return switch (request) {
            case JSON -> KeepalivedJson.text(node.status(), node::config);
            case TABLE -> StatusTable.text(node.status(), Instant.now()).stripTrailing();
            default -> "error: a request is json or table";
        };
    }
}
