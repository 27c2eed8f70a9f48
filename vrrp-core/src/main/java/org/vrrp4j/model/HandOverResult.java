package org.vrrp4j.model;

/**
 * What became of the wish that a virtual router gives the MASTER role to a peer.
 *
 * @param router which virtual router
 * @param name its configured name
 * @param outcome what became of it
 */
public record HandOverResult(RouterId router, String name, Outcome outcome) {

    /** What can become of a hand-over. */
    public enum Outcome {
        /** The addresses are gone, and the peers were told to take over. */
        DONE("handed over"),
        /** The router was not MASTER: nothing was done. */
        NOT_MASTER("refused: this router is not the master"),
        /**
         * No other router was ever heard, so that nobody might take over: nothing was done. A backup never speaks, so
         * a master that has held the role since before its peers came hears none of them, however well they are: that
         * needs the forced form, {@code VrrpNode.forceHandOver}.
         */
        NO_PEER_HEARD("refused: no other router of this VRID has ever been heard; a backup never speaks, so if one is"
                + " there, use forceHandOver");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** The outcome in words: a clause in lower case without a full stop. */
        public String text() {
            return text;
        }
    }

    /** Whether it was handed over. */
    public boolean isDone() {
        return outcome == Outcome.DONE;
    }
}
