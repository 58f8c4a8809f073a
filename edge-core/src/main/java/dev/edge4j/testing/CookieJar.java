package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The cookies of one visitor. Safe for use by many threads. */
final class CookieJar {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  /** By name and path, which are what makes a cookie replace another. */
  private final Map<List<String>, StoredCookie> cookies = new LinkedHashMap<>();

  CookieJar(InstantSource clock) {
    this.clock = clock;
  }

  /** The request with the cookies that belong to its path, after any of its own. */
  Outgoing fill(Outgoing out) {
    var pairs = new ArrayList<>(out.headers().all("Cookie"));
    lock.lock();
    try {
      cookies.values().removeIf(cookie -> !cookie.end().isAfter(clock.instant()));
      // The longer path first (RFC 6265 section 5.4), for servers take the first of a name.
      cookies.values()
          .stream()
          .filter(cookie -> cookie.isFor(out.path()))
          .sorted(Comparator.comparing((StoredCookie cookie) -> cookie.path().length()).reversed())
          .forEach(cookie -> pairs.add(cookie.name() + "=" + cookie.value()));
    } finally {
      lock.unlock();
    }
    return pairs.isEmpty() ? out : out.with("Cookie", String.join("; ", pairs));
  }

  /** Keeps what the answer to that request set. */
  void keep(Outgoing out, Headers answer) {
    lock.lock();
    try {
      for (String line : answer.all("Set-Cookie")) {
        StoredCookie.parse(line, out.path(), clock.instant())
            .ifPresent(cookie -> cookies.put(List.of(cookie.name(), cookie.path()), cookie));
      }
    } finally {
      lock.unlock();
    }
  }
}
