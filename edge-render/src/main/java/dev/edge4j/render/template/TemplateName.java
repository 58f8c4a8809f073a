package dev.edge4j.render.template;

import java.util.ArrayDeque;
import java.util.Deque;

/** Resolves the name in a partial or layout tag against the folder of the template it stands in. */
public final class TemplateName {
  private TemplateName() {}

  /** {@code ../page} in {@code shop/cart} is {@code page}; a leading slash starts at the top. */
  public static String resolve(Place place, String name) {
    String template = place.template();
    String folder = template.substring(0, template.lastIndexOf('/') + 1);
    String full = name.startsWith("/") ? name.substring(1) : folder + name;
    Deque<String> path = new ArrayDeque<>();
    for (String part : full.split("/", -1)) {
      step(place, name, path, part);
    }
    return String.join("/", path);
  }

  private static void step(Place place, String name, Deque<String> path, String part) {
    switch (part) {
      case ".." -> {
        if (path.pollLast() == null) {
          throw place.error("\"" + name + "\" leaves the folder of the templates");
        }
      }
      case "." -> {
      }
      case "" -> throw place.error("\"" + name + "\" is not a name of a template (expected: folder/name)");
      default -> path.addLast(part);
    }
  }
}
