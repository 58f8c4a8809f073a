package dev.edge4j.proxy;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a message says about the servers that it has come through (RFC 9110 sections 7.6.2 and 7.6.3). Pure. */
final class Hops {
  /** A proxy may stand behind itself, as in a mesh of regions, but not for ever. */
  private static final int MOST_VISITS = 8;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private Hops() {}

  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name of a proxy: \"" + name
          + "\" (expected: 1 to 64 letters, digits, dots, hyphens, underscores)");
    }
    return name;
  }

  static boolean areTooMany(Headers headers, String name) {
    return headers.list("Via").stream().filter(hop -> isOf(hop, name)).count() >= MOST_VISITS;
  }

  private static boolean isOf(String hop, String name) {
    String[] parts = hop.split(" ", 3);
    return parts.length > 1 && parts[1].equalsIgnoreCase(name);
  }

  /** The request's own version is not known here; a proxy may say what it speaks itself. */
  static Headers on(Headers headers, String name) {
    Headers.Builder changed = headers.toBuilder();
    List<String> counts = headers.all("Max-Forwards");
    if (counts.size() == 1 && COUNT.matcher(counts.getFirst()).matches()) {
      changed.set("Max-Forwards", String.valueOf(Math.max(0, Integer.parseInt(counts.getFirst()) - 1)));
    }
    return changed.add("Via", "1.1 " + name).build();
  }

  /** The answer to OPTIONS that may go no further; to TRACE, nobody should get one. */
  static Optional<Response> answerOfLast(Request request) {
    boolean last = request.headers().all("Max-Forwards").equals(List.of("0"));
    return last && request.method().equals(Method.OPTIONS) ? Optional.of(Response.of(204)) : Optional.empty();
  }

  static Headers back(Headers headers, String version, String name) {
    return headers.withAdded("Via", version + " " + name);
  }

  /** The fields of a 101: which protocol it is goes on, for it begins here as there. */
  static Headers upgraded(Headers headers) {
    Headers.Builder kept = headers.toBuilder();
    List.of("Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding").forEach(kept::remove);
    return kept.build();
  }
}
