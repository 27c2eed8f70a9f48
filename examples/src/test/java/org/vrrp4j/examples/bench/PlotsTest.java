package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PlotsTest {
    private final Session session = new Session(
            Contender.of(true),
            true,
            Duration.ofMinutes(1),
            new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
    private final Scenario scenario = new HandOver();

    private static Document parse(String svg) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void everySampleIsADot() throws Exception {
        Figure figure = session.figure(scenario, "took", Unit.MILLISECONDS);
        List.of(0.0, 0.3, 99_999.0).forEach(sample -> figure.add(Contender.VRRP4J, sample));
        figure.add(Contender.KEEPALIVED, 1);
        Document plot = parse(DistributionPlot.draw(session));
        assertThat(plot.getElementsByTagName("circle").getLength()).isEqualTo(4);
    }

    @Test
    void anOutageHasARedBar() throws Exception {
        session.add(new Outage(
                Contender.VRRP4J,
                "link cut",
                List.of(-4.0, -2.0, 360.0, 362.0),
                List.of(false, false, true, true),
                -2,
                360));
        assertThat(OutagePlot.draw(session)).contains("class=\"gap\"", "class=\"former\"", "class=\"successor\"");
        parse(OutagePlot.draw(session));
    }

    @Test
    void aLineGoesThroughEachNumberOfRouters() throws Exception {
        Scenario load = new Load(java.time.Duration.ofMillis(100));
        for (int routers : List.of(250, 10, 100)) {
            session.figure(load, routers + " routers: CPU of the master", Unit.PERCENT_OF_A_CORE)
                    .add(Contender.VRRP4J, routers / 25.0);
        }
        Document plot = parse(LoadPlot.draw(session, load.name()));
        // one for each number, and one for each contender in each key
        assertThat(plot.getElementsByTagName("circle").getLength()).isEqualTo(3 + 3 * 2);
    }
}
