package dev.edge4j.data.clickhouse;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ClickHouse answers when it refuses, and whether the events are at fault. Pure. */
final class ClickHouseErrors {
  /**
   * The codes (ClickHouse, src/Common/ErrorCodes.cpp) that say that a value does not fit its column: 6, 25-27, 38, 41, 72, 376, 441, 467, 675
   * and 676 cannot be parsed; 16 and 117 no such column; 53, 69, 70, 321, 349, 407, 691 another type, out of range or null; 128, 130, 131 and
   * 563 arrays, text and maps. A table that is not there, a full server or a wrong password are nobody's event's fault.
   */
  private static final Set<Integer> EVENTS_AT_FAULT = Set.of(6, 16, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 128, 130,
      131, 321, 349, 376, 407, 441, 467, 563, 675, 676, 691);
  private static final int VIOLATED_CONSTRAINT = 469;

  private static final Pattern CODE = Pattern.compile("Code: (\\d+)");
  private static final Pattern UNKNOWN = Pattern.compile(
      "Unknown field found while parsing \\w+ format: (.+?)(?:: \\(|\\n|$)");
  private static final Pattern COLUMN = Pattern.compile("while reading the value of key ([^)]+)\\)");
  private static final Pattern ROW = Pattern.compile("at row (\\d+)");
  private static final int SHOWN = 400;

  private ClickHouseErrors() {}

  /** The error of an answer that is not 200. */
  static StoreException of(String server, int status, String body) {
    int code = code(body);
    String line = shorten(body.lines().findFirst().orElse(""));
    if (code == VIOLATED_CONSTRAINT) {
      return new StoreException(Reason.CONSTRAINT, "ClickHouse at " + server + " refuses the events: " + line);
    }
    if (EVENTS_AT_FAULT.contains(code)) {
      return new StoreException(Reason.INVALID, "ClickHouse at " + server + " cannot take " + which(body) + ": "
          + line);
    }
    return new StoreException(Reason.FAILED, "ClickHouse at " + server + " answers " + status + ": " + line);
  }

  /** 0 if there is none: then it was a proxy that answered. */
  private static int code(String body) {
    Matcher code = CODE.matcher(body);
    return code.lookingAt() ? Integer.parseInt(code.group(1), 10) : 0;
  }

  private static String which(String body) {
    return first(UNKNOWN, body, "unknown column ", first(COLUMN, body, "column ", "a value")) + first(ROW, body,
        " of event ",
        "");
  }

  private static String first(Pattern pattern, String body, String before, String otherwise) {
    Matcher found = pattern.matcher(body);
    return found.find() ? before + found.group(1) : otherwise;
  }

  private static String shorten(String line) {
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
