package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several gates as one, to be put into {@link Some} or {@link Except}: each is asked in order and all must pass. Outside of those,
 * {@code use(a, b)} is the same. Second halves run in reverse for the gates that were asked. If one of them offloads, and an error is thrown
 * behind it, those in front of it run on a bare response of its status, and what they change nobody sees.
 */
public final class Every implements Gate {
  private final List<Gate> gates;
  /** How many were asked and did not offload. */
  private final Key<Integer> entered = Key.named("every-entered");

  private Every(List<Gate> gates) {
    this.gates = gates;
  }

  /** {@link IllegalArgumentException} for fewer than two. */
  public static Every of(Gate... gates) {
    if (gates.length < 2) {
      throw new IllegalArgumentException("every of " + gates.length + " gates (expected: at least two)");
    }
    return new Every(List.copyOf(Arrays.asList(gates)));
  }

  List<Gate> gates() {
    return gates;
  }

  @Override
  public Verdict before(Context c) {
    for (int i = 0; i < gates.size(); i++) {
      c.set(entered, i);
      Verdict verdict;
      try {
        verdict = gates.get(i).before(c);
      } catch (Throwable e) {
        SecondHalves.unseen(c, gates.subList(0, i), e); // nobody runs ours
        throw e;
      }
      if (verdict instanceof Verdict.Offload) {
        return verdict;
      }
      c.set(entered, i + 1);
      if (verdict instanceof Verdict.Answer) {
        return verdict;
      }
    }
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    return SecondHalves.of(c, gates.subList(0, c.require(entered)), response);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    if (c.get(entered).isEmpty()) {
      return proceed(c, 0, next);
    }
    int offloaded = c.require(entered);
    List<Gate> before = gates.subList(0, offloaded);
    return SecondHalves.of(c, before, SecondHalves.orUnseen(c, before, () -> gates.get(offloaded)
        .handle(c, () -> proceed(c, offloaded + 1, next))));
  }

  private Response proceed(Context c, int index, Next next) throws Exception {
    if (index == gates.size()) {
      return next.proceed();
    }
    Gate gate = gates.get(index);
    return switch (gate.before(c)) {
      case Verdict.Pass _ -> gate.after(c, SecondHalves.orUnseen(c, List.of(gate), () -> proceed(c, index + 1, next)));
      case Verdict.Answer(Response answer) -> gate.after(c, answer);
      case Verdict.Offload _ -> gate.handle(c, () -> proceed(c, index + 1, next));
    };
  }

  @Override
  public int bodyPrefix() {
    return gates.stream().mapToInt(Gate::bodyPrefix).max().orElse(0);
  }

  @Override
  public String name() {
    return gates.stream().map(Gate::name).collect(Collectors.joining(" and ", "Every(", ")"));
  }
}
