package dev.edge4j.render.live;

import java.util.List;

/**
 * A rendering of a fragment, or of a section in it, taken apart into what the template says and what the model does. Immutable.
 *
 * @param statics the template's own text: one piece more than there are parts, any of them empty
 * @param parts what stands between them
 */
public record LiveRow(List<String> statics, List<LivePart> parts) {
  public LiveRow {
    statics = List.copyOf(statics);
    parts = List.copyOf(parts);
    if (statics.size() != parts.size() + 1) {
      throw new IllegalArgumentException(statics.size() + " statics around " + parts.size() + " parts");
    }
  }

  /** All of it, as it was rendered. */
  public String html() {
    var html = new StringBuilder();
    append(html);
    return html.toString();
  }

  private void append(StringBuilder html) {
    for (int i = 0; i < parts.size(); i++) {
      html.append(statics.get(i));
      switch (parts.get(i)) {
        case LivePart.Text(String text) -> html.append(text);
        case LivePart.Rows(List<LiveRow> rows) -> rows.forEach(row -> row.append(html));
      }
    }
    html.append(statics.getLast());
  }
}
