package dev.edge4j;

import dev.edge4j.routing.ReferencePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a list of registrations does with a request, said as plainly as possible: which middleware run, in which order, and what
 * answers. Every line is looked at for every request. Shares no code with the chains that it defines.
 *
 * @param lines everything that was registered, in order
 * @param root the scope of the application itself
 */
record ReferencePipeline(List<Line> lines, Scope root) {
  /** Reading a pattern takes longer than all that is done with it. */
  private static final Map<String, ReferencePattern> PATTERNS = new ConcurrentHashMap<>();

  /**
   * An application, a group, or what {@code with} and {@code atOrigin} make.
   *
   * @param parent the scope it was made in; none for an application
   * @param prefix the whole prefix
   */
  record Scope(Optional<Scope> parent, String prefix, int number) {
    boolean isWithin(Scope other) {
      return equals(other) || parent.map(each -> each.isWithin(other)).orElse(false);
    }

    int depth() {
      return segments(prefix);
    }

    private String whole(String pattern) {
      return prefix.isEmpty() || !pattern.equals("/") ? prefix + pattern : prefix;
    }
  }

  /** One thing that was registered. */
  sealed interface Line {}

  /** A middleware or gate around what follows. */
  record Around(Scope scope, String pattern, String name) implements Line {}

  /** A handler; method {@code *} stands for all. */
  record Handles(Scope scope, String method, String pattern, String name) implements Line {}

  /** Another application below a prefix. */
  record Mounts(Scope scope, String at, ReferencePipeline mounted) implements Line {}

  /** A group begins here. */
  record Begins(Scope scope) implements Line {}

  /** What answers where no route of a scope does. */
  record NotFound(Scope scope, String name) implements Line {}

  /**
   * What happens.
   *
   * @param trace the names of the middleware, then that of the handler, if there is one
   * @param allow the Allow field of 405 and of an answered OPTIONS; empty otherwise
   */
  record Outcome(List<String> trace, int status, String allow) {}

  Outcome of(String method, String path) {
    String asked = method.equals("HEAD") && !hasOwnHead(path) ? "GET" : method;
    return route(asked, method, path).orElseGet(() -> withoutRoute(method, path));
  }

  /** Whether the first route that takes HEAD takes it by name, and not because it takes every method. */
  private boolean hasOwnHead(String path) {
    return lines.stream()
        .filter(line -> takes(line, "HEAD", path))
        .findFirst()
        .filter(line -> line instanceof Handles handles && handles.method().equals("HEAD"))
        .isPresent();
  }

  private static boolean takes(Line line, String method, String path) {
    return switch (line) {
      case Handles handles -> answers(handles.method(), method) && matches(handles.scope(), handles.pattern(), path);
      case Mounts mounts -> matches(mounts.scope(), mounts.at() + "/*", path);
      default -> false;
    };
  }

  /** The first route that answers, in the middleware registered before it. */
  private Optional<Outcome> route(String asked, String method, String path) {
    for (int i = 0; i < lines.size(); i++) {
      List<Line> before = lines.subList(0, i);
      if (lines.get(i) instanceof Handles handles && takes(handles, asked, path)) {
        return Optional.of(new Outcome(plus(around(before, handles.scope(), path), handles.name()), 200, ""));
      }
      if (lines.get(i) instanceof Mounts mounts && takes(mounts, asked, path)) {
        String below = path.replaceFirst("(/[^/]*){" + (mounts.scope().depth() + segments(mounts.at())) + "}", "");
        Outcome inner = mounts.mounted().of(method, below.isEmpty() ? "/" : below);
        List<String> trace = new ArrayList<>(around(before, mounts.scope(), path));
        trace.addAll(inner.trace());
        return Optional.of(new Outcome(trace, inner.status(), inner.allow()));
      }
    }
    return Optional.empty();
  }

  /** All middleware of the groups that contain the deepest one that the path lies in, wherever they were registered. */
  private Outcome withoutRoute(String method, String path) {
    Scope deepest = root;
    for (Line line : lines) {
      if (line instanceof Begins(Scope scope) && matches(scope, "/*", path)
          && scope.depth() > deepest.depth()) {
        deepest = scope;
      }
    }
    List<String> around = around(lines, deepest, path);
    TreeSet<String> allowed = new TreeSet<>();
    for (Line line : lines) {
      if (line instanceof Handles handles && !handles.method().equals("*")
          && matches(handles.scope(), handles.pattern(), path)) {
        allowed.add(handles.method());
      }
    }
    if (allowed.isEmpty()) {
      return notFound(Optional.of(deepest)).map(name -> new Outcome(plus(around, name), 404, ""))
          .orElse(new Outcome(around, 404, ""));
    }
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new Outcome(around, method.equals("OPTIONS") ? 204 : 405, String.join(", ", allowed));
  }

  private Optional<String> notFound(Optional<Scope> scope) {
    return scope.flatMap(at -> lines.stream()
        .filter(line -> line instanceof NotFound own && own.scope().equals(at))
        .map(line -> ((NotFound) line).name())
        .reduce((_, last) -> last)
        .or(() -> notFound(at.parent())));
  }

  private static List<String> around(List<Line> lines, Scope scope, String path) {
    List<String> names = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Around around && scope.isWithin(around.scope())
          && matches(around.scope(), around.pattern(), path)) {
        names.add(around.name());
      }
    }
    return names;
  }

  private static int segments(String prefix) {
    return (int) prefix.chars().filter(c -> c == '/').count();
  }

  private static boolean answers(String registered, String method) {
    return registered.equals("*") || registered.equals(method);
  }

  private static boolean matches(Scope scope, String pattern, String path) {
    return PATTERNS.computeIfAbsent(scope.whole(pattern), ReferencePattern::of).matches(path);
  }

  private static List<String> plus(List<String> names, String last) {
    List<String> all = new ArrayList<>(names);
    all.add(last);
    return all;
  }
}
