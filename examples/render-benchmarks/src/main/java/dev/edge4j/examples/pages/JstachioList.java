package dev.edge4j.examples.pages;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import io.jstach.jstache.JStachePath;
import java.util.List;

/** The page as JStachio wants it: compiled with its template by its annotation processor. */
@JStache(path = "templates/list.mustache")
@JStacheConfig(pathing = @JStachePath())
record JstachioList(String title, String description, List<ListPage.Row> rows) {
  static JstachioList of(ListPage page) {
    return new JstachioList(page.title(), page.description(), page.rows());
  }
}
