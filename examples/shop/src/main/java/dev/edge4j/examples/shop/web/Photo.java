package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.pictures.View;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a gallery.
 *
 * @param id of its element
 * @param transition the name under which it moves from one page to the next
 * @param first true for the one that is seen at once
 */
record Photo(String id, String url, String alt, String title, String transition,
    boolean first) {
  static List<Photo> all(Product product) {
    return Arrays.stream(View.values())
        .map(view -> new Photo("view" + (view == View.FRONT ? "-front" : view.suffix()), "/img/" + product.picture()
            + view.suffix() + ".svg", view == View.FRONT ? product.name()
                : product.name() + ", " + view.title().toLowerCase(Locale.ROOT), view
                    .title(), "p" + product.id(), view == View.FRONT))
        .toList();
  }
}
