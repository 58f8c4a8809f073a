package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Indents JSON for a person who asks for it by {@code ?pretty}: white space between the tokens is all that changes, so numbers, duplicate
 * names and the order of members stay as they were written. {@code +json} types too; streams, files and parts (206) are left alone. It changes bodies, so
 * it is no gate.
 */
public final class PrettyJson implements Middleware {
  /** Deeper levels are indented as this one: by each its own, brackets alone would make a body of its length squared. */
  private static final int MAX_DEPTH = 64;
  private static final List<String> OF_THE_BYTES = List.of("Content-Length", "Content-Digest", "Repr-Digest", "Digest",
      "Content-MD5");

  private final String query;
  private final int spaces;

  private PrettyJson(String query, int spaces) {
    this.query = query;
    this.spaces = spaces;
  }

  /** Indents by two spaces where the query has {@code pretty}, with a value or without. */
  public static PrettyJson create() {
    return new PrettyJson("pretty", 2);
  }

  /** Asked for by another query parameter. */
  public PrettyJson query(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("query: \"" + name + "\" (expected: the name of a query parameter)");
    }
    return new PrettyJson(name, spaces);
  }

  /** Indents by that many spaces, 0 to 16. */
  public PrettyJson indent(int newSpaces) {
    if (newSpaces < 0 || newSpaces > 16) {
      throw new IllegalArgumentException("indent: " + newSpaces + " (expected: 0 to 16 spaces)");
    }
    return new PrettyJson(query, newSpaces);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Response response = next.proceed();
    return c.query(query).isPresent() && response.body() instanceof Body.Bytes(byte[] bytes)
        && response.status() != 206 && !response.headers().contains("Content-Encoding")
        && MediaType.isJson(response.header("Content-Type").orElse(""))
            ? response.withHeaders(ofOtherBytes(response.headers()))
                .withBody(new Body.Bytes(indented(new String(bytes, StandardCharsets.UTF_8)).getBytes(
                    StandardCharsets.UTF_8)))
            : response;
  }

  private static Headers ofOtherBytes(Headers headers) {
    Headers.Builder kept = headers.toBuilder();
    OF_THE_BYTES.forEach(kept::remove);
    return kept.build();
  }

  /** Reads tokens, not values: whatever the codec wrote stays as it is (RFC 8259 section 2). */
  private String indented(String json) {
    var out = new StringBuilder(json.length() * 2);
    int depth = 0;
    for (int i = 0; i < json.length(); i++) {
      char at = json.charAt(i);
      switch (at) {
        case '"' -> {
          int end = endOfString(json, i);
          out.append(json, i, end);
          i = end - 1;
        }
        case '{', '[' -> {
          int next = skipSpace(json, i + 1);
          boolean isEmpty = next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']');
          out.append(at);
          if (isEmpty) {
            out.append(json.charAt(next));
            i = next;
          } else {
            line(out, ++depth);
          }
        }
        case '}', ']' -> line(out, --depth).append(at);
        case ',' -> line(out.append(at), depth);
        case ':' -> out.append(": ");
        case ' ', '\t', '\n', '\r' -> {
          // Ours takes its place.
        }
        default -> out.append(at);
      }
    }
    return out.append('\n').toString();
  }

  private StringBuilder line(StringBuilder out, int depth) {
    return out.append('\n').repeat(' ', spaces * Math.clamp(depth, 0, MAX_DEPTH));
  }

  private static int skipSpace(String json, int from) {
    int at = from;
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfString(String json, int from) {
    int at = from + 1;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(json.length(), at + 1);
  }
}
