package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Preferences;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the language to answer in, among those that the application has: by the query ({@code ?lang=de}), else by a cookie ({@code language}),
 * else by {@code Accept-Language}, else the first of ours. Each is looked up as RFC 4647 section 3.4 says: {@code de-AT} finds {@code de}. It
 * stands in {@link #KEY}, spelled as the application spells it.
 *
 * <p>The response says in {@code Vary} which fields were asked, so that a cache between does not give one visitor's language to the next: one
 * that the query decided varies by none.
 */
public final class Language implements Gate {
  /** The language of the request. */
  public static final Key<String> KEY = Key.named("language");

  private static final Key<String> ASKED = Key.named("language-asked");
  private static final Key<Boolean> CHOSEN = Key.named("language-chosen");
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

  private final List<String> supported;
  private final List<Source> sources;
  private final Optional<Duration> remembered;

  private Language(List<String> supported, List<Source> sources, Optional<Duration> remembered) {
    this.supported = List.copyOf(supported);
    this.sources = List.copyOf(sources);
    this.remembered = remembered;
  }

  /** Where a language may be named. */
  public sealed interface Source {
    /** The segment of the path at that place, 0 for the first. */
    record Path(int segment) implements Source {}

    /** A parameter of the query. */
    record Query(String name) implements Source {}

    /** A cookie. */
    record Cookie(String name) implements Source {}

    /** {@code Accept-Language}, the most welcome first. */
    record Header() implements Source {}
  }

  /** Tags that the application answers in, the first where nothing else is found: {@code Language.of("en", "de", "pt-BR")}. */
  public static Language of(String... supported) {
    List<String> tags = List.of(supported);
    if (tags.isEmpty() || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
      throw new IllegalArgumentException("languages: " + tags + " (expected: at least one, such as en or pt-BR)");
    }
    return new Language(tags, List.of(new Source.Query("lang"), new Source.Cookie("language"), new Source.Header()),
        Optional.empty());
  }

  /** Asks these, in this order, in place of the usual ones. */
  public Language from(Source... order) {
    if (order.length == 0) {
      throw new IllegalArgumentException("sources of a language: none (expected: at least one)");
    }
    return new Language(supported, List.of(order), remembered);
  }

  /**
   * Keeps what the path or the query named in the first cookie that is asked, for that long; {@link IllegalArgumentException} if none is
   * asked. What the header says is not kept: the browser says it again.
   */
  public Language remembering(Duration time) {
    if (cookie().isEmpty() || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("remembering a language for " + time
          + " (expected: more than zero, and a cookie among the sources)");
    }
    return new Language(supported, sources, Optional.of(time));
  }

  private Optional<String> cookie() {
    return sources.stream()
        .<String>flatMap(source -> source instanceof Source.Cookie(String name) ? Stream.of(name) : Stream.empty())
        .findFirst();
  }

  @Override
  public Verdict before(Context c) {
    List<String> asked = new ArrayList<>(2);
    String language = supported.getFirst();
    for (Source source : sources) {
      Optional<String> found = find(c, source, asked);
      if (found.isPresent()) {
        language = found.get();
        if (source instanceof Source.Path || source instanceof Source.Query) {
          c.set(CHOSEN, true);
        }
        break;
      }
    }
    c.set(KEY, language);
    c.set(ASKED, String.join(", ", asked));
    return Verdict.pass();
  }

  private Optional<String> find(Context c, Source source, List<String> asked) {
    return switch (source) {
      case Source.Path(int segment) -> segment(c.path(), segment).flatMap(this::lookup);
      case Source.Query(String name) -> c.query(name).text().flatMap(this::lookup);
      case Source.Cookie(String name) -> {
        asked.add("Cookie");
        yield c.cookie(name).flatMap(this::lookup);
      }
      case Source.Header() -> {
        asked.add("Accept-Language");
        yield Preferences.languages(c.headers()).lookup(supported);
      }
    };
  }

  private Optional<String> lookup(String tag) {
    return tag.length() <= 64 ? Preferences.lookup(tag, supported) : Optional.empty();
  }

  private static Optional<String> segment(String path, int index) {
    String[] segments = path.split("/", -1);
    return index + 1 < segments.length ? Optional.of(segments[index + 1]) : Optional.empty();
  }

  @Override
  public Response after(Context c, Response response) {
    String asked = c.require(ASKED);
    Response varied = asked.isEmpty() ? response : response.withAddedHeader("Vary", asked);
    String language = c.require(KEY);
    return remembered.isPresent() && c.get(CHOSEN).isPresent() && !c.cookie(cookie().orElseThrow())
        .equals(Optional.of(
            language)) ? varied.withCookie(SetCookie.of(cookie().orElseThrow(), language).withMaxAge(remembered.get()))
                : varied;
  }
}
