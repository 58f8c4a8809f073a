package dev.edge4j.middleware;

import dev.edge4j.App;
import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets a form, which can only say GET and POST, ask for PUT, PATCH or DELETE: a POST that names one of them in a form field, a header field or
 * a query parameter becomes that. What it may become is a list, another name is 400, and no other method is touched.
 *
 * <p>A route is matched before its middleware runs, so this stands around a whole application: {@code MethodOverride.form("_method").around(app)}
 * is the application to serve. Middleware in front of it sees the POST, so a guard against other sites ({@link Csrf}) still counts it as unsafe.
 *
 * <p>Header fields and queries are decided on the event loop; a form has to be read first, so a POST of one costs a virtual thread.
 */
public final class MethodOverride implements Gate {
  private static final Set<Method> USUAL = Set.of(Method.PUT, Method.PATCH, Method.DELETE);

  private final Source source;
  private final String name;
  private final Set<Method> targets;

  private MethodOverride(Source source, String name, Set<Method> targets) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("method override: \"" + name + "\" (expected: the name of a field)");
    }
    this.source = source;
    this.name = name;
    this.targets = targets;
  }

  private enum Source {
    FORM, HEADER, QUERY
  }

  /** By a field of a form sent as {@code application/x-www-form-urlencoded}, {@code _method} say. */
  public static MethodOverride form(String field) {
    return new MethodOverride(Source.FORM, field, USUAL);
  }

  /** By a header field, {@code X-HTTP-Method-Override} say. */
  public static MethodOverride header(String field) {
    return new MethodOverride(Source.HEADER, field, USUAL);
  }

  /** By a query parameter. Other sites can put one into a form's address: guard such an application with {@link Csrf}. */
  public static MethodOverride query(String parameter) {
    return new MethodOverride(Source.QUERY, parameter, USUAL);
  }

  /** To these methods alone, in place of PUT, PATCH and DELETE. */
  public MethodOverride to(Method... methods) {
    if (methods.length == 0 || Arrays.stream(methods).anyMatch(Method::isSafe)) {
      throw new IllegalArgumentException("method override: " + Arrays.toString(methods)
          + " (expected: at least one, and none that is safe; a POST changes things)");
    }
    return new MethodOverride(source, name, Set.of(methods));
  }

  /** An application that answers as this one, with methods overridden before its routes are matched; on its time, and behind its proxies. */
  public App around(App app) {
    var outer = new App().time(app.time());
    app.proxies().ifPresent(outer::behind);
    outer.use(this);
    outer.mount("/", app);
    return outer;
  }

  @Override
  public Verdict before(Context c) {
    if (!c.method().equals(Method.POST)) {
      return Verdict.pass();
    }
    if (source == Source.FORM) {
      return isForm(c) ? Verdict.offload() : Verdict.pass();
    }
    try {
      override(c, source == Source.HEADER ? c.header(name) : c.query(name).text());
    } catch (BadRequest e) {
      return Verdict.answer(c.problem(e));
    }
    return Verdict.pass();
  }

  private static boolean isForm(Context c) {
    return MediaType.essence(c.header("Content-Type").orElse("")).equals(MediaType.FORM);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    if (c.method().equals(Method.POST)) {
      switch (source) {
        case FORM -> override(c, isForm(c) ? c.form(name).text() : Optional.empty());
        case HEADER -> override(c, c.header(name));
        case QUERY -> override(c, c.query(name).text());
      }
    }
    return next.proceed();
  }

  private void override(Context c, Optional<String> given) {
    if (given.isEmpty()) {
      return;
    }
    for (Method target : targets) {
      if (target.name().equalsIgnoreCase(given.get())) {
        c.rewrite(c.request().withMethod(target));
        return;
      }
    }
    if (!given.get().equalsIgnoreCase("POST")) {
      throw new BadRequest(name, "is not one of " + targets.stream()
          .map(Method::name)
          .sorted()
          .collect(
              Collectors.joining(", ")));
    }
  }
}
