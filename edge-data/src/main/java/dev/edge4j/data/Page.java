package dev.edge4j.data;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a longer list, in its order; see {@link MeshSession#page}.
 *
 * @param rows the rows
 * @param next where the next page goes on, a text for a URL; empty on the last page
 */
public record Page<T>(List<T> rows, Optional<String> next) {
  public Page {
    rows = List.copyOf(rows);
  }
}
