package org.vrrp4j.linux.lab;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.Optional;

/** Opens labs for tests: without a lab a test is skipped with the reason, and fails where CI=true. */
final class LiveTests {
    private LiveTests() {}

    static Lab openLab() throws IOException {
        require("a lab", Lab.unavailabilityCause());
        return Lab.open();
    }

    static void requireKeepalived() {
        require("keepalived", KeepalivedPeer.unavailabilityCause());
    }

    static void requireTcpdump() {
        require("tcpdump", SearchPath.find("tcpdump").isPresent() ? Optional.empty() : Optional.of("install tcpdump"));
    }

    /** Debian's tcpdump changes to another user, and a user namespace has none. */
    static void requireRoot(Lab lab) throws IOException {
        require("root", lab.isUserNamespace() ? Optional.of("the lab is in a user namespace") : Optional.empty());
    }

    private static void require(String what, Optional<String> missing) {
        if (missing.isPresent()) {
            String reason = "this test needs " + what + ": " + missing.get();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            System.out.println("SKIPPED: " + reason);
            abort(reason);
        }
    }
}
