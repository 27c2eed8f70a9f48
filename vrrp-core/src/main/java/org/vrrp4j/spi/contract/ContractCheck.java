package org.vrrp4j.spi.contract;

import java.io.IOException;
import java.util.function.Supplier;

/** One thing that every backend must do. */
public final class ContractCheck {
    private final String sentence;
    private final Supplier<BackendWorld> worlds;
    private final Body body;

    /** What is done and looked at. */
    interface Body {
        void run(BackendTrial trial) throws IOException;
    }

    ContractCheck(String sentence, Supplier<BackendWorld> worlds, Body body) {
        this.sentence = sentence;
        this.worlds = worlds;
        this.body = body;
    }

    /** What must be so. */
    public String sentence() {
        return sentence;
    }

    /**
     * Looks whether it is so, in a new world.
     *
     * @throws AssertionError if not
     * @throws IOException if the world fails
     */
    public void run() throws IOException {
        try (BackendWorld world = worlds.get();
                BackendTrial trial = new BackendTrial(world)) {
            body.run(trial);
        }
    }

    @Override
    public String toString() {
        return sentence;
    }
}
