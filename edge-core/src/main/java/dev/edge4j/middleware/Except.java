package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.function.Predicate;

/** Leaves a gate or a middleware out for some requests: {@code Except.when(c -> c.path().equals("/health"), RateLimit...)}. */
public final class Except {
  private Except() {}

  /** A gate that is passed by, both halves of it, where the condition holds; the condition must not block. */
  public static Gate when(Predicate<? super Context> condition, Gate gate) {
    return new OfGate(condition, gate, Key.named(gate.name() + "-excepted"));
  }

  /** A middleware that is passed by where the condition holds. */
  public static Middleware when(Predicate<? super Context> condition, Middleware middleware) {
    return middleware instanceof Gate gate ? when(condition, gate) : new OfMiddleware(condition, middleware);
  }

  private record OfMiddleware(Predicate<? super Context> condition, Middleware inner) implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      return condition.test(c) ? next.proceed() : inner.handle(c, next);
    }

    @Override
    public String name() {
      return "Except(" + inner.name() + ")";
    }
  }

  /** The condition is asked once: what it reads may have changed when the second half runs. */
  private record OfGate(Predicate<? super Context> condition, Gate inner, Key<Boolean> excepted) implements Gate {
    @Override
    public Verdict before(Context c) {
      if (condition.test(c)) {
        c.set(excepted, true);
        return Verdict.pass();
      }
      return inner.before(c);
    }

    @Override
    public Response after(Context c, Response response) {
      return c.get(excepted).isPresent() ? response : inner.after(c, response);
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      return inner.handle(c, next); // it has offloaded, so it was not excepted
    }

    @Override
    public int bodyPrefix() {
      return inner.bodyPrefix();
    }

    @Override
    public String name() {
      return "Except(" + inner.name() + ")";
    }
  }
}
