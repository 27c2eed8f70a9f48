package org.vrrp4j.spi;

import java.io.IOException;

/** A provider cannot work because this process lacks a right; the message names it and how to grant it. */
public final class MissingPermissionException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With the refused operation, the missing right and the remedy. */
    public MissingPermissionException(String message, Throwable cause) {
        super(message, cause);
    }
}
