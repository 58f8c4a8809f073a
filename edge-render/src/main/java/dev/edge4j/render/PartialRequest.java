package dev.edge4j.render;

import dev.edge4j.Context;
import java.util.Optional;

/**
 * Which part of a page a request asks for.
 *
 * <ul>
 * <li>htmx: {@code HX-Request: true}, unless it wants a whole page after all ({@code HX-Boosted}, {@code HX-History-Restore-Request}). Its
 * {@code HX-Target} is the id of the element that takes the answer.
 * <li>Turbo: {@code Turbo-Frame} is the id of the frame; the block holds the {@code <turbo-frame>}.
 * <li>Datastar: {@code Datastar-Request: true}; it takes HTML and puts each element in place of the one with its id.
 * </ul>
 */
public final class PartialRequest {
  /** The fields that decide, as each cache has to know: a value of {@code Vary}. */
  public static final String VARY = "HX-Request, HX-Boosted, HX-History-Restore-Request, HX-Target, Turbo-Frame, Datastar-Request";

  private PartialRequest() {}

  /** The id of the element that is asked for, empty text if the request names none; absent if it asks for a page. */
  public static Optional<String> target(Context c) {
    Optional<String> frame = c.header("Turbo-Frame").filter(id -> !id.isEmpty());
    if (frame.isPresent()) {
      return frame;
    }
    if (isTrue(c, "HX-Request") && !isTrue(c, "HX-Boosted") && !isTrue(c, "HX-History-Restore-Request")) {
      return Optional.of(c.header("HX-Target").orElse(""));
    }
    return isTrue(c, "Datastar-Request") ? Optional.of("") : Optional.empty();
  }

  private static boolean isTrue(Context c, String field) {
    return c.header(field).filter(value -> value.equals("true")).isPresent();
  }
}
