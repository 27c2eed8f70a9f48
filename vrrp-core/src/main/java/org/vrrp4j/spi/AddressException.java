package org.vrrp4j.spi;

import java.io.IOException;
import org.vrrp4j.model.Fault;

/** An address backend could not do what it was asked for. */
public class AddressException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /**
     * With what the router is to do about it.
     *
     * @param fault {@link Fault#FOREIGN_ADDRESS} waits for the address to go, {@link Fault#ADDRESS_FAILED} tries again
     * @param message what failed and what would help
     * @param cause the failure, or null
     */
    public AddressException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What the router is to do about it. */
    public Fault fault() {
        return fault;
    }
}
