package org.vrrp4j.keepalived;

/**
 * What comes of a keyword.
 *
 * @param level whether it does what it does in keepalived
 * @param note why not, or what happens instead
 */
record Support(KeywordInfo.Level level, String note) {
    static final Support HONOURED = new Support(KeywordInfo.Level.HONOURED, "");

    /** What to say when it is met. */
    String message(String keyword) {
        return Found.quote(keyword) + " " + level.words() + ": " + note;
    }
}
