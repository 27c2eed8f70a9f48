package org.vrrp4j.model;

/**
 * Something that routers track, at one moment.
 *
 * @param tracker its kind and name, such as {@code script chk_web}
 * @param state how it is
 * @param number how many processes run, or what the file says; 0 for other kinds
 * @param detail more about the state, such as why the last run failed; may be empty
 */
public record TrackerStatus(String tracker, TrackerState state, int number, String detail) {

    /** In words, such as {@code script chk_web is down (exit status 1)}. */
    public String text() {
        return tracker + " is " + state.text() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
