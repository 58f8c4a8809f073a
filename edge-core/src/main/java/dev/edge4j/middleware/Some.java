package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.Detached;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several gates is enough: they are asked in order until one passes, and the others are not. If all refuse, the answer of the last
 * leaves. The second half of that one gate sees the response; those of gates that refused before it see their own answer, which then nobody
 * else does, so that what they hold is given back. A gate as its gates are; one that offloads is resumed where it stood.
 */
public final class Some implements Gate {
  private final List<Gate> gates;
  /** The place of the gate that decided, or that offloaded. */
  private final Key<Integer> decided = Key.named("some-decided");

  private Some(List<Gate> gates) {
    this.gates = gates;
  }

  /** {@link IllegalArgumentException} for fewer than two. */
  public static Some of(Gate... gates) {
    if (gates.length < 2) {
      throw new IllegalArgumentException("some of " + gates.length + " gates (expected: at least two)");
    }
    return new Some(List.copyOf(Arrays.asList(gates)));
  }

  List<Gate> gates() {
    return gates;
  }

  @Override
  public Verdict before(Context c) {
    return ask(c, 0);
  }

  private Verdict ask(Context c, int from) {
    Verdict verdict = Verdict.pass();
    for (int i = from; i < gates.size(); i++) {
      c.set(decided, i);
      verdict = gates.get(i).before(c);
      if (!(verdict instanceof Verdict.Answer(Response refusal))) {
        return verdict;
      }
      if (i + 1 < gates.size()) {
        Response _ = gates.get(i).after(c, refusal);
      }
    }
    return verdict;
  }

  @Override
  public Response after(Context c, Response response) {
    return gates.get(c.require(decided)).after(c, response);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Verdict verdict = c.get(decided).isPresent() ? Verdict.offload() : before(c);
    while (verdict instanceof Verdict.Offload) {
      int at = c.require(decided);
      var rest = new Reached(next);
      Response response = gates.get(at).handle(c, rest);
      if (rest.reached || at + 1 == gates.size()) {
        return response;
      }
      verdict = ask(c, at + 1);
    }
    if (verdict instanceof Verdict.Answer(Response answer)) {
      return after(c, answer);
    }
    return after(c, SecondHalves.orUnseen(c, List.of(gates.get(c.require(decided))), next));
  }

  /** Sees whether a gate let the request go on. */
  private static final class Reached implements Next {
    private final Next next;
    private boolean reached;

    Reached(Next next) {
      this.next = next;
    }

    @Override
    public Response proceed() throws Exception {
      reached = true;
      return next.proceed();
    }

    @Override
    public Response proceedBy(Deadline deadline) throws Exception {
      reached = true;
      return next.proceedBy(deadline);
    }

    @Override
    public Response proceedInterruptibly() throws Exception {
      reached = true;
      return next.proceedInterruptibly();
    }

    @Override
    public Detached detach(Deadline deadline) {
      reached = true;
      return next.detach(deadline);
    }
  }

  @Override
  public int bodyPrefix() {
    return gates.stream().mapToInt(Gate::bodyPrefix).max().orElse(0);
  }

  @Override
  public String name() {
    return gates.stream().map(Gate::name).collect(Collectors.joining(" or ", "Some(", ")"));
  }
}
