package dev.edge4j.examples.shop.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A drawing of a product: shape and colours, both told by its number.
 *
 * @param shape what is drawn
 * @param hue degrees of the OKLCH circle
 * @param mirrored drawn the other way round
 */
public record Picture(Shape shape, int hue, boolean mirrored) {
  private static final Shape[] SHAPES = Shape.values();
  private static final int[] HUES = {25, 45, 70, 95, 140, 165, 195, 230, 260, 290, 330, 350};
  private static final String[] COLOURS = {"Coral", "Terracotta", "Ochre", "Mustard", "Fern", "Jade", "Teal", "Sky",
      "Cobalt", "Violet", "Orchid", "Rose"};

  private static final String ALONE = """
      <rect width="240" height="240" fill="oklch(.945 .028 %1$d)"/>\
      <circle cx="120" cy="112" r="86" fill="oklch(.915 .045 %1$d)"/>\
      <ellipse cx="120" cy="194" rx="64" ry="7" fill="oklch(.84 .05 %1$d)"/>""";
  private static final String ROOM = """
      <rect width="240" height="240" fill="oklch(.93 .02 %1$d)"/>\
      <rect x="24" y="20" width="84" height="108" rx="4" fill="oklch(.985 .012 95)"/>\
      <path d="M66 20v108M24 74h84" stroke="oklch(.86 .025 %1$d)" stroke-width="4"/>\
      <path d="M24 128 4 188h104l40-60z" fill="oklch(.985 .02 95 / .35)"/>\
      <rect y="188" width="240" height="52" fill="oklch(.8 .045 65)"/>\
      <rect y="188" width="240" height="5" fill="oklch(.86 .045 65)"/>\
      <ellipse cx="134" cy="190" rx="40" ry="4" fill="oklch(.62 .05 60 / .5)"/>""";

  /** The number of the picture of that shape which a product with this chance gets. */
  @SuppressWarnings("EnumOrdinal") // new shapes go to the end: the numbers stand in addresses that browsers keep
  public static long number(Shape shape, long chance) {
    long variant = Long.remainderUnsigned(chance, HUES.length * 2L);
    return variant * SHAPES.length + shape.ordinal();
  }

  /** The picture of a number; empty for a number that no product has. */
  public static Optional<Picture> of(long number) {
    long variant = number / SHAPES.length;
    if (number < 0 || variant >= HUES.length * 2L) {
      return Optional.empty();
    }
    Shape shape = SHAPES[(int) (number % SHAPES.length)];
    return Optional.of(new Picture(shape, HUES[(int) (variant / 2)], variant % 2 == 1));
  }

  /** The name of its colour, for people. */
  public String colour() {
    return COLOURS[Arrays.binarySearch(HUES, hue)];
  }

  /** The picture as an SVG document in UTF-8, seen from the front. */
  public byte[] svg() {
    return svg(View.FRONT);
  }

  /** The picture as an SVG document in UTF-8, seen from there. */
  public byte[] svg(View view) {
    String drawing = "<g stroke-width=\"6\"" + (mirrored ? " transform=\"matrix(-1 0 0 1 240 0)\"" : "") + ">"
        + coloured()
        + "</g>";
    String text = switch (view) {
      case FRONT -> scene("0 0 240 240", ALONE, drawing);
      case ROOM -> scene("0 0 240 240", ROOM, "<g transform=\"translate(72 87) scale(.52)\">" + drawing + "</g>");
      case DETAIL -> scene("52 52 116 116", ALONE, drawing);
      case PAIR -> scene("0 0 240 240", ALONE, "<g transform=\"translate(104 56) scale(.6)\" opacity=\".55\">" + drawing
          + "</g><g transform=\"translate(-6 42) scale(.78)\">" + drawing + "</g>");
    };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String scene(String box, String ground, String drawing) {
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" + box + "\" width=\"480\" height=\"480\">" + ground
        .formatted(hue) + drawing + "</svg>");
  }

  /** Colours as attributes: a style element would be refused by the shop's own content security policy. */
  private String coloured() {
    return shape.drawing()
        .replace("class='a'", "fill='oklch(.64 .12 " + hue + ")'")
        .replace("class='b'", "fill='oklch(.48 .1 " + hue + ")'")
        .replace("class='c'", "fill='oklch(.8 .085 " + hue + ")'")
        .replace("class='w'", "fill='oklch(.97 .015 " + hue + ")'")
        .replace("class='l'", "fill='none' stroke='oklch(.48 .1 " + hue
            + ")' stroke-linecap='round' stroke-linejoin='round'");
  }
}
