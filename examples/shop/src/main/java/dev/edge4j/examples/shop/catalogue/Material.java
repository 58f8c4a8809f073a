package dev.edge4j.examples.shop.catalogue;

import java.util.Locale;

/** What things are made of, and what that does to a price. */
enum Material {
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

  String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
