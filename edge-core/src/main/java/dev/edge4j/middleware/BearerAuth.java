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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Proves who sent a request by an opaque token ({@code Authorization: Bearer}, RFC 6750): for machines and tools; {@link JwtAuth} has
 * tokens that say themselves whose they are. On success {@link Principal#KEY} is set. Without a token the answer is 401, with one that is
 * unknown 401 {@code invalid_token}, with what is no token, or with several of them, 400 {@code invalid_request} (section 3.1).
 *
 * <p>Tokens that are given here are kept as digests and compared in a time that tells nothing about them. A
 * {@linkplain #verifying verifier} may wait, for a database say; it runs on a virtual thread.
 */
public final class BearerAuth implements Gate {
  private static final int MIN_CHARACTERS = 16;
  private static final int MAX_CHARACTERS = 4096;
  /** RFC 6750 section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** Says whose token that is, if it is good. */
  @FunctionalInterface
  public interface Verifier {
    Optional<Principal> verify(String token) throws Exception;
  }

  private record Known(byte[] digest, Principal whose) {}

  private record Settings(String header, String scheme, String realm) {
    private static final Settings DEFAULT = new Settings("Authorization", "Bearer", "");
  }

  private final List<Known> known;
  private final Optional<Verifier> verifier;
  private final Settings settings;

  private BearerAuth(List<Known> known, Optional<Verifier> verifier, Settings settings) {
    this.known = known;
    this.verifier = verifier;
    this.settings = settings;
  }

  /** Takes that token as proof of that subject; at least 16 characters, from a random generator. */
  public static BearerAuth token(String subject, String token) {
    return token(principal(subject), token);
  }

  /** As {@link #token(String, String)}, for a subject with roles or claims, {@code scope} say. */
  public static BearerAuth token(Principal whose, String token) {
    return new BearerAuth(List.of(), Optional.empty(), Settings.DEFAULT).and(whose, token);
  }

  /** Takes the tokens that this knows. */
  public static BearerAuth verifying(Verifier verifier) {
    return new BearerAuth(List.of(), Optional.of(verifier), Settings.DEFAULT);
  }

  /** And that token too: another subject's, or the next one of the same while the old one is still about. */
  public BearerAuth and(String subject, String token) {
    return and(principal(subject), token);
  }

  /** As {@link #and(String, String)}, for a subject with roles or claims. */
  public BearerAuth and(Principal whose, String token) {
    if (token.length() < MIN_CHARACTERS || token.length() > MAX_CHARACTERS || !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("token of " + whose.subject() + ": " + token.length()
          + " characters (expected: 16 to 4096 random ones of A-Z a-z 0-9 - . _ ~ + /, RFC 6750 section 2.1)");
    }
    var all = new ArrayList<>(known);
    all.add(new Known(digest(token), whose));
    return new BearerAuth(List.copyOf(all), verifier, settings);
  }

  private static Principal principal(String subject) {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("subject: \"\" (expected: whose the token is)");
    }
    return new Principal(subject, Set.of(), Map.of());
  }

  /** Reads tokens from that field: {@code header("X-Api-Key").scheme("")}. */
  public BearerAuth header(String name) {
    Headers.of(name, ""); // refuses what is no name
    return with(new Settings(name, settings.scheme, settings.realm));
  }

  /** Takes another word in front of a token, {@code Token} say, in any case; an empty one for none. */
  public BearerAuth scheme(String word) {
    if (!word.isEmpty()) {
      Headers.of(word, ""); // a scheme is a token as the name of a field is
    }
    return with(new Settings(settings.header, word, settings.realm));
  }

  /** What is protected, for the challenge; printable ASCII. */
  public BearerAuth realm(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("realm: \"" + text + "\" (expected: printable ASCII)");
    }
    return with(new Settings(settings.header, settings.scheme, text));
  }

  private BearerAuth with(Settings changed) {
    return new BearerAuth(known, verifier, changed);
  }

  @Override
  public Verdict before(Context c) {
    List<String> lines = c.headers().all(settings.header);
    if (lines.isEmpty() || (lines.size() == 1 && !isOurs(lines.getFirst()))) {
      return Verdict.answer(c.problem(error(401, "a token is required", "")));
    }
    String token = token(lines.getFirst());
    if (lines.size() > 1 || !isToken(token)) {
      return Verdict.answer(c.problem(error(400, "one token is expected", "invalid_request")));
    }
    Optional<Principal> whose = known(digest(token));
    if (whose.isEmpty()) {
      return verifier.isPresent() ? Verdict.offload() : Verdict.answer(c.problem(unknown()));
    }
    c.set(Principal.KEY, whose.get());
    return Verdict.pass();
  }

  /** Asks all of them, so that the time tells nothing. */
  private Optional<Principal> known(byte[] digest) {
    Optional<Principal> whose = Optional.empty();
    for (Known each : known) {
      if (MessageDigest.isEqual(each.digest, digest)) {
        whose = Optional.of(each.whose);
      }
    }
    return whose;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return switch (before(c)) {
      case Verdict.Answer(Response refused) -> refused;
      case Verdict.Pass _ -> next.proceed();
      case Verdict.Offload _ -> {
        String token = token(c.headers().first(settings.header).orElseThrow());
        Optional<Principal> whose = verifier.orElseThrow().verify(token);
        whose.ifPresent(proved -> c.set(Principal.KEY, proved));
        yield whose.isPresent() ? next.proceed() : c.problem(unknown());
      }
    };
  }

  /** Another scheme is no attempt at this one (RFC 6750 section 3.1: no error code if the request lacks any authentication information). */
  private boolean isOurs(String line) {
    int length = settings.scheme.length();
    return line.regionMatches(true, 0, settings.scheme, 0, length)
        && (length == 0 || line.length() == length || line.charAt(length) == ' ');
  }

  private String token(String line) {
    return line.substring(Math.min(line.length(), settings.scheme.length())).strip();
  }

  private static boolean isToken(String token) {
    return token.length() <= MAX_CHARACTERS && TOKEN.matcher(token).matches();
  }

  private HttpError unknown() {
    return error(401, "the token is not valid", "invalid_token");
  }

  private HttpError error(int status, String message, String code) {
    var parameters = new ArrayList<String>();
    if (!settings.realm.isEmpty()) {
      parameters.add("realm=\"" + settings.realm.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
    if (!code.isEmpty()) {
      parameters.add("error=\"" + code + '"');
    }
    String scheme = settings.scheme.isEmpty() ? "Bearer" : settings.scheme;
    String challenge = parameters.isEmpty() ? scheme : scheme + " " + String.join(", ", parameters);
    return new HttpError(status, message, Headers.of("WWW-Authenticate", challenge));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
