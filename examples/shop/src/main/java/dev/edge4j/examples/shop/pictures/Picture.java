package dev.edge4j.examples.shop.pictures;

import java.nio.charset.StandardCharsets;
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

  /** The picture as an SVG document in UTF-8. */
  public byte[] svg() {
    String turn = mirrored ? " transform=\"matrix(-1 0 0 1 240 0)\"" : "";
    String text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="480" height="480">\
        <rect width="240" height="240" fill="oklch(.945 .028 %1$d)"/>\
        <circle cx="120" cy="112" r="86" fill="oklch(.915 .045 %1$d)"/>\
        <ellipse cx="120" cy="194" rx="64" ry="7" fill="oklch(.84 .05 %1$d)"/><g stroke-width="6"%2$s>%3$s</g></svg>
        """.formatted(hue, turn, coloured());
    return text.strip().getBytes(StandardCharsets.UTF_8);
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
