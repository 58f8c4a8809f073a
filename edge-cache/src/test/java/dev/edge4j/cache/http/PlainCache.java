package dev.edge4j.cache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache of one target with explicit freshness alone, as plainly as it can be told: facts instead of fields, whole seconds, a loop
 * over a list. It shares no code with the rules; {@link LikeThePlainCacheTest} holds them against it.
 */
final class PlainCache {
  static final int NO = -1;
  private static final int KEEP = 600;

  /** What the origin says of a response; times are {@link #NO} if it says nothing of them. */
  record Said(int maxAge, int sMaxAge, int swr, int sie, int age, boolean noStore, boolean noCache, boolean isPrivate,
      boolean isPublic, boolean must, boolean etag, boolean vary, boolean cookie) {

    int life() {
      return sMaxAge != NO ? sMaxAge : Math.max(maxAge, 0);
    }

    boolean open() {
      return isPublic || must || sMaxAge != NO;
    }

    int past(int time) {
      return must || noCache ? 0 : Math.max(time, 0);
    }

    Said but(boolean varies) {
      return new Said(maxAge, sMaxAge, swr, sie, age, noStore, noCache, isPrivate, isPublic, must, etag, varies,
          cookie);
    }
  }

  /** What a client says. */
  record Asked(String language, boolean authorized, boolean noCache, boolean noStore, boolean onlyIfCached, int maxAge,
      int maxStale, int minFresh, int sie) {}

  private record Entry(int body, Said said, String language, int at) {}

  private List<Entry> kept = new ArrayList<>();

  /** Which body is answered, and how old it is; {@code origin} is what it would say as its answer of that number, null if it is away. */
  String ask(int now, Asked asked, @Nullable Said origin, int number) {
    Entry found = null;
    for (Entry one : kept) {
      boolean matches = !one.said.vary || one.language.equals(asked.language);
      if (found == null && matches && !asked.noStore && !(asked.authorized && !one.said.open())) {
        found = one;
      }
    }
    int age = found == null ? 0 : found.said.age + now - found.at;
    int past = found == null ? 0 : age - found.said.life();
    if (found != null && maySay(found.said, asked, age, past)) {
      return found.body + " of " + age;
    }
    if (asked.onlyIfCached) {
      return "504";
    }
    if (origin == null) {
      return found != null && mayStandIn(found.said, asked, past) ? found.body + " of " + age : "nothing";
    }
    if (found != null && found.said.etag && origin.etag) {
      kept.remove(found);
      Said said = origin.but(origin.vary || found.said.vary);
      keep(new Entry(found.body, said, asked.language, now), asked, true);
      return found.body + " of " + said.age;
    }
    keep(new Entry(number, origin, asked.language, now), asked, false);
    return number + " new";
  }

  private void keep(Entry added, Asked asked, boolean validated) {
    Said said = added.said;
    if (mayKeep(said, asked, validated)) {
      kept.removeIf(one -> one.said.vary != said.vary || !said.vary || one.language.equals(added.language));
      kept.add(0, added);
    }
  }

  private static boolean maySay(Said said, Asked asked, int age, int past) {
    if (asked.noCache || said.noCache || (asked.maxAge != NO && age > asked.maxAge)) {
      return false;
    }
    if (past < 0) {
      return asked.minFresh == NO || -past >= asked.minFresh;
    }
    boolean strict = said.must || said.sMaxAge != NO;
    boolean revalidating = asked.maxAge == NO && past < said.past(said.swr);
    return asked.minFresh == NO && (revalidating || (!strict && past <= asked.maxStale));
  }

  private static boolean mayStandIn(Said said, Asked asked, int past) {
    boolean strict = said.must || said.sMaxAge != NO;
    return !asked.noCache && !said.noCache && (past < 0 || past < said.past(said.sie) || (!strict && past < asked.sie));
  }

  private static boolean mayKeep(Said said, Asked asked, boolean validated) {
    int use = said.life() + Math.max(said.etag ? KEEP : 0, Math.max(said.past(said.swr), said.past(said.sie)));
    boolean forOne = said.isPrivate || said.noStore || (said.cookie && !validated) || (asked.authorized && !said
        .open());
    return !forOne && !asked.noStore && use > said.age && (said.etag || !said.noCache);
  }
}
