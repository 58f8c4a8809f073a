package dev.edge4j.examples.pages;

import java.util.ArrayList;
import java.util.List;

/** The model of a list of products, as a shop's page shows it. */
public record ListPage(String title, String description, List<Row> rows) {
  /** A product in the list. */
  public record Row(long id, String url, String picture, String name, String line, String price, boolean fresh,
      boolean inStock) {}

  /** Twenty products, with what must be escaped and what is not ASCII. */
  public static ListPage sample() {
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      rows.add(new Row(i, "/products/" + i, "/img/" + i * 37 + ".svg", "Brass & Oak Lamp " + i,
          "Turned by hand, finished with oil. A present that gets used. Article " + i * 7919, "€" + (30 + i) + ".50",
          i % 4 == 0, i % 7 != 0));
    }
    return new ListPage("Lamps & Lights", "Everything that is bright, on one shelf.", List.copyOf(rows));
  }
}
