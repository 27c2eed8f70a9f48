package org.vrrp4j.linux.doctor;

import java.util.List;
import org.vrrp4j.linux.doctor.Finding.Level;
import org.vrrp4j.linux.doctor.Finding.Topic;

/**
 * All that an examination found.
 *
 * @param findings in the order in which they were made
 */
public record Diagnosis(List<Finding> findings) {

    /** Makes the list unchangeable. */
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found that keeps VRRP from working; what could not be checked does not count. */
    public boolean works() {
        return count(Level.PROBLEM) == 0;
    }

    /** How many findings are of a level. */
    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** Whether there is a problem of a topic. */
    public boolean hasProblem(Topic topic) {
        return findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM && finding.topic() == topic);
    }
}
