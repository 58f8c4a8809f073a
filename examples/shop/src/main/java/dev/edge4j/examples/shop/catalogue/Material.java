package dev.edge4j.examples.shop.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What things are made of, and what that does to a price. */
public enum Material {
  OAK(110, "oak with an oiled surface"), WALNUT(135, "walnut with a quiet grain"), BAMBOO(80, "fast-growing bamboo"),
  STEEL(100, "brushed steel"),
  BRASS(125, "brass that darkens with use"), COPPER(130, "hammered copper"), STONEWARE(100, "stoneware, fired twice"),
  GLASS(90, "hand-blown glass"), CORK(75, "warm, light cork"),
  LINEN(95, "washed linen"), WOOL(110, "undyed wool"), LEATHER(140, "leather tanned with bark"),
  COTTON(80, "organic cotton"), FELT(85, "pressed wool felt"), CANVAS(90, "waxed canvas"),
  MARBLE(150, "marble, no two alike");

  private final int percent;
  private final String words;

  Material(int percent, String words) {
    this.percent = percent;
    this.words = words;
  }

  int percent() {
    return percent;
  }

  String words() {
    return words;
  }

  /** The name in addresses and in the database: {@code oak}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The material of that slug. */
  public static Optional<Material> find(String slug) {
    return Arrays.stream(values()).filter(material -> material.slug().equals(slug)).findFirst();
  }

  /** The name for people: {@code Oak}. */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
