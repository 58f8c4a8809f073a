package dev.edge4j;

import dev.edge4j.ReferencePipeline.Around;
import dev.edge4j.ReferencePipeline.Begins;
import dev.edge4j.ReferencePipeline.Handles;
import dev.edge4j.ReferencePipeline.Line;
import dev.edge4j.ReferencePipeline.Mounts;
import dev.edge4j.ReferencePipeline.NotFound;
import dev.edge4j.ReferencePipeline.Scope;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A random application, registered twice: as an {@link App} and as the lines of a {@link ReferencePipeline}. Its middleware and
 * handlers write down that they ran.
 */
final class RandomApp {
  private static final List<String> PREFIXES = List.of("/a", "/b", "/a/b");
  private static final String PARAMETER = "/:group";
  private static final List<String> PATTERNS = List.of("/", "/a", "/b", "/:x", "/a/b", "/a/:x", "/:x/b", "/*", "/a/*",
      "/b/*", "/:x?", "/*rest", "/a*", "/:x{a|b}", "/:x{.+}/b", "/:x-:y");
  private static final List<String> METHODS = List.of("GET", "GET", "POST", "*", "HEAD");
  private static final List<String> VALUES = List.of("a", "a", "b", "b", "ab", "a-b", "x");

  /** How the names begin. */
  static final String GATE = "g";
  static final String MIDDLEWARE = "m";
  static final String INLINE = "i";

  private record Made(Routes routes, Scope scope) {}

  /** What ran: middleware and gates in the order they began, then the handler; and the same on the way back. */
  record Run(List<String> began, List<String> ended, List<String> after) {
    Run() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void clear() {
      List.of(began, ended, after).forEach(List::clear);
    }
  }

  final App app = new App();
  final Run run;
  private final Random random;
  private final String name;
  private final List<Line> lines = new ArrayList<>();
  private final List<Made> scopes = new ArrayList<>();

  RandomApp(Random random) {
    this(random, new Run(), "");
  }

  private RandomApp(Random random, Run run, String name) {
    this.random = random;
    this.run = run;
    this.name = name;
    scopes.add(new Made(app, new Scope(Optional.empty(), "", 0)));
    for (int i = 5 + random.nextInt(14); i > 0; i--) {
      register(any(scopes));
    }
  }

  ReferencePipeline reference() {
    return new ReferencePipeline(lines, scopes.getFirst().scope());
  }

  String path() {
    StringBuilder path = new StringBuilder("/").append(any(List.of("a", "b", "", "ab")));
    for (int i = path.length() == 1 ? 0 : random.nextInt(4); i > 0; i--) {
      path.append('/').append(any(VALUES));
    }
    return random.nextInt(8) == 0 && path.length() > 1 ? path + "/" : path.toString();
  }

  private void register(Made in) {
    String next = name + lines.size();
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> around(in, any(List.of("/*", "/*", any(PATTERNS))), next);
      case 3 -> group(in, any(PREFIXES));
      case 4 -> group(in, in.scope().prefix().contains(PARAMETER) ? any(PREFIXES) : PARAMETER);
      case 5 -> with(in, next);
      case 6 -> notFound(in, next);
      case 7 -> mount(in, any(PREFIXES), next);
      default -> handler(in, any(METHODS), any(PATTERNS), next);
    }
  }

  private void around(Made in, String pattern, String number) {
    Middleware middleware = middleware(number);
    in.routes().use(pattern, middleware);
    lines.add(new Around(in.scope(), pattern, middleware.name()));
  }

  private Middleware middleware(String number) {
    return random.nextBoolean() ? new Writes(MIDDLEWARE + number, run) : new WritesAtTheGate(GATE + number, run);
  }

  private void group(Made in, String below) {
    Scope scope = new Scope(Optional.of(in.scope()), in.scope().prefix() + below, scopes.size());
    scopes.add(new Made(in.routes().group(below), scope));
    lines.add(new Begins(scope));
  }

  private void with(Made in, String number) {
    Scope scope = new Scope(Optional.of(in.scope()), in.scope().prefix(), scopes.size());
    Middleware middleware = middleware(number);
    scopes.add(new Made(in.routes().with(middleware), scope));
    lines.add(new Around(scope, "/*", middleware.name()));
  }

  private void notFound(Made in, String number) {
    in.routes().notFound(writes("n" + number, 404));
    lines.add(new NotFound(in.scope(), "n" + number));
  }

  private void mount(Made in, String at, String number) {
    if (!name.isEmpty()) {
      return;
    }
    RandomApp mounted = new RandomApp(random, run, number + ".");
    in.routes().mount(at, mounted.app);
    lines.add(new Mounts(in.scope(), at, mounted.reference()));
  }

  private void handler(Made in, String method, String pattern, String number) {
    boolean inline = random.nextInt(3) == 0;
    String named = (inline ? INLINE : "h") + number;
    Handler handler = inline ? Handler.inline(writes(named, 200)) : writes(named, 200);
    if (method.equals("*")) {
      in.routes().all(pattern, handler);
    } else {
      in.routes().on(Method.of(method), pattern, handler);
    }
    lines.add(new Handles(in.scope(), method, pattern, named));
  }

  private Handler writes(String named, int status) {
    return _ -> {
      run.began().add(named);
      return Response.of(status);
    };
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private record Writes(String name, Run run) implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      run.began().add(name);
      try {
        return next.proceed();
      } finally {
        run.ended().add(name);
      }
    }
  }

  private record WritesAtTheGate(String name, Run run) implements Gate {
    @Override
    public Verdict before(Context c) {
      run.began().add(name);
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      run.after().add(name);
      return response;
    }
  }
}
