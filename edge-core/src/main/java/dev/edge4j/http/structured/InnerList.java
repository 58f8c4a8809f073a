package dev.edge4j.http.structured;

import java.util.List;
import java.util.Map;

/**
 * A list within a list or a dictionary (RFC 9651 section 3.1.1).
 *
 * @param parameters of the list as a whole, by their keys, in order
 */
public record InnerList(List<Item> items, Map<String, Bare> parameters) implements Member {
  /** Copies both, and refuses keys that are none. */
  public InnerList {
    items = List.copyOf(items);
    parameters = Characters.checkedKeys(parameters);
  }
}
