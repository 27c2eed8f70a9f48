package org.vrrp4j.examples.demo;

import java.time.Duration;

/** What is done to a host, and how long the protocol may leave the address unanswered for it. */
enum Happening {
    /** Nothing at all: what the client notices then is what this machine makes of it. */
    NOTHING("", "nothing, for comparison", "nothing happens"),
    /** Its VRRP process dies without a word. */
    KILL("kill -9", "killed with SIGKILL", "3 intervals + skew"),
    /** Its VRRP process is started again. */
    RETURN("start", "started again", "preempts a master at work"),
    /** Its VRRP process is asked to end. */
    HAND_OVER("SIGTERM", "asked to stop with SIGTERM", "skew"),
    /** Its cable is pulled. */
    CUT("unplug", "unplugged", "3 intervals + skew"),
    /** Its cable is plugged in again. */
    HEAL("plug", "plugged in again", "preempts a master at work");

    private final String label;
    private final String news;
    private final String reason;

    Happening(String label, String news, String reason) {
        this.label = label;
        this.news = news;
        this.reason = reason;
    }

    /** One or two words, for a picture. */
    String label() {
        return label;
    }

    /** What has happened, to be said of a host. */
    String news() {
        return news;
    }

    /** What the limit is made of. */
    String reason() {
        return reason;
    }

    /** Whether the host leaves its work. */
    boolean isLoss() {
        return this == KILL || this == HAND_OVER || this == CUT;
    }

    /** The longest time without a master that the protocol allows, counted from the last advertisement. */
    Duration limit(Settings settings) {
        return switch (this) {
            case KILL, CUT -> settings.masterDown();
            case HAND_OVER -> settings.skew();
            case NOTHING, RETURN, HEAL -> Duration.ZERO;
            default -> throw new IllegalStateException("no limit known for " + this);
        };
    }
}
