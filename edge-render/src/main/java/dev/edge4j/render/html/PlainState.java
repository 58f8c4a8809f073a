package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/** A document in which every value is escaped alike. */
public record PlainState(Escaper escaper) implements State {
  /** Text: nothing is escaped. */
  public static final PlainState TEXT = new PlainState((value, out) -> out.text(value));
  /** All of Mustache: HTML escaping everywhere, as its specification has it. */
  public static final PlainState MUSTACHE = new PlainState(Escapers.TEXT);
  /** XML text and quoted attributes. */
  public static final PlainState XML = new PlainState(Escapers.XML);

  @Override
  public State text(Place place, String text) {
    return this;
  }

  @Override
  public Slot value(Place place) {
    return new Slot(escaper, this);
  }

  @Override
  public boolean takesHtml() {
    return true;
  }

  @Override
  public boolean takesElements() {
    return false;
  }

  @Override
  public @Nullable State join(State other) {
    return equals(other) ? this : null;
  }

  @Override
  public String where() {
    return "text";
  }

  @Override
  public boolean mayEnd() {
    return true;
  }
}
