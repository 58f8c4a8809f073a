package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/** Where in a document a place of a template stands. Immutable; two states are equal if the same may follow. */
public sealed interface State permits HtmlState, PlainState, MarkdownState {
  /** How a value is printed, and where the document stands behind it. */
  record Slot(Escaper escaper, State after) {}

  /** The state behind a piece of static text of one line at most. Throws TemplateException for what nothing may follow safely. */
  State text(Place place, String text);

  /** What a value here needs. Throws TemplateException where no value is safe. */
  Slot value(Place place);

  /** Whether HTML the application vouches for may stand here: between elements, or where nothing is escaped. */
  boolean takesHtml();

  /**
   * Whether an element of any name may stand here: what is streamed out of order leaves one behind, which a parser would move
   * out of a table or drop in a select.
   */
  boolean takesElements();

  /** The state of a place that is reached in either of two, or {@code null} if there is none: that is ambiguous. */
  @Nullable
  State join(State other);

  /** Where this is, for messages: {@code "text"}, {@code "the attribute href"}. */
  String where();

  /** Whether a document may end here. */
  boolean mayEnd();
}
