package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void eachActHasALineWithOutageLimitAndLosses() {
        TestStory story = new TestStory()
                .answers("lb01", 0, 1000)
                .lost(1005, 1065)
                .answers("lb02", 1070, 2000)
                .lost(2005, 3000)
                .act(Happening.NOTHING, 500)
                .act(Happening.HAND_OVER, 1002)
                .act(Happening.RETURN, 2002);
        assertThat(ResultTable.lines(story.outages(), Settings.DEMO))
                .containsExactly(
                        "what happened                     client without answers   limit of the protocol"
                                + "              requests lost",
                        "-------------                     ----------------------   ---------------------"
                                + "              -------------",
                        "nothing, for comparison           0 ms                     0 ms (nothing happens)"
                                + "             0",
                        "lb01 asked to stop with SIGTERM   65 ms                    61 ms (skew)"
                                + "                       13",
                        "lb01 started again                no answers again         0 ms (preempts a master at work)"
                                + "   200");
    }
}
