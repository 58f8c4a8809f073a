package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets a cache behind it tell answers apart by what the application makes of a request, not by what stands in it: markets are few where {@code Accept-Language} has
 * thousands of values, variants of an experiment are two where each visitor has a cookie of his own.
 *
 * <p>{@code app.use(VaryBy.of("Edge-Variant", hero::cacheKey), cache.vary("Edge-Variant"))}: the value is a field of the request for all that follows, whatever the client sent
 * under that name, and the cache keeps one answer for each. On its way out the field's name in {@code Vary} gives way to those fields that the value was made from, for
 * a client does not send it: a cache that believed it would give one variant to everybody.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class VaryBy implements Gate {
  private final String field;
  private final Function<? super Context, String> value;
  private final Function<? super Context, ? extends Collection<String>> madeFrom;

  private VaryBy(String field, Function<? super Context, String> value,
      Function<? super Context, ? extends Collection<String>> madeFrom) {
    this.field = field;
    this.value = value;
    this.madeFrom = madeFrom;
  }

  /** A field of that name with this value, made from cookies. The function must not block, and give what a field can hold. */
  public static VaryBy of(String field, Function<? super Context, String> value) {
    return new VaryBy(field, value, _ -> List.of("Cookie"));
  }

  /** Says that the value was made from these fields of the request; none if its path or query says all. */
  public VaryBy madeFrom(String... fields) {
    List<String> all = List.of(fields);
    return madeFrom(_ -> all);
  }

  /** As {@link #madeFrom(String...)}, for each request: asked when the response leaves. */
  public VaryBy madeFrom(Function<? super Context, ? extends Collection<String>> fields) {
    return new VaryBy(field, value, fields);
  }

  @Override
  public Verdict before(Context c) {
    c.rewrite(c.request().withHeader(field, value.apply(c)));
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    List<String> vary = response.headers().list("Vary");
    if (vary.stream().noneMatch(field::equalsIgnoreCase)) {
      return response;
    }
    Set<String> told = new LinkedHashSet<>();
    Set<String> known = new LinkedHashSet<>();
    for (String name : vary) {
      Collection<String> names = name.equalsIgnoreCase(field) ? madeFrom.apply(c) : List.of(name);
      names.stream().filter(each -> known.add(each.toLowerCase(Locale.ROOT))).forEach(told::add);
    }
    return response.withHeaders(told.isEmpty() ? response.headers().without("Vary")
        : response.headers()
            .with("Vary", String.join(", ", told)));
  }
}
