package org.vrrp4j.examples.watch;

import java.io.IOException;

/** A file is not what it claims to be, from here on. The message says where and what to do, and not which file. */
public final class CaptureFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureFormatException(String message) {
        super(message);
    }
}
