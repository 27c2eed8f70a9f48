package org.vrrp4j.model;

/** How it ended that two masters advertised, or two hosts claimed an address, at once. */
public enum ConflictOutcome {
    /** The other one is not heard any more: it yielded, which is done without a word, or is gone. */
    RIVAL_SILENT("the other one fell silent"),
    /** The other one gave up with an advertisement of priority 0. */
    RIVAL_GAVE_UP("the other one gave up"),
    /** This router yielded to a better one. */
    YIELDED("this router yielded"),
    /** This router left the MASTER role for another reason. */
    LEFT("this router left the MASTER role"),
    /** The address in conflict is no longer one of this router's. */
    NOT_OURS("the address is not this router's any more");

    private final String text;

    ConflictOutcome(String text) {
        this.text = text;
    }

    /** The outcome in words: a clause in lower case without a full stop. */
    public String text() {
        return text;
    }
}
