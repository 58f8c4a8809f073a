package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Next;
import dev.edge4j.Value;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Lets through only whom an earlier middleware, {@link JwtAuth} say, has proved, and who may: 401 for an anonymous request, 403 for a
 * subject who may not, for a missing scope with the challenge {@code insufficient_scope} that names it (RFC 6750 section 3.1).
 *
 * <p>Rules are put together by {@link #and} and {@link #or}; {@link #denyByDefault} sees to it that none is forgotten.
 */
public final class Authorize implements Gate {
  private static final Headers CHALLENGE = Headers.of("WWW-Authenticate", "Bearer");

  /** Whether a request is about something that belongs to its subject. */
  @FunctionalInterface
  public interface Owner {
    boolean owns(Context c, Principal principal) throws Exception;
  }

  private interface Rule {
    Optional<HttpError> refusal(Context c, Optional<Principal> who) throws Exception;
  }

  private final Rule rule;
  private final boolean mayWait;

  private Authorize(Rule rule, boolean mayWait) {
    this.rule = rule;
    this.mayWait = mayWait;
  }

  private static Authorize known(BiPredicate<Context, Principal> allowed, HttpError refusal) {
    return new Authorize((c, who) -> who.isEmpty() ? Optional.of(anonymous())
        : allowed.test(c, who.get()) ? Optional.empty() : Optional.of(refusal), false);
  }

  private static HttpError anonymous() {
    return new HttpError(401, "say who you are", CHALLENGE);
  }

  /** Anyone at all: says of a route that it is open on purpose, where {@link #denyByDefault} asks. */
  public static Authorize anyone() {
    return new Authorize((_, _) -> Optional.empty(), false);
  }

  /** Anyone who is known. */
  public static Authorize authenticated() {
    return allRoles(Set.of());
  }

  /** Those who have that role. */
  public static Authorize role(String role) {
    return allRoles(Set.of(named(role)));
  }

  /** Those who have one of these roles. */
  public static Authorize anyRole(String... roles) {
    List<String> all = several(roles).stream().map(Authorize::named).toList();
    return known((_, who) -> all.stream().anyMatch(who::hasRole), tooFar());
  }

  /** Those who have all of these roles. */
  public static Authorize allRoles(String... roles) {
    return allRoles(Set.copyOf(several(roles).stream().map(Authorize::named).toList()));
  }

  private static Authorize allRoles(Set<String> roles) {
    return known((_, who) -> who.roles().containsAll(roles), tooFar());
  }

  /**
   * Those whose token was given all of these scopes (RFC 8693 section 4.2): words of its claim {@code scope}, or of the list {@code scp}. A
   * scope says what a token is for, not what its subject may do.
   */
  public static Authorize scope(String... words) {
    Set<String> all = Set.copyOf(several(words).stream().map(Scopes::check).toList());
    String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", words) + '"';
    return known((_, who) -> Scopes.of(who).containsAll(all), new HttpError(403, "your token is not meant for this",
        Headers.of("WWW-Authenticate", challenge)));
  }

  /**
   * The subject whom that parameter of the path names: {@code app.use("/users/:id/*", Authorize.owner("id"))}. The parameter must be one of
   * the pattern that this is registered with; if it is not, requests fail with {@link IllegalStateException}.
   */
  public static Authorize owner(String parameter) {
    return known((c, who) -> {
      Value named = c.param(parameter);
      if (!named.isPresent()) {
        throw new IllegalStateException("Authorize.owner(\"" + parameter
            + "\") in a place without that parameter (expected: use(\"/users/:" + parameter + "/*\", ...))");
      }
      return named.asString().equals(who.subject());
    }, notYours());
  }

  /** The subjects of whom this says so. It may wait, for the store that knows, and runs on a virtual thread. */
  public static Authorize owner(Owner owner) {
    return new Authorize((c, who) -> who.isEmpty() ? Optional.of(anonymous())
        : owner.owns(c, who.get()) ? Optional.empty() : Optional.of(notYours()), true);
  }

  /**
   * Keeps an application from starting while a route behind this has no {@code Authorize} of its own: register this first, then each route
   * with a rule, or with {@link #anyone}. A rule counts if it was registered behind this and stands around every path of the route, by
   * itself or within {@link Every}. One within {@link Except} does not count; one within {@link Some} does if all gates there are rules.
   *
   * <p>{@link dev.edge4j.App#seal} throws {@link IllegalStateException} with a line for each such route, and so does what comes first: the
   * start of a server, or a request.
   */
  public static Gate denyByDefault() {
    return new DenyByDefault();
  }

  /** Whom both let in. */
  public Authorize and(Authorize other) {
    return new Authorize((c, who) -> {
      Optional<HttpError> refusal = rule.refusal(c, who);
      return refusal.isPresent() ? refusal : other.rule.refusal(c, who);
    }, mayWait || other.mayWait);
  }

  /** Whom one of the two lets in; who is refused by both hears from the second. */
  public Authorize or(Authorize other) {
    return new Authorize((c, who) -> rule.refusal(c, who).isEmpty() ? Optional.empty() : other.rule.refusal(c, who),
        mayWait || other.mayWait);
  }

  @Override
  public Verdict before(Context c) {
    if (mayWait && c.get(Principal.KEY).isPresent()) {
      return Verdict.offload();
    }
    try {
      return refusal(c).map(error -> Verdict.answer(c.problem(error))).orElse(Verdict.pass());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("only an owner rule throws, and none was asked", e);
    }
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<HttpError> refusal = refusal(c);
    return refusal.isPresent() ? c.problem(refusal.get()) : next.proceed();
  }

  private Optional<HttpError> refusal(Context c) throws Exception {
    return rule.refusal(c, c.get(Principal.KEY));
  }

  private static Forbidden tooFar() {
    return new Forbidden("your roles do not reach this far");
  }

  private static Forbidden notYours() {
    return new Forbidden("this is not yours");
  }

  private static String named(String role) {
    if (role.isBlank()) {
      throw new IllegalArgumentException("role: \"" + role + "\" (expected: a name such as admin)");
    }
    return role;
  }

  private static List<String> several(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException(
          "no role or scope (expected: one at least; Authorize.authenticated() asks for none)");
    }
    return Arrays.asList(names);
  }
}
