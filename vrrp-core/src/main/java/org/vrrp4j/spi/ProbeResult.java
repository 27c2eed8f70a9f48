package org.vrrp4j.spi;

import java.util.Objects;

/**
 * What came of one run of a {@link Probe}.
 *
 * @param passed whether all is well
 * @param detail what is not, or more about it, for log lines; may be empty
 */
public record ProbeResult(boolean passed, String detail) {
    /** All is well. */
    public static final ProbeResult PASSED = new ProbeResult(true, "");

    /** Checks that nothing is missing. */
    public ProbeResult {
        Objects.requireNonNull(detail, "detail");
    }

    /** Something is not well. */
    public static ProbeResult failed(String detail) {
        return new ProbeResult(false, detail);
    }
}
