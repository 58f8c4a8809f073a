package dev.edge4j.gates;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Gates and middleware that write down what they do, in one list. */
final class Trace {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  void add(String line) {
    lines.add(line);
  }

  void clear() {
    lines.clear();
  }

  Gate passing(String name) {
    return gate(name, _ -> Verdict.pass());
  }

  Gate answering(String name, int status) {
    return gate(name, c -> Verdict.answer(c.text(status, name)));
  }

  Gate offloading(String name) {
    return gate(name, _ -> Verdict.offload());
  }

  Gate gate(String name, Function<Context, Verdict> verdict) {
    return new Traced(name, verdict);
  }

  Middleware around(String name) {
    return (_, next) -> {
      add(name + " in");
      Response response = next.proceed();
      add(name + " out");
      return response;
    };
  }

  private final class Traced implements Gate {
    private final String name;
    private final Function<Context, Verdict> verdict;

    Traced(String name, Function<Context, Verdict> verdict) {
      this.name = name;
      this.verdict = verdict;
    }

    @Override
    public Verdict before(Context c) {
      add(name + " before");
      return verdict.apply(c);
    }

    @Override
    public Response after(Context c, Response response) {
      add(name + " after " + response.status());
      return response.withAddedHeader("Seen", name);
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      add(name + " handle");
      return next.proceed();
    }

    @Override
    public String name() {
      return name;
    }
  }
}
