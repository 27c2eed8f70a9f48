package org.vrrp4j.sim;

/** What one line of a scenario does. */
@FunctionalInterface
interface ScenarioAction {
    /** Does nothing. */
    ScenarioAction NOTHING = run -> {};

    void perform(ScenarioRun run);
}
