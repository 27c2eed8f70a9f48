package org.vrrp4j.model;

import java.nio.charset.StandardCharsets;

/**
 * The authentication of a VRRPv2 advertisement: type and data as they are in the packet. RFC 3768 knows only
 * {@link #NONE}; the simple password of RFC 2338, which keepalived calls PASS, travels in clear and guards against
 * mistakes only, not against anybody who listens.
 *
 * @param type the Auth Type field: 0 none, 1 simple text password
 * @param data the Authentication Data field, its first byte being the most significant
 */
public record Authentication(int type, long data) {
    /** No authentication: type 0, data zero. */
    public static final Authentication NONE = new Authentication(0, 0);

    /** The Auth Type of a simple text password. */
    public static final int SIMPLE_PASSWORD = 1;

    /** The longest password in bytes. */
    public static final int MAX_PASSWORD_BYTES = 8;

    /**
     * A simple text password (RFC 2338, 5.3.10), filled with zero bytes.
     *
     * @throws IllegalArgumentException if the password is empty or longer than 8 bytes in UTF-8
     */
    public static Authentication simplePassword(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException("password must have 1 to 8 bytes: length=" + bytes.length);
        }
        return simplePassword(bytes);
    }

    /**
     * A simple text password of which the first 8 bytes count, as in keepalived; filled with zero bytes.
     *
     * @throws IllegalArgumentException if the password is empty
     */
    public static Authentication simplePassword(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("password must have at least 1 byte: length=0");
        }
        long data = 0;
        for (int i = 0; i < MAX_PASSWORD_BYTES; i++) {
            data = data << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
        }
        return new Authentication(SIMPLE_PASSWORD, data);
    }

    /** The type in words; the data is a secret and not shown. */
    @Override
    public String toString() {
        return switch (type) {
            case 0 -> "none";
            case SIMPLE_PASSWORD -> "simple password";
            default -> "type " + type;
        };
    }
}
