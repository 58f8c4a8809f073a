package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.PlainCache.NO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.cache.http.PlainCache.Asked;
import dev.edge4j.cache.http.PlainCache.Said;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** On any history of requests, answers and steps of the clock the rules do what {@link PlainCache} does. */
class LikeThePlainCacheTest {
  /** The clock goes on by {@code step}, then somebody asks; the origin is away, or would say that. */
  record Event(int step, Asked asked, Said said, boolean away) {}

  /** Up to five of them. */
  private record Times(int a, int b, int c, int d, int e) {}

  @Provide
  Arbitrary<Event> events() {
    Arbitrary<Integer> time = Arbitraries.of(NO, NO, 0, 5, 20, 40);
    Arbitrary<Integer> seldom = Arbitraries.of(NO, NO, NO, NO, NO, 0, 3, 30);
    Arbitrary<Boolean> rare = Arbitraries.of(false, false, false, false, false, true);
    Arbitrary<Boolean> even = Arbitraries.of(true, false);
    Arbitrary<Said> said = Combinators.combine(Combinators.combine(time, seldom, seldom, seldom, Arbitraries.of(0, 0, 0,
        7)).as(Times::new), rare, rare, rare, rare, rare, even, rare)
        .flatAs((t, noStore, noCache, isPrivate, isPublic, must, etag, vary) -> rare.map(cookie -> new Said(t.a(), t
            .b(),
            t.c(), t.d(), t.e(), noStore, noCache, isPrivate, isPublic, must, etag, vary, cookie)));
    Arbitrary<Asked> asked = Combinators.combine(Arbitraries.of("", "de", "en"), rare, rare, rare, rare, Combinators
        .combine(seldom, seldom, seldom, seldom)
        .as((a, b, c, d) -> new Times(a, b, c, d, NO)))
        .as((language, auth, noCache, noStore, only, t) -> new Asked(language, auth, noCache, noStore, only, t.a(), t
            .b(),
            t.c(), t.d()));
    return Combinators.combine(Arbitraries.of(0, 1, 5, 10, 25, 100), asked, said, rare).as(Event::new);
  }

  @Property(tries = 500)
  void sameAnswers(@ForAll @Size(max = 25) List<@From("events") Event> history) {
    var plain = new PlainCache();
    var real = new RealCache();
    int now = 0;
    int number = 0;
    for (Event event : history) {
      now += event.step;
      number++;
      Said said = event.away ? null : event.said;
      String expected = plain.ask(now, event.asked, said, number);
      assertEquals(expected, real.ask(now, event.asked, said, number), () -> "at " + event);
    }
  }

  /** A cache of one target around the rules, with nothing of its own. */
  private static final class RealCache {
    private final CacheRules rules = new CacheRules(CachePolicy.EXPLICIT.obey(RequestDirective.all()));
    private List<StoredResponse> stored = List.of();

    String ask(int second, Asked asked, @Nullable Said said, int number) {
      Instant now = HttpCases.NOW.plusSeconds(second);
      Request request = request(asked);
      Decision decision = rules.decide(now, request, stored);
      if (decision instanceof Decision.Serve(StoredResponse found, Decision.Use use)) {
        return told(rules.answer(now, request, found, use));
      }
      if (decision instanceof Decision.Refuse) {
        return String.valueOf(CacheRules.refusal().status());
      }
      if (said == null) {
        return decision.standIn()
            .map(found -> told(rules.answer(now, request, found, Decision.Use.IF_ERROR)))
            .orElse("nothing");
      }
      boolean same = rules.forward(request, decision).headers().contains("If-None-Match") && said.etag();
      Response came = response(said, number, same ? 304 : 200);
      if (same && decision instanceof Decision.Validate validate) {
        Freshened fresh = rules.freshen(now, now, request, validate.stored(), came).orElseThrow();
        replace(validate.stored(), fresh.keep() ? Optional.of(fresh.stored()) : Optional.empty());
        return told(rules.answerValidated(now, request, fresh, came, validate.reason()));
      }
      if (rules.store(now, now, request, came) instanceof Storing.Store head) {
        stored = rules.beside(head.with(came.text().getBytes(StandardCharsets.UTF_8)), stored);
      }
      return number + " new";
    }

    private void replace(StoredResponse old, Optional<StoredResponse> fresh) {
      List<StoredResponse> others = stored.stream().filter(one -> !one.equals(old)).toList();
      stored = fresh.map(one -> rules.beside(one, others)).orElse(others);
    }

    private static String told(Response response) {
      return response.text() + " of " + response.header("Age").orElseThrow();
    }
  }

  private static Request request(Asked asked) {
    Headers.Builder fields = Headers.builder().add("Host", "shop.example");
    if (!asked.language().isEmpty()) {
      fields.add("Accept-Language", asked.language());
    }
    if (asked.authorized()) {
      fields.add("Authorization", "Bearer x");
    }
    List<String> control = new ArrayList<>();
    flag(control, "no-cache", asked.noCache());
    flag(control, "no-store", asked.noStore());
    flag(control, "only-if-cached", asked.onlyIfCached());
    time(control, "max-age", asked.maxAge());
    time(control, "max-stale", asked.maxStale());
    time(control, "min-fresh", asked.minFresh());
    time(control, "stale-if-error", asked.sie());
    control.forEach(line -> fields.add("Cache-Control", line));
    return Request.get("/tea").withHeaders(fields.build());
  }

  private static Response response(Said said, int number, int status) {
    List<String> control = new ArrayList<>(List.of("x"));
    time(control, "max-age", said.maxAge());
    time(control, "s-maxage", said.sMaxAge());
    time(control, "stale-while-revalidate", said.swr());
    time(control, "stale-if-error", said.sie());
    flag(control, "no-store", said.noStore());
    flag(control, "no-cache", said.noCache());
    flag(control, "private", said.isPrivate());
    flag(control, "public", said.isPublic());
    flag(control, "must-revalidate", said.must());
    Headers.Builder fields = Headers.builder().add("Cache-Control", String.join(", ", control));
    if (said.etag()) {
      fields.add("ETag", "\"v\"");
    }
    if (said.vary()) {
      fields.add("Vary", "Accept-Language");
    }
    if (said.cookie()) {
      fields.add("Set-Cookie", "a=b");
    }
    if (said.age() > 0) {
      fields.add("Age", String.valueOf(said.age()));
    }
    return Response.text(status, String.valueOf(number)).withHeaders(fields.build());
  }

  private static void flag(List<String> control, String directive, boolean there) {
    if (there) {
      control.add(directive);
    }
  }

  private static void time(List<String> control, String directive, int seconds) {
    if (seconds != NO) {
      control.add(directive + "=" + seconds);
    }
  }
}
