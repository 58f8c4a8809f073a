package dev.edge4j.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A request as it stands on the wire and what must come of it.
 *
 * @param rule the rule and the section it stands in
 * @param bytes the request, one character a byte
 * @param status of the answer
 * @param body of the answer, for one that is accepted
 */
public record WireCase(String rule, String bytes, int status, String body) {
  /** True if the connection must still work after the answer. */
  public boolean isKept() {
    return status == 200;
  }

  @Override
  public String toString() {
    return rule + ": " + bytes.replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\0")
        .transform(
            text -> text.length() > 120 ? text.substring(0, 120) + "..." : text);
  }

  /** A list of cases in the making; {@code |} in what is given stands for CR LF. */
  static final class Table {
    private final List<WireCase> cases = new ArrayList<>();

    /** Requests that are answered 200, with the connection kept. */
    Table accepts(String rule, String body, String... requests) {
      for (String request : requests) {
        cases.add(new WireCase(rule, request.replace("|", "\r\n"), 200, body));
      }
      return this;
    }

    /** Requests that are answered with that status, with the connection closed. */
    Table refuses(int status, String rule, String... requests) {
      for (String request : requests) {
        cases.add(new WireCase(rule, request.replace("|", "\r\n"), status, ""));
      }
      return this;
    }

    List<WireCase> cases() {
      return cases;
    }
  }
}
