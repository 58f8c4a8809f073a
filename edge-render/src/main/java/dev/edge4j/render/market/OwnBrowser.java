package dev.edge4j.render.market;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps a response out of shared caches in front of us, as long as it may be kept at all (RFC 9111 section 5.2.2). */
final class OwnBrowser {
  private OwnBrowser() {}

  static Response alone(Response response) {
    List<String> directives = response.headers().list("Cache-Control");
    boolean free = directives.stream()
        .map(each -> each.toLowerCase(Locale.ROOT))
        .noneMatch(each -> each.equals("private") || each.equals("no-store"));
    if (!free) {
      return response;
    }
    List<String> kept = new ArrayList<>(List.of("private"));
    directives.stream()
        .filter(each -> !each.equalsIgnoreCase("public") && !each.toLowerCase(Locale.ROOT).startsWith("s-maxage"))
        .forEach(kept::add);
    return response.withHeader("Cache-Control", String.join(", ", kept));
  }
}
