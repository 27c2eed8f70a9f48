package org.vrrp4j.sim;

import java.util.List;

/**
 * Some lines of a scenario and what they do.
 *
 * @param number the number of the first one in the file, from 1
 * @param lines as they are in the file
 */
record ScenarioStep(int number, List<String> lines, ScenarioAction action) {}
