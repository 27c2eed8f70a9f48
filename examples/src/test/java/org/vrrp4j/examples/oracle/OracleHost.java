package org.vrrp4j.examples.oracle;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;

/** A host with the interfaces of the corpus, eth0 to eth3, and with keepalived. Without one the test is skipped. */
final class OracleHost implements AutoCloseable {
    private final Lab lab;
    private final LabHost host;

    private OracleHost(Lab lab) throws IOException {
        this.lab = lab;
        this.host = lab.addHost("oracle", "192.0.2.10/24", "2001:db8::10/64");
    }

    static OracleHost open() throws IOException {
        require("a network lab", Lab.unavailabilityCause());
        require("keepalived", KeepalivedPeer.unavailabilityCause());
        Lab lab = Lab.open();
        if (lab.isUserNamespace()) {
            lab.close();
            require("root", Optional.of("in a user namespace keepalived takes root's programs for somebody else's"));
        }
        OracleHost oracle = new OracleHost(lab);
        try {
            oracle.prepare();
            return oracle;
        } catch (IOException e) {
            oracle.close();
            throw e;
        }
    }

    private void prepare() throws IOException {
        for (int i = 1; i <= 3; i++) {
            host.addInterface(lab.addSwitch("lan" + i), "198.51.100." + (i * 10) + "/28");
        }
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

    LabHost host() {
        return host;
    }

    String run(Duration timeout, String... command) throws IOException {
        return host.run(timeout, command);
    }

    @Override
    public void close() throws IOException {
        lab.close();
    }
}
