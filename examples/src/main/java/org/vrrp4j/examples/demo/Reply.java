package org.vrrp4j.examples.demo;

import java.time.Instant;
import java.util.Optional;

/**
 * How one request of the client ended.
 *
 * @param time when the answer came; when the request was made, if it was lost
 * @param host who answered; empty if the request was lost
 */
record Reply(Instant time, Optional<String> host) {

    static Reply answer(Instant time, String host) {
        return new Reply(time, Optional.of(host));
    }

    static Reply lost(Instant time) {
        return new Reply(time, Optional.empty());
    }

    boolean isAnswer() {
        return host.isPresent();
    }
}
