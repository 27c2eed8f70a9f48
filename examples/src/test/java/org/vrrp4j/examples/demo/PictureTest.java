package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {

    @Test
    void everyOutageIsThereWithItsLength() throws Exception {
        Document picture = draw(story(), 6000);
        assertThat(elements(picture, "rect", "gap")).hasSize(2);
        assertThat(elements(picture, "text", "outage"))
                .extracting(Element::getTextContent)
                .containsExactly("345 ms", "65 ms");
    }

    @Test
    void everyActHasALineAndALabel() throws Exception {
        Document picture = draw(story(), 6000);
        assertThat(elements(picture, "path", "act")).hasSize(3);
        assertThat(picture.getDocumentElement().getTextContent())
                .contains("kill -9 lb01", "start lb01", "SIGTERM lb01", "lb02", "client", "seconds");
    }

    @Test
    void aHolderHasABarOnItsLaneOnly() throws Exception {
        Document picture = draw(story(), 6000);
        // two times on its own lane, and the client's answers from it
        assertThat(elements(picture, "rect", "lb01")).hasSize(2 + 2);
        assertThat(elements(picture, "rect", "lb02")).hasSize(1 + 2);
    }

    @Test
    void labelsThatAreCloseAreOnRowsOfTheirOwn() throws Exception {
        TestStory story = new TestStory().answers("lb01", 0, 1000);
        for (int i = 0; i < 6; i++) {
            story.act(Happening.KILL, 900 + 20 * i);
            story.answers(i % 2 == 0 ? "lb02" : "lb01", 1050 + 50 * i, 1050 + 50 * i);
        }
        Document picture = draw(story, 6000);
        assertApart(elements(picture, "text", ""));
        assertApart(elements(picture, "text", "outage"));
    }

    @Test
    void labelsAtTheRightEdgeStayInside() throws Exception {
        TestStory story = new TestStory().answers("lb01", 0, 990).act(Happening.HAND_OVER, 999);
        Document picture = draw(story, 1000);
        double width = Double.parseDouble(picture.getDocumentElement().getAttribute("width"));
        assertThat(elements(picture, "text", ""))
                .allSatisfy(label -> assertThat(until(label)).isLessThan(width));
    }

    @Test
    void aStoryWithoutAnswersCanBeDrawn() throws Exception {
        assertThat(draw(new TestStory().lost(0, 1000).act(Happening.CUT, 10), 1000)
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    private static TestStory story() {
        return new TestStory()
                .answers("lb01", 0, 1000)
                .lost(1005, 1345)
                .answers("lb02", 1350, 3000)
                .answers("lb01", 3005, 4000)
                .answers("lb02", 4070, 6000)
                .act(Happening.KILL, 1002)
                .act(Happening.RETURN, 2000)
                .act(Happening.HAND_OVER, 4001);
    }

    private static Document draw(TestStory story, long end) throws Exception {
        List<Holding> holdings = List.of(
                new Holding("lb01", TestStory.at(-500), TestStory.at(1500)),
                new Holding("lb02", TestStory.at(1350), TestStory.at(3000)),
                new Holding("lb02", TestStory.at(-900), TestStory.at(-800)),
                new Holding("lb01", TestStory.at(3000), TestStory.at(4001)));
        String svg = Picture.draw(new Picture.Contents(
                Settings.DEMO, TestStory.at(0), TestStory.at(end), story.acts, holdings, story.replies));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document picture, String tag, String style) {
        NodeList all = picture.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("class").equals(style)) {
                found.add(element);
            }
        }
        return found;
    }

    private static void assertApart(List<Element> labels) {
        assertThat(labels).hasSizeGreaterThan(1);
        for (Element one : labels) {
            for (Element other : labels) {
                if (one != other && one.getAttribute("y").equals(other.getAttribute("y"))) {
                    assertThat(until(one) <= from(other) || until(other) <= from(one))
                            .as(one.getTextContent() + " and " + other.getTextContent())
                            .isTrue();
                }
            }
        }
    }

    private static double from(Element label) {
        return middle(label) - halfWidth(label);
    }

    private static double until(Element label) {
        return middle(label) + halfWidth(label);
    }

    private static double middle(Element label) {
        return Double.parseDouble(label.getAttribute("x"));
    }

    /** With 7 units for a character, more than any usual font of 12 units takes. */
    private static double halfWidth(Element label) {
        return label.getTextContent().length() * 7 / 2.0;
    }
}
