package org.vrrp4j.config;

/**
 * What becomes of a version 2 advertisement whose addresses are not those of this router (RFC 3768, 7.1). One of
 * priority 255 is accepted in any case, and so is every one of version 3 (RFC 9568, 7.1): then the difference is told
 * once per sender.
 */
public enum AddressListCheck {
    /** It is dropped, as the standard says and keepalived up to 2.3.2 does. */
    DROP,
    /**
     * It is dropped unless the master that is followed sends it: its addresses may change while it lives. What
     * keepalived makes of {@code skip_check_adv_addr}.
     */
    DROP_OF_NEW_MASTER,
    /** It counts, as in keepalived since 2.3.3. */
    REPORT
}
