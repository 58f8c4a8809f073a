package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import java.util.Optional;

/**
 * Lets through only whom an earlier middleware, {@link JwtAuth} say, has proved: 401 for an anonymous request, 403 for a subject
 * without the role.
 */
public final class Authorize implements Gate {
  private static final Headers CHALLENGE = Headers.of("WWW-Authenticate", "Bearer");

  private final Optional<String> role;

  private Authorize(Optional<String> role) {
    this.role = role;
  }

  /** Anyone who is known. */
  public static Authorize authenticated() {
    return new Authorize(Optional.empty());
  }

  /** Those who have that role. */
  public static Authorize role(String role) {
    if (role.isBlank()) {
      throw new IllegalArgumentException("role: \"" + role + "\" (expected: a name such as admin)");
    }
    return new Authorize(Optional.of(role));
  }

  @Override
  public Verdict before(Context c) {
    Optional<Principal> principal = c.get(Principal.KEY);
    if (principal.isEmpty()) {
      return Verdict.answer(c.problem(new HttpError(401, "say who you are", CHALLENGE)));
    }
    if (role.isPresent() && !principal.get().hasRole(role.get())) {
      return Verdict.answer(c.problem(new Forbidden("your roles do not reach this far")));
    }
    return Verdict.pass();
  }
}
