package dev.edge4j.examples.shop.pictures;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** From where a thing is looked at. */
public enum View {
  /** The thing alone. */
  FRONT("On its own"),
  /** On a table by a window. */
  ROOM("In a room"),
  /** A part of it from near by. */
  DETAIL("From near by"),
  /** Two of them, one behind the other. */
  PAIR("Two together");

  private final String title;

  View(String title) {
    this.title = title;
  }

  /** For people: {@code In a room}. */
  public String title() {
    return title;
  }

  /** What an address ends in before {@code .svg}: nothing for the front, else {@code -room}. */
  public String suffix() {
    return this == FRONT ? "" : "-" + name().toLowerCase(Locale.ROOT);
  }

  /** The view of that suffix. */
  public static Optional<View> find(String suffix) {
    return Arrays.stream(values()).filter(view -> view.suffix().equals(suffix)).findFirst();
  }
}
