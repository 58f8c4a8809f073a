package dev.edge4j.examples.shop.ops;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.NotFound;
import dev.edge4j.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Lets in who sits at this machine: the connection comes from the loopback, was not forwarded by a proxy that says so, and names the machine as it names
 * itself. The last keeps out a site whose name was made to point here after its page was loaded (DNS rebinding). For everybody else there is nothing
 * here: 404.
 */
final class LocalOnly implements Gate {
  private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "Via", "CF-Connecting-IP",
      "X-Real-IP");

  @Override
  public Verdict before(Context c) {
    boolean local = c.client().address().isLoopbackAddress() && isOwnName(c.request().host()) && FORWARDED.stream()
        .noneMatch(name -> c.header(name).isPresent());
    return local ? Verdict.pass() : Verdict.answer(c.problem(new NotFound("there is nothing here")));
  }

  static boolean isOwnName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.isEmpty() || name.equals("localhost") || name.endsWith(".localhost") || name.equals("127.0.0.1") || name
        .equals("[::1]") || name.equals("::1");
  }
}
