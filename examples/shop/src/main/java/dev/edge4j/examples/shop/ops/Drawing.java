package dev.edge4j.examples.shop.ops;

import dev.edge4j.Geo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Geometry of the drawings, in the units of their view boxes. Pure. */
final class Drawing {
  /** How wide bars, lines and the map are. */
  static final int WIDTH = 1000;

  /** How high a line is drawn. */
  static final int LINE_HEIGHT = 100;

  private static final double LEAST_MICROS = 10;
  private static final double MOST_MICROS = 10e6;

  /** The parallel at the upper edge of the map, whose degrees are as wide as high (plate carrée). */
  private static final double NORTH = 84;
  private static final double UNIT = WIDTH / 360.0;

  private Drawing() {}

  /** How long the bar of a duration is, by its logarithm: 10 microseconds are nothing, 10 seconds are all. */
  static long logarithmic(Duration duration) {
    double micros = Math.clamp(duration.toNanos() / 1e3, LEAST_MICROS, MOST_MICROS);
    return Math.round(WIDTH * Math.log(micros / LEAST_MICROS) / Math.log(MOST_MICROS / LEAST_MICROS));
  }

  /** A line through values of equal distance, the largest at the top; empty for fewer than two. */
  static String line(List<Double> values) {
    if (values.size() < 2) {
      return "";
    }
    double most = Math.max(1e-9, values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
    var path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      long x = Math.round((double) WIDTH * i / (values.size() - 1));
      long y = Math.round(LINE_HEIGHT - values.get(i) / most * (LINE_HEIGHT - 8) - 4);
      path.append(i == 0 ? "M" : "L").append(x).append(' ').append(y);
    }
    return path.toString();
  }

  /** The area below a line; empty for no line. */
  static String area(String line) {
    return line.isEmpty() ? "" : line + "L" + WIDTH + " " + LINE_HEIGHT + "L0 " + LINE_HEIGHT + "z";
  }

  static long x(Geo.Position place) {
    return Math.round((place.longitude() + 180) * UNIT);
  }

  static long y(Geo.Position place) {
    return Math.round((NORTH - place.latitude()) * UNIT);
  }

  /** A bow from one place to another: on this map the great circle itself would run over its edge for some. */
  static String bow(Geo.Position from, Geo.Position to) {
    long middle = (x(from) + x(to)) / 2;
    long top = Math.max(10, Math.min(y(from), y(to)) - Math.abs(x(from) - x(to)) / 5);
    return "M" + x(from) + " " + y(from) + "Q" + middle + " " + top + " " + x(to) + " " + y(to);
  }

  /** A dash where nothing was measured. */
  static String millis(Duration duration) {
    if (duration.isZero()) {
      return "–";
    }
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  static String seconds(Duration duration) {
    return duration.toDays() > 365 ? "unknown" : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
