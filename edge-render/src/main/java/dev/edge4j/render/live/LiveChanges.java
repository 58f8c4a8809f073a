package dev.edge4j.render.live;

import dev.edge4j.render.live.LivePart.Rows;
import dev.edge4j.render.live.LivePart.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What one browser has been sent of a fragment, and so what it must be sent next. A message is a JSON object:
 *
 * <pre>
 * {"s": {"0": ["&lt;ul&gt;", "&lt;/ul&gt;"], "1": ["&lt;li&gt;", "&lt;/li&gt;"]}, "n": [0, [[1, "tea"], [1, "cup"]]]}
 * {"s": {}, "p": [[[1, 0, 1], "green tea"]]}
 * </pre>
 *
 * <p>{@code s}: statics, by a number under which they are known from then on. {@code n}: all there is, which forgets what was before: a
 * row is the number of its statics and its parts, a part is a text or a list of rows. {@code p}: the parts and rows that have changed, each
 * with the way to it by indices. Phoenix LiveView's diffs work so. Confined to one connection.
 */
public final class LiveChanges {
  /** Of a fragment whose statics never end (they hold what was given as safe HTML, say) everything is sent again after so many. */
  private static final int MAX_STATICS = 1_000;

  private final Map<List<String>, Integer> known = new HashMap<>();
  private final Deque<Integer> way = new ArrayDeque<>();
  private StringJoiner statics = object();
  private @Nullable LiveRow sent;

  /** The message that brings the browser from what it has to this; empty if nothing is different. */
  public Optional<String> next(LiveRow row) {
    LiveRow before = sent;
    sent = row;
    statics = object();
    if (before == null || known.size() > MAX_STATICS || !sameStatics(before, row)) {
      known.clear();
      String all = encoded(row);
      return Optional.of("{\"s\":" + statics + ",\"n\":" + all + "}");
    }
    StringJoiner changes = list();
    compare(before, row, changes);
    return changes.length() == 2 ? Optional.empty() : Optional.of("{\"s\":" + statics + ",\"p\":" + changes + "}");
  }

  private static boolean sameStatics(LiveRow before, LiveRow row) {
    return before.statics().equals(row.statics());
  }

  private void compare(LiveRow before, LiveRow row, StringJoiner changes) {
    for (int i = 0; i < row.parts().size(); i++) {
      way.addLast(i + 1); // behind the number of the statics
      compare(before.parts().get(i), row.parts().get(i), changes);
      way.removeLast();
    }
  }

  private void compare(LivePart before, LivePart part, StringJoiner changes) {
    if (before instanceof Rows(List<LiveRow> old) && part instanceof Rows(List<LiveRow> rows)
        && old.size() == rows.size()) {
      for (int i = 0; i < rows.size(); i++) {
        way.addLast(i);
        if (sameStatics(old.get(i), rows.get(i))) {
          compare(old.get(i), rows.get(i), changes);
        } else {
          changes.add(change(encoded(rows.get(i))));
        }
        way.removeLast();
      }
    } else if (!before.equals(part)) {
      changes.add(change(encoded(part)));
    }
  }

  private String change(String value) {
    StringJoiner indices = list();
    way.forEach(index -> indices.add(index.toString()));
    return "[" + indices + "," + value + "]";
  }

  private String encoded(LiveRow row) {
    StringJoiner list = list().add(String.valueOf(number(row.statics())));
    row.parts().forEach(part -> list.add(encoded(part)));
    return list.toString();
  }

  private String encoded(LivePart part) {
    return switch (part) {
      case Text(String html) -> quoted(html);
      case Rows(List<LiveRow> rows) -> {
        StringJoiner list = list();
        rows.forEach(row -> list.add(encoded(row)));
        yield list.toString();
      }
    };
  }

  /** The number of those statics; they are part of the message if the browser does not know them. */
  private int number(List<String> pieces) {
    Integer number = known.get(pieces);
    if (number != null) {
      return number;
    }
    int next = known.size();
    known.put(pieces, next);
    StringJoiner list = list();
    pieces.forEach(piece -> list.add(quoted(piece)));
    statics.add("\"" + next + "\":" + list);
    return next;
  }

  private static StringJoiner list() {
    return new StringJoiner(",", "[", "]");
  }

  private static StringJoiner object() {
    return new StringJoiner(",", "{", "}");
  }

  /** A JSON string (RFC 8259 section 7). */
  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ') {
            quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
