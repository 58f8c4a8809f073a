package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proves who sent a request by a name and a password ({@code Authorization: Basic}, RFC 7617), in UTF-8. On success {@link Principal#KEY} is set. Without them, or
 * with others, the answer is 401. The password comes with every request, so use it over TLS alone.
 *
 * <p>Names and passwords that are given here are compared in a time that tells nothing about them. A {@linkplain #verifying verifier} may wait, for a
 * database or because a password is hashed slowly, as it should be; it runs on a virtual thread.
 */
public final class BasicAuth implements Gate {
  private static final String SCHEME = "Basic ";

  /** Decides about a name and a password. */
  @FunctionalInterface
  public interface Verifier {
    boolean isRight(String name, String password) throws Exception;
  }

  private record Credentials(String name, String password) {}

  /** Digests of name and password, one behind the other. */
  private final List<byte[]> users;
  private final Optional<Verifier> verifier;
  private final String realm;

  private BasicAuth(List<byte[]> users, Optional<Verifier> verifier, String realm) {
    this.users = users;
    this.verifier = verifier;
    this.realm = realm;
  }

  /** Lets that user in; for tools, not for visitors. */
  public static BasicAuth user(String name, String password) {
    return new BasicAuth(List.of(), Optional.empty(), "Restricted").and(name, password);
  }

  /** Lets in whom this approves of. */
  public static BasicAuth verifying(Verifier verifier) {
    return new BasicAuth(List.of(), Optional.of(verifier), "Restricted");
  }

  /** And that user too. */
  public BasicAuth and(String name, String password) {
    if (name.isEmpty() || name.indexOf(':') >= 0 || password.isEmpty()) {
      throw new IllegalArgumentException("user \"" + name
          + "\" (expected: a name without a colon, RFC 7617 section 2, and a password)");
    }
    var all = new ArrayList<>(users);
    all.add(digest(new Credentials(name, password)));
    return new BasicAuth(List.copyOf(all), verifier, realm);
  }

  /** What is protected, as a browser shows it. */
  public BasicAuth realm(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("realm: \"" + text + "\" (expected: printable ASCII)");
    }
    return new BasicAuth(users, verifier, text);
  }

  @Override
  public Verdict before(Context c) {
    Optional<Credentials> given = credentials(c);
    if (given.isEmpty()) {
      return refused(c);
    }
    byte[] digest = digest(given.get());
    boolean known = false;
    for (byte[] user : users) {
      known |= MessageDigest.isEqual(user, digest); // all of them, so that the time tells nothing
    }
    if (known) {
      return letIn(c, given.get());
    }
    return verifier.isPresent() ? Verdict.offload() : refused(c);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<Credentials> given = credentials(c);
    if (given.isEmpty() || verifier.isEmpty() || !verifier.get().isRight(given.get().name, given.get().password)) {
      return c.problem(unauthorized());
    }
    Verdict _ = letIn(c, given.get());
    return next.proceed();
  }

  private static Verdict letIn(Context c, Credentials given) {
    c.set(Principal.KEY, new Principal(given.name, Set.of(), Map.of()));
    return Verdict.pass();
  }

  private Verdict refused(Context c) {
    return Verdict.answer(c.problem(unauthorized()));
  }

  private HttpError unauthorized() {
    String quoted = realm.replace("\\", "\\\\").replace("\"", "\\\"");
    return new HttpError(401, "a name and a password are required", Headers.of("WWW-Authenticate", "Basic realm=\""
        + quoted + "\", charset=\"UTF-8\""));
  }

  private static Optional<Credentials> credentials(Context c) {
    List<String> lines = c.headers().all("Authorization");
    if (lines.size() != 1 || !lines.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(lines.getFirst().substring(SCHEME.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 1 || pair.chars().anyMatch(Character::isISOControl) ? Optional.empty() // RFC 7617 section 2
          : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] digest(Credentials credentials) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] name = sha.digest(credentials.name.getBytes(StandardCharsets.UTF_8));
      byte[] password = sha.digest(credentials.password.getBytes(StandardCharsets.UTF_8));
      byte[] both = Arrays.copyOf(name, name.length + password.length);
      System.arraycopy(password, 0, both, name.length, password.length);
      return both;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
