package io.jeton.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {
  @Test
  void svg_hasALineForEachSeries_axesAndALegend() throws Exception {
    Plot plot = new Plot("Latency & rate", "calls per second", "milliseconds");
    plot.add("F1 p50", new double[] {0, 5000, 10_000}, new double[] {0.1, 0.2, 1});
    plot.add("jeton p99", new double[] {1000, 9000}, new double[] {3, 40});
    String svg = plot.svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(svg)
        .contains("Latency &amp; rate", "calls per second", "milliseconds", "F1 p50", "jeton p99")
        .contains(">0.1<", ">1<", ">10<", ">100<", ">10,000<");
  }

  @Test
  void svg_drawsTenTimesAsMuch_atTheSameDistance() {
    Plot plot = new Plot("t", "x", "y");
    plot.add("one", new double[] {0, 1, 2}, new double[] {1, 10, 100});
    assertThat(plot.svg()).contains("points=\"70.0,400.0 390.0,220.0 710.0,40.0\"");
  }
}
