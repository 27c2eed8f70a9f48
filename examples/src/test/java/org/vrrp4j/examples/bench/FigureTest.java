package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.bench.Figure.Unit;

class FigureTest {
    private final Figure figure = new Figure("takeover", "beyond the limit", Unit.MILLISECONDS);

    private void add(Contender contender, double... samples) {
        for (double sample : samples) {
            figure.add(contender, sample);
        }
    }

    @Test
    void theMedianIsTheMiddleAndTheGreatestIsKept() {
        add(Contender.VRRP4J, 9, 1, 2);
        assertThat(figure.median(Contender.VRRP4J)).isEqualTo(2);
        assertThat(figure.max(Contender.VRRP4J)).isEqualTo(9);
        add(Contender.VRRP4J, 4);
        assertThat(figure.median(Contender.VRRP4J)).isEqualTo(3);
    }

    @Test
    void aQuantileIsASampleThatSoManyDoNotExceed() {
        for (int i = 1; i <= 1000; i++) {
            add(Contender.VRRP4J, i);
        }
        assertThat(figure.quantile(Contender.VRRP4J, 0.99)).isEqualTo(990);
        assertThat(figure.quantile(Contender.VRRP4J, 0.999)).isEqualTo(999);
    }

    @Test
    void aDistributionIsTheMiddleTheMostOfNineInTenAndTheGreatest() {
        for (int i = 1; i <= 20; i++) {
            add(Contender.VRRP4J, i);
        }
        assertThat(figure.distribution(Contender.VRRP4J))
                .isEqualTo("median 10.50 ms, 90 % 18.00 ms, max 20.00 ms, of 20");
    }

    @Test
    void theTableHasTheRatioOfTheMedians() {
        add(Contender.VRRP4J, 0.2, 0.3, 7);
        add(Contender.KEEPALIVED, 0.6, 0.6, 0.6);
        List<String> lines = new Table(Contender.of(true), List.of(figure)).lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).contains("0.30 ms, max 7", "| 0.60 ms ", "| 0.50 ");
    }

    @Test
    void whatOnlyOneContenderHasNeedsNoRatio() {
        add(Contender.VRRP4J, 125);
        assertThat(new Table(Contender.of(true), List.of(figure)).lines().get(2))
                .contains("| 125 ms", "| - ");
    }
}
