package dev.edge4j.render.live;

import java.util.List;

/** What stands between two pieces of a template's own text. Immutable. */
public sealed interface LivePart {
  /** What a value was printed as. */
  record Text(String html) implements LivePart {}

  /** What a section was rendered for: none, one or many. */
  record Rows(List<LiveRow> rows) implements LivePart {
    public Rows {
      rows = List.copyOf(rows);
    }
  }
}
