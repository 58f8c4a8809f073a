package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Material;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.catalogue.Siblings;
import dev.edge4j.examples.shop.pictures.Picture;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The variants of a product, as links: each has an address of its own. */
record Variants(boolean hasMaterials, List<Choice> materials, String material, boolean hasColours, List<Choice> colours,
    String colour) {

  private static final int COLOURS = 6;

  /** A variant. */
  record Choice(String url, String title, String picture, boolean current, boolean soldOut) {}

  static Variants of(Product product, Siblings siblings) {
    List<Choice> materials = siblings.materials()
        .stream()
        .map(each -> choice(each, product, material(each)))
        .toList();
    Set<String> shown = new HashSet<>();
    List<Choice> colours = Stream.concat(Stream.of(product), siblings.others().stream())
        .filter(each -> shown.add(colour(each)))
        .limit(COLOURS)
        .map(each -> choice(each, product, colour(each) + ", " + each.name()))
        .toList();
    return new Variants(materials.size() > 1, materials, material(product), colours.size() > 1, colours, colour(
        product));
  }

  private static Choice choice(Product product, Product current, String title) {
    return new Choice("/products/" + product.id(), title, product.pictureUrl(), product.id() == current.id(), product
        .stock() <= 0);
  }

  private static String material(Product product) {
    return Material.find(product.material()).map(Material::title).orElse(product.material());
  }

  private static String colour(Product product) {
    return Picture.of(product.picture()).map(Picture::colour).orElse("");
  }
}
