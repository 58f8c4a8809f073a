package dev.edge4j;

import dev.edge4j.http.Response;

/**
 * Stands around the rest of a chain. It calls {@code next.proceed()} and may change what comes back, or answers by itself.
 * Exceptions of what follows travel through it, so {@code try}/{@code catch} around {@code proceed} works. Runs on a virtual
 * thread and may block.
 */
@FunctionalInterface
public interface Middleware {
  Response handle(Context c, Next next) throws Exception;

  /** The name that a printed route table shows. */
  default String name() {
    String simple = getClass().getSimpleName();
    int lambda = simple.indexOf("$$Lambda");
    return simple.isEmpty() || lambda >= 0 ? "(middleware)" : simple;
  }
}
