package io.jeton.load;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws lines as SVG: a linear axis to the right, a logarithmic one upwards. Not thread-safe. */
final class Plot {
  private record Line(String name, double[] x, double[] y) {}

  private static final List<String> COLOURS =
      List.of("#9ecae1", "#4292c6", "#084594", "#fdae6b", "#e6550d", "#7f2704");
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEGEND = 130;
  private static final int TICKS = 6;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Line> lines = new ArrayList<>();

  Plot(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** Adds a line through points; what is not above zero is drawn at the lowest. */
  void add(String name, double[] x, double[] y) {
    lines.add(new Line(name, x, y));
  }

  /** The picture. */
  String svg() {
    double right = lines.stream().flatMapToDouble(l -> Arrays.stream(l.x)).max().orElse(1);
    int low = (int) Math.floor(Math.log10(values().min().orElse(1)));
    int high = Math.max(low + 1, (int) Math.ceil(Math.log10(values().max().orElse(1))));
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            .formatted(LEFT + WIDTH + LEGEND, TOP + HEIGHT + 60));
    svg.append(" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(svg, LEFT + WIDTH / 2, 20, "middle", title);
    text(svg, LEFT + WIDTH / 2, TOP + HEIGHT + 45, "middle", xLabel);
    text(svg, LEFT, TOP - 8, "middle", yLabel);
    for (int power = low; power <= high; power++) {
      int y = (int) y(Math.pow(10, power), low, high);
      rule(svg, LEFT, y, LEFT + WIDTH, y);
      text(svg, LEFT - 8, y + 4, "end", label(Math.pow(10, power)));
    }
    for (int tick = 0; tick <= TICKS; tick++) {
      int x = LEFT + WIDTH * tick / TICKS;
      rule(svg, x, TOP, x, TOP + HEIGHT);
      text(svg, x, TOP + HEIGHT + 20, "middle", String.format(ROOT, "%,.0f", right * tick / TICKS));
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), i, right, low, high);
    }
    return svg.append("</svg>\n").toString();
  }

  private java.util.stream.DoubleStream values() {
    return lines.stream().flatMapToDouble(l -> Arrays.stream(l.y)).filter(y -> y > 0);
  }

  private static void line(
      StringBuilder svg, Line line, int number, double right, int low, int high) {
    String colour = COLOURS.get(number % COLOURS.size());
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < line.x.length; i++) {
      double x = LEFT + WIDTH * line.x[i] / right;
      points.append(String.format(ROOT, "%.1f,%.1f ", x, y(line.y[i], low, high)));
    }
    svg.append(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n"
            .formatted(colour, points.toString().strip()));
    int y = TOP + 16 * (number + 1);
    int x = LEFT + WIDTH + 12;
    svg.append(
        "<path stroke=\"%s\" stroke-width=\"2\" d=\"M%d %dh20\"/>%n".formatted(colour, x, y - 4));
    text(svg, x + 26, y, "start", line.name);
  }

  private static double y(double value, int low, int high) {
    double share = (Math.log10(Math.max(value, Math.pow(10, low))) - low) / (high - low);
    return TOP + HEIGHT * (1 - share);
  }

  private static String label(double value) {
    return value >= 1 ? String.format(ROOT, "%,.0f", value) : Double.toString(value);
  }

  private static void rule(StringBuilder svg, int x1, int y1, int x2, int y2) {
    svg.append("<path stroke=\"#dddddd\" d=\"M%d %dL%d %d\"/>%n".formatted(x1, y1, x2, y2));
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, safe));
  }
}
