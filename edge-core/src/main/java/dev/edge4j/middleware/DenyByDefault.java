package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Middleware;
import dev.edge4j.RouteRule;
import dev.edge4j.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * See {@link Authorize#denyByDefault}. A check at start and not for each request: a forgotten rule is a mistake of who writes the program,
 * and should be found there. By the time that a gate could see that no rule has passed a request, its handler has run.
 */
final class DenyByDefault implements Gate, RouteRule {
  @Override
  public Verdict before(Context c) {
    return Verdict.pass();
  }

  @Override
  public Optional<String> check(List<Middleware> behind) {
    return behind.stream().anyMatch(DenyByDefault::decides) ? Optional.empty()
        : Optional.of(
            "says to nobody who may ask (expected: an Authorize around all of its paths, or Authorize.anyone())");
  }

  private static boolean decides(Middleware middleware) {
    return switch (middleware) {
      case Authorize _ -> true;
      case Every every -> every.gates().stream().anyMatch(DenyByDefault::decides);
      case Some some -> some.gates().stream().allMatch(DenyByDefault::decides);
      default -> false;
    };
  }

  @Override
  public String name() {
    return "DenyByDefault";
  }
}
